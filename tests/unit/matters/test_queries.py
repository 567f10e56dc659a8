"""One matter: its page, trail, slips and files, as far as the reader was shown them."""

from uuid import uuid4

import pytest
from tests.builders import NOW, an_account, an_official, an_organ
from tests.matter_rows import Part, a_matter, a_slip, an_attachment, an_inner_record

from fuyuantong.matters.models.clock import Clock
from fuyuantong.matters.models.link import Link
from fuyuantong.matters.models.number import NumberTaken
from fuyuantong.matters.models.row import MatterRow
from fuyuantong.matters.models.secret import Blind
from fuyuantong.matters.parties import refresh_sight
from fuyuantong.matters.queries import (
    NoSuchFile,
    NoSuchMatter,
    attachment,
    attachments,
    inner_trail,
    matter_page,
    matters_with_secret,
    slips,
    trail,
)
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reading_as
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.seal.digest import sm3

pytestmark = pytest.mark.django_db


@pytest.fixture
def court():
    return an_organ()


@pytest.fixture
def bureau():
    return an_organ()


@pytest.fixture
def matter(court, bureau):
    """Give a letter of the court, issued with record 2."""
    return a_matter(Part(court, "sender"), Part(bureau, from_seq=2))


def read(account, query, *args, **told):
    with reading_as(account, at=NOW) as reader:
        return query(reader, *args, **told)


def follow_directory():
    """Let the audit scope that came with the first auditor see what was there before."""
    with acting():
        refresh_sight(on=NOW.date())


def an_auditor():
    return an_official(an_organ(), kind=PostKind.AUDITOR)


def test_a_page_shows_the_matter_and_its_parties(matter, court, bureau):
    page = read(an_official(bureau), matter_page, matter.uid)

    assert page.matter == matter
    assert [(party.organ, party.role) for party in page.parties] == [(court, "sender"), (bureau, "receiver")]


def test_a_page_shows_clocks_without_their_proofs_rows_and_numbers(matter, court):
    with acting():
        Clock.objects.create(
            matter=matter, name="reply", started_on=NOW, due_on=NOW, rule={}, calendar_version="1", proof={"days": []}
        )
        MatterRow.objects.create(matter=matter, field="problems", row_key="1")
        NumberTaken.objects.create(organ=court, kind="letter", year=2026, serial=1, matter=matter)
    page = read(an_official(court), matter_page, matter.uid)

    assert (page.clocks[0].name, page.clocks[0].get_deferred_fields()) == ("reply", {"proof"})
    assert (page.rows[0].field, page.numbers[0].serial) == ("problems", 1)


def test_a_page_shows_links_to_what_the_reader_sees_too(matter, court, bureau):
    child, opener, hidden = a_matter(Part(court)), a_matter(Part(court)), a_matter(Part(bureau))
    with acting():
        Link.objects.create(from_uid=matter.uid, to_uid=child.uid, kind="child", round=1)
        Link.objects.create(from_uid=opener.uid, to_uid=matter.uid, kind="opened")
        Link.objects.create(from_uid=matter.uid, to_uid=hidden.uid, kind="child")
    links = read(an_official(court), matter_page, matter.uid).links

    assert [(link.kind, link.outward, link.matter) for link in links] == [
        ("opened", False, opener),
        ("child", True, child),
    ]


@pytest.mark.parametrize("query", [matter_page, trail, inner_trail, slips, attachments])
def test_a_stranger_is_told_the_same_as_of_a_matter_that_does_not_exist(matter, query):
    stranger = an_official(an_organ())
    for uid in (matter.uid, uuid4()):
        with pytest.raises(NoSuchMatter, match=f"没有这件事项，或者您看不到它：编号 {uid}"):
            read(stranger, query, uid)


def seqs(records):
    return [record.seq for record in records]


def test_a_trail_is_seen_from_the_issuing_record_on(matter, court, bureau):
    assert seqs(read(an_official(court), trail, matter.uid)) == [1, 2, 3]
    assert seqs(read(an_official(bureau), trail, matter.uid)) == [2, 3]


def test_what_was_shown_before_a_part_ended_remains(court, bureau):
    matter = a_matter(Part(court, "sender"), Part(bureau, until_seq=2))
    clerk = an_official(bureau)

    assert seqs(read(clerk, trail, matter.uid)) == [1, 2]
    with pytest.raises(NoSuchMatter):
        read(clerk, matter_page, matter.uid)


def test_an_inner_trail_is_the_organ_s_own(matter, court, bureau):
    own = an_inner_record(matter, court)
    an_inner_record(matter, bureau)

    assert read(an_official(court), inner_trail, matter.uid) == [own]


def test_the_head_of_a_superior_does_not_see_the_inner_trail(court):
    below = an_organ(under=court)
    matter = a_matter(Part(below))
    an_inner_record(matter, below)

    assert read(an_official(court, kind=PostKind.HEAD), inner_trail, matter.uid) == []


def test_a_slip_is_seen_by_its_own_organ_at_once_and_by_others_when_admitted(matter, court, bureau):
    waiting, admitted = a_slip(matter, bureau), a_slip(matter, bureau, admitted_seq=3)

    assert read(an_official(bureau), slips, matter.uid) == [waiting, admitted]
    assert read(an_official(court), slips, matter.uid) == [admitted]


def test_a_slip_admitted_before_the_issue_is_not_shown_to_the_receiver(matter, court, bureau):
    a_slip(matter, court, admitted_seq=1)

    assert read(an_official(bureau), slips, matter.uid) == []


def test_files_are_seen_with_their_records(matter, court, bureau):
    first, third = an_attachment(matter, seq=1), an_attachment(matter, seq=3)

    assert read(an_official(court), attachments, matter.uid) == [first, third]
    assert read(an_official(bureau), attachments, matter.uid) == [third]


def test_an_auditor_sees_files_but_not_those_marked_sensitive(matter, court):
    plain, sensitive = an_attachment(matter), an_attachment(matter, sensitive=True)
    auditor = an_auditor()
    follow_directory()

    assert read(auditor, attachments, matter.uid) == [plain]
    assert read(an_official(court), attachments, matter.uid) == [plain, sensitive]


def test_an_inner_file_is_seen_by_its_organ_alone(matter, court, bureau):
    draft = an_attachment(matter, inner_of=court)

    assert read(an_official(court), attachments, matter.uid) == [draft]
    assert read(an_official(bureau), attachments, matter.uid) == []


def test_a_file_is_opened_by_who_sees_it(matter, court):
    file = an_attachment(matter)
    found = read(an_official(court), attachment, file.pk)

    assert (found.name, found.blob.mime_found) == ("回执.txt", "text/plain")


def test_a_file_is_not_opened_by_who_does_not(matter, court):
    draft = an_attachment(matter, inner_of=court)
    for account, file_id in ((an_official(an_organ()), draft.pk), (an_auditor(), draft.pk), (an_account(), 0)):
        with pytest.raises(NoSuchFile, match="没有这个附件"):
            read(account, attachment, file_id)


def test_a_matter_is_found_by_its_exact_secret(matter, court):
    with acting():
        Blind.objects.create(kind="phone", mac=sm3(b"secret"), matter=matter)
        Blind.objects.create(kind="phone", mac=sm3(b"secret"), matter=a_matter(Part(an_organ())))
    clerk = an_official(court)

    assert read(clerk, matters_with_secret, kind="phone", mac=sm3(b"secret")) == [matter]
    assert read(clerk, matters_with_secret, kind="phone", mac=sm3(b"other")) == []


def test_an_auditor_finds_nothing_by_a_secret(matter):
    with acting():
        Blind.objects.create(kind="phone", mac=sm3(b"secret"), matter=matter)
    auditor = an_auditor()
    follow_directory()

    assert read(auditor, matters_with_secret, kind="phone", mac=sm3(b"secret")) == []
