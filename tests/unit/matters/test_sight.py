"""How far a person sees: through posts, in the organs' tree, for a region, as an auditor."""

import pytest
from tests.builders import NOW, a_tenure, an_account, an_office, an_official, an_organ
from tests.matter_rows import Part, a_matter

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reader_of, reading_as, visible_to
from fuyuantong.organs.staffing import close_account, cover
from fuyuantong.organs.succession import merge_organs
from fuyuantong.organs.vocabulary import PostKind

pytestmark = pytest.mark.django_db


def sees(account, matter, *, at=NOW):
    """Ask both walls and insist that they agree."""
    with reading_as(account, at=at) as reader:
        first, second = visible_to(reader).filter(pk=matter.pk).exists(), Matter.objects.filter(pk=matter.pk).exists()
    assert first == second
    return first


def test_a_party_sees_its_matter_and_another_organ_does_not():
    court, stranger = an_organ(), an_organ()
    matter = a_matter(Part(court))

    assert sees(an_official(court), matter)
    assert not sees(an_official(stranger), matter)


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        (PostKind.HEAD, True),
        (PostKind.LEADER, True),
        (PostKind.HANDLER, False),
        (PostKind.SYSTEM_ADMINISTRATOR, False),
        (PostKind.SECURITY_ADMINISTRATOR, False),
    ],
)
def test_the_tree_below_an_organ_is_seen_by_its_leaders(kind, seen):
    government = an_organ()
    bureau = an_organ(under=government)

    assert sees(an_official(government, kind=kind), a_matter(Part(bureau))) is seen


def test_the_office_sees_its_region():
    court = an_organ()
    office = an_office(serving=court)

    assert sees(an_official(office, kind=PostKind.OFFICE), a_matter(Part(court)))


def test_an_auditor_sees_trails():
    court = an_organ()
    auditor = an_official(an_organ(), kind=PostKind.AUDITOR)
    matter = a_matter(Part(court))
    with reading_as(auditor, at=NOW) as reader:
        assert reader.contents == ()
        assert Record.objects.filter(matter_id=matter.pk).count() == 3


def test_an_account_without_a_post_sees_nothing():
    assert not sees(an_account(), a_matter(Part(an_organ())))


def test_nobody_sees_nothing():
    matter = a_matter(Part(an_organ()))

    assert not sees(None, matter)
    assert reader_of(None, at=NOW).organs == ()


def test_a_closed_account_sees_nothing():
    court = an_organ()
    account = an_official(court)
    close_account(account, by=None, now=NOW)
    account.refresh_from_db()

    assert not sees(account, a_matter(Part(court)))


def test_who_covers_sees_what_the_covered_sees_meanwhile():
    government = an_organ()
    deputy, leader = an_official(government), a_tenure(government, kind=PostKind.LEADER)
    matter = a_matter(Part(an_organ(under=government)))
    cover(leader, to_account=deputy, since=NOW, until=NOW.replace(month=12), by=None, now=NOW)

    assert sees(deputy, matter)
    assert not sees(deputy, matter, at=NOW.replace(month=12, day=30))


def test_a_successor_sees_and_continues_what_the_merged_organ_had():
    old, new = an_organ(), an_organ()
    matter = a_matter(Part(old))
    merge_organs([old], into=new, effective_on=NOW.date(), by=None, now=NOW)
    reader = reader_of(an_official(new), at=NOW)

    assert sees(an_official(new), matter)
    assert set(reader.organs) == {old.pk, new.pk}


def test_reading_within_an_act_keeps_both_walls():
    matter = a_matter(Part(an_organ()))
    stranger = an_official(an_organ())
    with acting():
        assert Matter.objects.filter(pk=matter.pk).exists()
        assert not sees(stranger, matter)
        assert Matter.objects.filter(pk=matter.pk).exists()
