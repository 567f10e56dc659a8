"""Nobody acts for a quarter of a year: what the engine does of itself, day by day, by the clock of the worker."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from tests.suggestions import COURT, HOUSING, OFFICE, a_county, answer_of, at, issued

from fuyuantong.matters import tasks
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.notice import Notice
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.services.outbox import send
from fuyuantong.matters.session import acting

pytestmark = pytest.mark.django_db
MONDAY = at("2026-08-03")


@pytest.fixture
def pass_days(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Return what lets the worker run at five past midnight and at nine, from one day to another."""

    def passing(first: str, last: str) -> None:
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            for clock in ("00:05", "09:00"):
                moment = at(day.isoformat(), clock)
                monkeypatch.setattr(tasks.timezone, "now", lambda moment=moment: moment)
                tasks.let_time_pass(timestamp=0)
            day += timedelta(days=1)

    return passing


def trail(uid: str) -> list[tuple[str, str, str]]:
    """Return the records of a matter: what they are, from which day they count, on which day they were written."""
    with acting():
        return [
            (row.resolved.get("note", row.kind)[:3], str(row.effective_on), str(_day(row.recorded_at)))
            for row in Record.objects.filter(matter__uid=uid).order_by("seq")
        ]


def told(uid: str) -> list[tuple[str, str]]:
    """Return whom the ladder told about a matter, and of which rung."""
    with acting():
        send(list(Outbox.objects.all()), now=MONDAY)
        found = Notice.objects.filter(matter_uid=uid, kind="rung").select_related("organ").order_by("id")
        return [(notice.organ.code, notice.text.partition("）")[2].partition("：")[0]) for notice in found]


def _day(moment: datetime) -> date:
    return moment.astimezone(MONDAY.tzinfo).date()


def test_an_unanswered_suggestion_is_deemed_received_then_reminded_of_then_given_back(pass_days):
    uid = answer_of(issued(a_county(), HOUSING, now=MONDAY), HOUSING)
    pass_days("2026-08-03", "2026-08-10")
    pass_days("2026-09-21", "2026-10-16")
    pass_days("2026-10-28", "2026-11-13")

    assert trail(uid) == [
        ("ope", "2026-08-03", "2026-08-03"),
        ("lap", "2026-08-06", "2026-08-07"),
        ("催办：", "2026-10-08", "2026-10-08"),
        ("督办：", "2026-10-13", "2026-10-13"),
        ("lap", "2026-10-30", "2026-10-31"),
        ("催办：", "2026-11-09", "2026-11-09"),
        ("督办：", "2026-11-13", "2026-11-13"),
    ]
    assert told(uid) == [
        (HOUSING, "到期前提醒"),
        (HOUSING, "到期前提醒"),
        (HOUSING, "催办"),
        (HOUSING, "督办"),
        (OFFICE, "督办"),
        (COURT, "到期前提醒"),
        (COURT, "催办"),
        (COURT, "督办"),
        (OFFICE, "督办"),
    ]


def test_run_once_after_downtime_it_comes_to_the_same_but_that_nobody_is_told_three_times(pass_days):
    uid = answer_of(issued(a_county(), HOUSING, now=MONDAY), HOUSING)
    pass_days("2026-11-13", "2026-11-13")

    assert trail(uid) == [
        ("ope", "2026-08-03", "2026-08-03"),
        ("lap", "2026-08-06", "2026-11-13"),
        ("lap", "2026-10-30", "2026-11-13"),
        ("督办：", "2026-11-13", "2026-11-13"),
    ]
    assert told(uid) == [(COURT, "督办"), (OFFICE, "督办")]
    with acting():
        assert str(Matter.objects.get(uid=uid).due_on) == "2026-11-06"
