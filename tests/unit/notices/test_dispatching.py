"""Sending outward: at least once, under one key; later each time that it fails; given up at last."""

from datetime import timedelta
from itertools import count

import pytest
from tests.builders import an_official
from tests.suggestions import at

from fuyuantong.matters.session import acting
from fuyuantong.notices.models import Dispatch, NoticeWish
from fuyuantong.notices.queries import OnlyTheSystemAdministrator, health, troubled
from fuyuantong.notices.services import dispatching
from fuyuantong.notices.services.addressing import address
from fuyuantong.notices.services.digests import gather_digests
from fuyuantong.notices.services.dispatching import PAUSES, dispatch
from fuyuantong.notices.services.resending import send_again
from fuyuantong.notices.vocabulary import DispatchState
from fuyuantong.organs.vocabulary import PostKind

pytestmark = pytest.mark.django_db
MONDAY = at("2026-11-23")
LATER = MONDAY + timedelta(days=2)


@pytest.fixture
def waiting(a_notice, wire):
    """Let one urgent line wait to be sent."""
    a_notice(MONDAY, urgent=True)
    address(now=MONDAY)
    return wire


@pytest.fixture
def administrator(bureau):
    return an_official(bureau, kind=PostKind.SYSTEM_ADMINISTRATOR)


def only() -> Dispatch:
    with acting():
        return Dispatch.objects.get()


def given_up(wire) -> None:
    """Let the gateway fail until the line is given up."""
    wire.fails = True
    now = MONDAY
    for pause in (*PAUSES, timedelta()):
        dispatch(now=now)
        now += pause


def test_what_goes_out_is_neutral_and_goes_once(waiting, liaison, settings):
    settings.SITE_URL = "https://fyt.example"
    assert (dispatch(now=MONDAY), dispatch(now=MONDAY)) == (1, 0)

    (message,) = waiting.taken
    assert (message.to, message.urgent, message.is_digest) == (liaison.username, True, False)
    assert message.text == "【府院通】司法建议答复：待签收。请登录系统查看。"
    assert message.link == "https://fyt.example"


def test_killed_between_sending_and_marking_it_goes_again_under_its_key(waiting, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(dispatching, "_ended", killed)
        with pytest.raises(KeyboardInterrupt):
            dispatch(now=MONDAY)
    dispatch(now=MONDAY)

    assert [message.key for message in waiting.taken] == [only().key] * 2
    assert only().state == DispatchState.SENT


def killed(*given, **more) -> None:
    raise KeyboardInterrupt


def test_what_fails_is_tried_again_later_and_its_fault_is_kept(waiting):
    waiting.fails = True
    dispatch(now=MONDAY)
    dispatch(now=MONDAY)

    assert (only().attempts, only().fault, only().not_before) == (1, "网关答复 503", MONDAY + PAUSES[0])
    waiting.fails = False
    dispatch(now=MONDAY + PAUSES[0])
    assert (only().state, only().fault) == (DispatchState.SENT, "")


def test_after_the_last_try_it_is_given_up(waiting):
    given_up(waiting)

    assert (only().state, only().attempts, len(waiting.taken)) == (DispatchState.DEAD, 7, 7)
    assert dispatch(now=LATER) == 0


def test_a_channel_that_fails_three_times_rests_until_the_next_round(a_notice, wire):
    wire.fails = True
    for _ in range(5):
        a_notice(MONDAY, urgent=True)
    address(now=MONDAY)
    dispatch(now=MONDAY)

    assert len(wire.taken) == 3


def test_a_slow_channel_leaves_the_worker_to_others_after_a_while(a_notice, wire, monkeypatch):
    for _ in range(5):
        a_notice(MONDAY, urgent=True)
    address(now=MONDAY)
    hands = count(0, 12)
    monkeypatch.setattr(dispatching, "monotonic", lambda: float(next(hands)))

    assert (dispatch(now=MONDAY), dispatch(now=MONDAY)) == (2, 2)


def test_the_administrator_sends_again_what_was_given_up(waiting, administrator):
    given_up(waiting)
    waiting.fails = False

    assert send_again(by=administrator, now=LATER, channel="sms") == 1
    assert send_again(by=administrator, now=LATER, dispatch_id=only().pk) == 0
    assert dispatch(now=LATER) == 1


def test_what_failed_is_seen_by_the_administrator_alone(waiting, administrator, liaison):
    waiting.fails = True
    dispatch(now=MONDAY)

    assert [row.fault for row in troubled(by=administrator, now=MONDAY)] == ["网关答复 503"]
    assert troubled(by=administrator, now=MONDAY, before=only().pk) == []
    for refused in (troubled, health, send_again):
        with pytest.raises(OnlyTheSystemAdministrator):
            refused(by=liaison, now=MONDAY)


def test_the_health_of_a_channel_is_counted(waiting, administrator, a_notice, settings):
    dispatch(now=MONDAY)
    a_notice(MONDAY, urgent=True)
    address(now=MONDAY)
    settings.NOTICE_GATEWAYS = ()

    (found,) = health(by=administrator, now=MONDAY)
    assert (found.title, found.waiting, found.trying, found.dead, found.sent) == ("sms（已停用）", 1, 0, 0, 1)


def test_a_way_that_was_never_used_is_shown_too(wire, administrator):
    (found,) = health(by=administrator, now=MONDAY)

    assert (found.title, found.sent) == ("短信", 0)


def test_a_digest_says_numbers_alone_and_comes_once_in_a_morning(a_notice, liaison, wire):
    a_notice(MONDAY)
    address(now=MONDAY)
    morning = at("2026-11-24", "08:35")

    assert (gather_digests(now=morning), gather_digests(now=morning)) == (1, 0)
    dispatch(now=morning)
    assert [message.text for message in wire.taken] == ["【府院通】您单位待办 0 件，未读通知 1 条。请登录系统查看。"]
    assert wire.taken[0].is_digest


@pytest.mark.parametrize("moment", ["2026-11-22 08:35", "2026-11-23 08:00", "2026-11-23 10:31"])
def test_there_is_no_digest_but_on_the_morning_of_a_working_day(a_notice, wire, moment):
    a_notice(at("2026-11-21"))
    address(now=at("2026-11-21"))

    assert gather_digests(now=at(*moment.split())) == 0


def test_who_has_nothing_waiting_or_wants_no_digest_gets_none(a_notice, bureau, liaison, wire):
    an_official(bureau, kind=PostKind.HANDLER)
    a_notice(MONDAY)
    address(now=MONDAY)
    with acting():
        NoticeWish.objects.create(account=liaison, paces={"sms": "each"})

    assert gather_digests(now=at("2026-11-24", "08:35")) == 0


def test_without_a_way_outward_there_is_no_digest(a_notice):
    a_notice(MONDAY)
    address(now=MONDAY)

    assert gather_digests(now=at("2026-11-24", "08:35")) == 0


def test_yesterday_s_digest_is_given_up(a_notice, wire):
    a_notice(MONDAY)
    address(now=MONDAY)
    gather_digests(now=at("2026-11-24", "08:35"))
    dispatch(now=at("2026-11-25"))

    assert (wire.taken, only().state, only().fault) == ([], DispatchState.DEAD, "汇总当日未能送达，已过时")
    assert str(only()).endswith(" sms")
