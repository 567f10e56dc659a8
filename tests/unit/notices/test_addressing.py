"""From what an organ is told to what its people are told."""

from datetime import time, timedelta

import pytest
from tests.builders import an_official
from tests.suggestions import HOUSING, a_county, answer_of, at, issued

from fuyuantong.matters.models.notice import Notice
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.services.inner import assign
from fuyuantong.matters.services.outbox import send
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reading_as
from fuyuantong.notices import tasks
from fuyuantong.notices.models import Dispatch, NoticeWish, Told
from fuyuantong.notices.queries import told_to, unread
from fuyuantong.notices.services import addressing
from fuyuantong.notices.services.addressing import address
from fuyuantong.notices.services.reading import NoSuchNotice, read, read_all
from fuyuantong.organs.vocabulary import PostKind

pytestmark = pytest.mark.django_db
MONDAY, NIGHT = at("2026-11-23"), at("2026-11-23", "22:00")


def desks() -> list[tuple[str, bool]]:
    """Return who was told, once for each time, and whether it is read."""
    with acting():
        rows = Told.objects.order_by("notice_id", "account_id").values_list("account__username", "read_at")
        return [(username, read_at is not None) for username, read_at in rows]


def outward() -> list[tuple[str, str, bool]]:
    """Return what is on its way: to whom, from when on, and whether it is urgent."""
    with acting():
        rows = Dispatch.objects.order_by("id").select_related("account")
        return [(row.account.username, f"{at_shanghai(row)}", row.urgent) for row in rows]


def at_shanghai(row: Dispatch) -> str:
    return f"{row.not_before.astimezone(MONDAY.tzinfo):%m-%d %H:%M}"


def test_each_liaison_is_told_once_however_often_it_is_tried(a_notice, bureau, liaison):
    second = an_official(bureau, kind=PostKind.LIAISON)
    notice = a_notice(MONDAY)
    assert address(now=MONDAY) == 1
    with acting():
        Notice.objects.update(addressed_at=None)
        read_before = Told.objects.filter(account=second).update(read_at=MONDAY)
    address(now=MONDAY)

    assert read_before == 1
    assert desks() == [(liaison.username, False), (second.username, True)]
    assert str(notice) == "司法建议答复：待签收"


def test_killed_in_between_nothing_is_lost_and_nothing_doubled(a_notice, liaison, wire, monkeypatch):
    a_notice(MONDAY, urgent=True)
    with monkeypatch.context() as patched:
        patched.setattr(addressing, "put_in_dispatch", killed)
        with pytest.raises(KeyboardInterrupt):
            address(now=MONDAY)
    assert desks() == []

    assert (address(now=MONDAY), address(now=MONDAY)) == (1, 0)
    assert (len(desks()), len(outward())) == (1, 1)


def killed(*given, **more) -> None:
    raise KeyboardInterrupt


def test_the_handler_to_whom_it_was_assigned_is_told_instead_of_the_liaison():
    county = a_county()
    uid = answer_of(issued(county, now=MONDAY), HOUSING)
    handler = an_official(county.organs[HOUSING], kind=PostKind.HANDLER)
    assign(uid, handler.username, by=county.by(HOUSING), now=MONDAY)
    with acting():
        send(list(Outbox.objects.all()), now=MONDAY)
    address(now=MONDAY)

    assert desks() == [(handler.username, False)]


def test_what_is_old_is_put_on_the_desk_as_read_and_goes_nowhere_else(a_notice, liaison, wire):
    a_notice(MONDAY - timedelta(days=8), urgent=True)
    address(now=MONDAY)

    assert (desks(), outward()) == ([(liaison.username, True)], [])


def test_without_a_way_outward_only_the_desk_is_told(a_notice):
    a_notice(MONDAY, urgent=True)
    address(now=MONDAY)

    assert (len(desks()), outward()) == (1, [])


@pytest.mark.parametrize(
    ("pace", "urgent", "expected"),
    [("urgent", True, 1), ("urgent", False, 0), ("each", False, 1), ("digest", True, 0), ("never", True, 0)],
)
def test_each_person_s_pace_says_what_goes_out_by_itself(a_notice, liaison, wire, pace, urgent, expected):
    with acting():
        NoticeWish.objects.create(account=liaison, paces={"sms": pace})
    a_notice(MONDAY, urgent=urgent)
    address(now=MONDAY)

    assert len(outward()) == expected


def test_nobody_is_disturbed_at_night(a_notice, liaison, wire):
    a_notice(NIGHT, urgent=True)
    address(now=NIGHT)

    assert outward() == [(liaison.username, "11-24 08:30", True)]


def test_who_wishes_it_is_disturbed_by_what_is_urgent_alone(a_notice, liaison, wire):
    with acting():
        NoticeWish.objects.create(
            account=liaison, paces={"sms": "each"}, urgent_always=True, from_time=time(9), until_time=time(12)
        )
    a_notice(NIGHT, urgent=True)
    a_notice(NIGHT)
    address(now=NIGHT)

    assert [(when, urgent) for _, when, urgent in outward()] == [("11-23 22:00", True), ("11-24 09:00", False)]


def test_reading_is_each_person_s_own(a_notice, bureau, liaison):
    second = an_official(bureau, kind=PostKind.LIAISON)
    first, _, last = (a_notice(MONDAY) for _ in range(3))
    address(now=MONDAY)
    read(first.pk, by=liaison, now=MONDAY)
    read(first.pk, by=liaison, now=NIGHT)

    assert (unread_of(liaison), unread_of(second)) == (2, 3)
    assert read_all(by=second, up_to=last.pk - 1, now=MONDAY) == 2
    assert (unread_of(liaison), unread_of(second)) == (2, 1)
    with acting():
        assert Told.objects.get(account=liaison, notice=first).read_at == MONDAY


def test_nobody_reads_the_notice_of_another(a_notice, bureau):
    notice = a_notice(MONDAY)
    address(now=MONDAY)

    with pytest.raises(NoSuchNotice):
        read(notice.pk, by=an_official(bureau), now=MONDAY)


def test_a_page_is_read_from_where_the_last_one_ended(a_notice, liaison):
    for _ in range(31):
        a_notice(MONDAY)
    address(now=MONDAY)
    with reading_as(liaison, at=MONDAY) as reader:
        first = told_to(reader)
        second = told_to(reader, before=first.before, unread_only=True)

    assert (len(first.lines), len(second.lines), second.before) == (30, 1, None)
    assert (first.lines[0].matter, first.lines[0].read_at) == (None, None)


def test_who_left_the_organ_reads_its_notices_no_more(a_notice, bureau, liaison):
    a_notice(MONDAY)
    address(now=MONDAY)
    with reading_as(None, at=MONDAY) as reader:
        assert unread(reader) == 0


def test_the_worker_does_it_all_by_the_clock(a_notice, wire, monkeypatch):
    a_notice(MONDAY, urgent=True)
    monkeypatch.setattr(tasks.timezone, "now", lambda: MONDAY)
    tasks.tell_people(timestamp=0)

    assert [message.is_digest for message in wire.taken] == [False, True]
    with acting():
        assert str(Told.objects.get()).endswith(f" {Notice.objects.get().pk}")


def unread_of(account) -> int:
    """Return how many notices an account has not read."""
    with reading_as(account, at=MONDAY) as reader:
        return unread(reader)
