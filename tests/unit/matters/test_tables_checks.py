"""What no row may say, whoever writes it."""

import pytest
from django.db import DatabaseError, transaction
from tests.builders import NOW, an_organ
from tests.matter_rows import Part, a_matter

from fuyuantong.matters.models.clock import Clock, Rung
from fuyuantong.matters.models.file import Attachment, Blob
from fuyuantong.matters.models.fund import Fund, FundEntry
from fuyuantong.matters.models.link import Link
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.number import Claim, NumberTaken
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.models.party import Party
from fuyuantong.matters.models.secret import Secret
from fuyuantong.matters.session import acting
from fuyuantong.seal.digest import sm3

pytestmark = pytest.mark.django_db


def refuses(act, *, reason):
    with acting(), pytest.raises(DatabaseError, match=reason), transaction.atomic():
        act()


@pytest.fixture
def matter():
    return a_matter(Part(an_organ()))


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"phase": 1}, "matter_closed_at_when_closed"),
        ({"closed_at": NOW}, "matter_closed_at_when_closed"),
        ({"closed_kind": "decided"}, "matter_closed_at_when_closed"),
        ({"phase": 2}, "matter_closed_at_when_closed"),
        ({"holder": None}, "matter_open_has_holder"),
        ({"head": b"short"}, "matter_head_is_digest"),
        ({"stay_seq": 9}, "matter_stay_not_ahead"),
        ({"values": []}, "matter_values_object"),
        ({"fold": {"n": 1.5}}, "matter_fold_object"),
    ],
)
def test_a_matter_that_cannot_be_is_refused(matter, change, constraint):
    refuses(lambda: Matter.objects.filter(pk=matter.pk).update(**change), reason=constraint)


def test_a_closed_matter_may_be_without_holder(matter):
    with acting():
        Matter.objects.filter(pk=matter.pk).update(phase=1, closed_at=NOW, closed_kind="decided", holder=None)

        assert Matter.objects.get(pk=matter.pk).holder is None


def test_a_part_does_not_end_before_it_began(matter):
    refuses(
        lambda: Party.objects.create(matter=matter, organ=an_organ(), role="x", since_seq=3, until_seq=2),
        reason="party_until_after_since",
    )


def test_an_organ_has_one_part_of_a_kind_at_a_time(matter):
    organ = matter.holder
    refuses(
        lambda: Party.objects.create(matter=matter, organ=organ, role="receiver", since_seq=3),
        reason="party_once_at_a_time",
    )


def test_a_running_clock_has_a_due_date(matter):
    refuses(
        lambda: Clock.objects.create(matter=matter, name="reply", started_on=NOW, rule={}, calendar_version="1"),
        reason="clock_running_has_due",
    )


def test_a_rung_is_taken_once_in_a_stay(matter):
    def take():
        Rung.objects.create(matter=matter, stay_seq=1, rung="urge", taken_at=NOW)

    with acting():
        take()
    refuses(take, reason="rung_pkey")


def test_an_erased_secret_is_empty(matter):
    refuses(
        lambda: Secret.objects.create(matter=matter, field="phone", salt=b"x", cipher=b"y", key_id="k", erased_at=NOW),
        reason="secret_erased_is_empty",
    )


def test_a_number_is_taken_or_void(matter):
    organ = matter.holder
    refuses(
        lambda: NumberTaken.objects.create(organ=organ, kind="letter", year=2026, serial=1),
        reason="number_taken_or_void",
    )
    refuses(
        lambda: NumberTaken.objects.create(
            organ=organ, kind="letter", year=2026, serial=1, matter=matter, void_reason="作废"
        ),
        reason="number_taken_or_void",
    )


def take_number(matter, serial):
    NumberTaken.objects.create(organ=matter.holder, kind="letter", year=2026, serial=serial, matter=matter)


def test_numbers_go_on_where_the_paper_register_ended(matter):
    with acting():
        take_number(matter, 17)
        take_number(matter, 18)

        assert NumberTaken.objects.count() == 2


@pytest.mark.parametrize("serial", [16, 17, 19])
def test_a_number_neither_skips_nor_comes_back(matter, serial):
    with acting():
        take_number(matter, 17)
    refuses(lambda: take_number(matter, serial), reason="does not follow 17")


def test_a_claimed_key_is_held_once(matter):
    with acting():
        Claim.objects.create(kind="relief", key_mac=sm3(b"someone"), matter=matter)
    refuses(
        lambda: Claim.objects.create(kind="relief", key_mac=sm3(b"someone"), matter=a_matter(Part(matter.holder))),
        reason="claim_pkey",
    )


@pytest.fixture
def fund(matter):
    with acting():
        return Fund.objects.create(organ=matter.holder, key="relief", title="司法救助")


def enter(fund, seq, kind, amount_fen, matter=None):
    with acting():
        FundEntry.objects.create(fund=fund, seq=seq, kind=kind, amount_fen=amount_fen, matter=matter, at=NOW)
        fund.refresh_from_db()
    return fund.balance_fen


def test_entries_move_the_balance(matter, fund):
    entries = [
        (1, "budget", 100_00, None),
        (2, "reserve", 60_00, matter),
        (3, "commit", 60_00, matter),
        (4, "recover", 10_00, matter),
        (5, "reserve", 30_00, matter),
        (6, "release", 30_00, matter),
    ]
    assert [enter(fund, *entry) for entry in entries] == [100_00, 40_00, 40_00, 50_00, 20_00, 50_00]


def test_a_balance_never_falls_below_zero(matter, fund):
    enter(fund, 1, "budget", 100_00)
    refuses(lambda: enter(fund, 2, "reserve", 100_01, matter), reason="fund_never_negative")


def test_an_entry_does_not_skip(fund):
    refuses(lambda: enter(fund, 2, "budget", 1), reason="does not follow 0")


def test_money_is_drawn_by_a_matter(fund):
    refuses(lambda: enter(fund, 1, "release", 1), reason="fund_entry_drawn_by_matter")


def test_an_inner_file_names_its_organ(matter):
    def attach():
        blob = Blob.objects.create(digest=sm3(b"file"), size=1, mime_found="text/plain", stored_at=NOW)
        Attachment.objects.create(matter=matter, seq=1, blob=blob, name="稿.docx", inner=True)

    refuses(attach, reason="attachment_inner_has_organ")


def test_a_link_is_of_a_known_kind(matter):
    refuses(
        lambda: Link.objects.create(from_uid=matter.uid, to_uid=a_matter(Part(matter.holder)).uid, kind="friend"),
        reason="link_kind_known",
    )


def test_the_outbox_knows_which_transaction_wrote():
    with acting():
        first, second = (Outbox.objects.create(target="notice", body={}, created_at=NOW) for _ in range(2))

        assert Outbox.objects.get(pk=first.pk).xid == Outbox.objects.get(pk=second.pk).xid
