"""The demo county's returns: a table of its office, a year of periods that the calendar opened, most of them brought."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from fuyuantong.clock.terms import SHANGHAI, next_working_day
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.rehearsal.demo import stage_of
from fuyuantong.matters.rehearsal.pace import Brisk, midnight_after
from fuyuantong.matters.rehearsal.stage import DoesNotPlay, Habits, Stage, move_of, standing_now
from fuyuantong.matters.rehearsal.walk import Walk
from fuyuantong.matters.services.engine import lapse_one
from fuyuantong.matters.services.files import store_file
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Account
from fuyuantong.organs.staffing import start_of
from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.models.obligation import Obligation
from fuyuantong.plans.models.plan import Plan
from fuyuantong.plans.services.calendar_openings import open_owed_returns
from fuyuantong.plans.services.due_items import create_due_items
from fuyuantong.plans.services.evidence import Known, suggest_each
from fuyuantong.plans.services.importing import LedgerTable, import_ledger
from fuyuantong.plans.task_table import TaskRead
from fuyuantong.plans.wording import WordedDue, WordedUnit, Wording
from fuyuantong.protocol import Do, Step
from fuyuantong.reading.values import DueType, Period

NAME: Final = "温县府院联动信息报送安排（演练）"
TEXT: Final = "（演练材料）本文件仅供演练，不含真实内容。\n".encode()
A_YEAR: Final = timedelta(days=380)
MONTH: Final = timedelta(days=31)
MORNING: Final = time(9, 30)
BEFORE: Final = timedelta(days=9)  # by which people set about it
# what the office asks for: title, units, how often, the row that it is, the sort of the return
ASKED: Final = (
    ("涉诉五项指标按季报送", ("法院",), Period.QUARTER, "INF-07", "涉诉五项指标"),
    ("府院联动推进情况按半年报送", ("司法局", "公安局", "财政局"), Period.HALF_YEAR, "INF-18", "推进情况"),
)
RAW: Final = {Period.QUARTER: "每季度", Period.HALF_YEAR: "每半年"}


def lay_down_returns(officer: Account, *, until: date, seed: int) -> None:
    """Let the office have asked for returns a year ago, and the organs have brought most of them by a day."""
    begin, end = _morning(until - A_YEAR), start_of(until)
    plan = _asked_for(officer, now=begin)
    stage = stage_of(Random(seed), now=begin, habits=Habits())
    at = begin
    while at < end:
        create_due_items(now=at, obligations=Obligation.objects.filter(plan=plan))
        open_owed_returns(now=at)
        at += MONTH
    items = DueItem.objects.filter(obligation__plan=plan).exclude(matter=None).order_by("due_on", "pk")
    with acting():
        uids = dict(Matter.objects.filter(pk__in=items.values("matter")).values_list("pk", "uid"))
    last = items.filter(due_on__lt=until).last()
    for number, item in enumerate(items):
        uid = str(uids[item.matter_id])
        if item != last:
            _bring(uid, stage, number, since=_morning(item.due_on - BEFORE), until=end)
        else:
            lapse_one(uid, now=midnight_after(item.due_on))


def _bring(uid: str, stage: Stage, number: int, *, since: datetime, until: datetime) -> None:
    """Let a return be brought in one of the ways in which its examples are, as far as time allows."""
    ways = list(_ways(uid))
    walk = Walk(stage, Brisk(stage.sampler.random, days=2), uid, since)
    for turn in walk.turns(ways[number % len(ways)]):
        if turn.at >= until:
            break
        turn.take(turn.at)


def _ways(uid: str) -> Iterator[tuple[Step, ...]]:
    """Yield the steps of the examples that begin where a return stands, and that it can take."""
    standing = standing_now(uid)
    for example in standing.mechanism.examples:
        first = example.steps[0]
        if example.entry != standing.situation.state or not isinstance(first, Do):
            continue
        try:
            move_of(standing, first)
        except DoesNotPlay:
            continue
        yield example.steps


def _asked_for(officer: Account, *, now: datetime) -> Plan:
    digest = store_file(TEXT, mime="text/plain", now=now)
    tasks = [
        TaskRead(number=place, wording=_wording(title, units, period), note="", is_done=False, faults={})
        for place, (title, units, period, *_) in enumerate(ASKED, start=1)
    ]
    table = LedgerTable(digest=digest, file_name="报送安排.txt", name=NAME, tasks=tasks)
    plan, _ = import_ledger(table, by=officer, now=now)
    found = Obligation.objects.filter(plan=plan).order_by("number")
    known = {one.pk: Known(rows=(row,), opens=sort) for one, (*_, row, sort) in zip(found, ASKED, strict=True)}
    suggest_each(found, now=now, known=known)
    return plan


def _wording(title: str, units: tuple[str, ...], period: Period) -> Wording:
    return Wording(
        clause="",
        title=title,
        text=f"{title}。",
        units=tuple(WordedUnit(name=name) for name in units),
        dues=(WordedDue(type=DueType.PERIOD, period=period, raw=RAW[period]),),
    )


def _morning(day: date) -> datetime:
    return datetime.combine(next_working_day(day, calendar=current_calendar()), MORNING, SHANGHAI)
