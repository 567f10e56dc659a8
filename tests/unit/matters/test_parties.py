"""Parties give sight, from a record on and until one."""

import pytest
from tests.builders import NOW, an_official, an_organ
from tests.matter_rows import Part, a_matter

from fuyuantong.matters import parties
from fuyuantong.matters.models.party import INNER, Party, Sight
from fuyuantong.matters.parties import (
    Joining,
    end_inner_parts,
    end_party,
    grant_sight,
    join_parties,
    rebuild_sight,
    refresh_sight,
)
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reader_of
from fuyuantong.organs.services import relate
from fuyuantong.organs.vocabulary import PostKind, RelationKind

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def span(matter, organ):
    """Return from which and until which record an organ itself sees a matter, or None."""
    with acting():
        found = Sight.objects.filter(matter_id=matter.pk, scope_id__in=reader_of(an_official(organ), at=NOW).scopes)
        return found.values_list("from_seq", "until_seq").first()


def test_a_receiver_sees_from_the_issuing_record_on():
    court, bureau = an_organ(), an_organ()
    matter = a_matter(Part(court, "sender"), Part(bureau, from_seq=2))

    assert (span(matter, court), span(matter, bureau)) == ((1, None), (2, None))


def test_the_earlier_of_two_parts_counts():
    court = an_organ()
    matter = a_matter(Part(court, from_seq=3), Part(court, "sender"), Part(court, "helper", from_seq=2))

    assert span(matter, court) == (1, None)


def test_joining_again_changes_nothing():
    court = an_organ()
    matter = a_matter(Part(court))
    with acting():
        join_parties(matter.pk, [Joining(court, "receiver", since_seq=3, from_seq=3)], on=TODAY)

        assert list(Party.objects.filter(matter=matter).values_list("since_seq", flat=True)) == [1]
    assert span(matter, court) == (1, None)


def test_a_part_that_ended_leaves_what_was_shown():
    court, bureau = an_organ(), an_organ()
    matter = a_matter(Part(court, "sender"), Part(bureau, until_seq=2))

    assert (span(matter, court), span(matter, bureau)) == ((1, None), (1, 2))


def test_one_of_two_parts_ends_and_sight_remains():
    bureau = an_organ()
    matter = a_matter(Part(bureau), Part(bureau, "helper", from_seq=2, until_seq=2))

    assert span(matter, bureau) == (1, None)


def test_of_two_ended_parts_the_later_end_counts():
    bureau = an_organ()
    matter = a_matter(Part(an_organ()), Part(bureau, until_seq=3), Part(bureau, "helper", until_seq=2))

    assert span(matter, bureau) == (1, 3)


def test_an_ended_party_that_joins_again_sees_again():
    court, bureau = an_organ(), an_organ()
    matter = a_matter(Part(court), Part(bureau, until_seq=2))
    with acting():
        grant_sight(matter.pk, organ=bureau, from_seq=3, on=TODAY)

    assert span(matter, bureau) == (1, None)


def test_an_ended_party_that_joins_again_later_does_not_see_what_lay_between():
    court, bureau = an_organ(), an_organ()
    matter = a_matter(Part(court), Part(bureau, until_seq=1))
    with acting():
        join_parties(matter.pk, [Joining(bureau, "helper", since_seq=3, from_seq=3)], on=TODAY)
    assert span(matter, bureau) == (3, None)
    with acting():
        rebuild_sight(matter.pk, on=TODAY)
    assert span(matter, bureau) == (3, None)


def test_a_part_that_ended_before_it_showed_anything_shows_nothing():
    bureau = an_organ()
    matter = a_matter(Part(an_organ()))
    with acting():
        join_parties(matter.pk, [Joining(bureau, "receiver", since_seq=1, from_seq=3)], on=TODAY)
        end_party(matter.pk, organ=bureau, role="receiver", until_seq=2, on=TODAY)
    assert span(matter, bureau) is None


def test_a_common_superior_goes_on_seeing_when_one_of_two_ends():
    government = an_organ()
    first, second = an_organ(under=government), an_organ(under=government)
    head = an_official(government, kind=PostKind.HEAD)
    matter = a_matter(Part(first), Part(second, "helper"))
    with acting():
        end_party(matter.pk, organ=first, role="receiver", until_seq=2, on=TODAY)
        spans = Sight.objects.filter(matter_id=matter.pk, scope_id__in=reader_of(head, at=NOW).scopes)

        assert list(spans.values_list("until_seq", flat=True)) == [None]


def test_a_new_superior_sees_after_a_refresh():
    government, bureau = an_organ(), an_organ()
    head = an_official(government, kind=PostKind.HEAD)
    matter = a_matter(Part(bureau))
    relate(government, RelationKind.SUPERIOR_OF, bureau, effective_on=TODAY, by=None, now=NOW)
    with acting():
        refresh_sight(on=TODAY)

        assert Sight.objects.filter(matter_id=matter.pk, scope_id__in=reader_of(head, at=NOW).scopes).exists()


def test_a_scope_without_a_party_left_is_closed_by_a_rebuild():
    bureau, stranger = an_organ(), an_organ()
    matter = a_matter(Part(bureau))
    with acting():
        grant_sight(matter.pk, organ=stranger, from_seq=1, on=TODAY)
        rebuild_sight(matter.pk, on=TODAY)
    assert (span(matter, bureau), span(matter, stranger)) == ((1, None), None)


def test_a_refresh_changes_only_what_differs():
    bureau = an_organ()
    first, second = a_matter(Part(bureau)), a_matter(Part(bureau, until_seq=2))
    with acting():
        Sight.objects.filter(matter_id=first.pk).delete()
        Sight.objects.filter(matter_id=second.pk).update(until_seq=None)

        assert (refresh_sight(on=TODAY), refresh_sight(on=TODAY)) == (2, 0)
    assert (span(first, bureau), span(second, bureau)) == ((1, None), (1, 2))


def test_without_matters_there_is_nothing_to_refresh():
    an_organ()
    with acting():
        assert refresh_sight(on=TODAY) == 0


def test_a_refresh_goes_batch_by_batch(monkeypatch):
    monkeypatch.setattr(parties, "BATCH", 1)
    matters = [a_matter(Part(an_organ())) for _ in range(3)]
    with acting():
        Sight.objects.filter(matter_id__in=[matter.pk for matter in matters]).delete()

        assert refresh_sight(on=TODAY) == 3


def test_an_inner_part_shows_a_matter_to_the_organ_alone():
    government = an_organ()
    bureau = an_organ(under=government)
    head = an_official(government, kind=PostKind.HEAD)
    matter = a_matter(Part(bureau, INNER))
    with acting():
        assert span(matter, bureau) == (1, None)
        assert not Sight.objects.filter(matter_id=matter.pk, scope_id__in=reader_of(head, at=NOW).scopes)
        refresh_sight(on=TODAY)
        assert Sight.objects.filter(matter_id=matter.pk).count() == 1


def test_after_issue_those_above_see_from_the_issuing_record_on():
    government = an_organ()
    bureau = an_organ(under=government)
    head = an_official(government, kind=PostKind.HEAD)
    matter = a_matter(Part(bureau, INNER), Part(bureau, "sender", from_seq=2))
    with acting():
        end_inner_parts(matter.pk, until_seq=2, on=TODAY)
        above = Sight.objects.get(matter_id=matter.pk, scope_id__in=reader_of(head, at=NOW).scopes)

        assert (above.from_seq, above.until_seq) == (2, None)
    assert span(matter, bureau) == (1, None)
