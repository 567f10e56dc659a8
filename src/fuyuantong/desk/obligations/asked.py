"""What an address asks of the ledger of tasks, as it was typed: nothing of it is trusted, nothing of it is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from fuyuantong.desk.ledger.asked import BadFilter
from fuyuantong.desk.list_address import ListAddress
from fuyuantong.organs.identity import read_uid
from fuyuantong.plans.progress import Progress
from fuyuantong.plans.queries.ledger import TaskFilters
from fuyuantong.reading.values import DueType, Period

EVERY_PLAN: Final = "all"
CADENCES: Final = {
    DueType.DATE.value: "有确定日期",
    Period.MONTH.value: "每月",
    Period.QUARTER.value: "每季度",
    Period.HALF_YEAR.value: "每半年",
    Period.YEAR.value: "每年",
    DueType.PERIOD.value: "全部周期任务",
    DueType.LONG_TERM.value: "长期",
    DueType.NONE.value: "未定时限",
}


@dataclass(frozen=True, slots=True)
class Asked(ListAddress):
    """The filters of the list as they stand in an address; empty means: not asked for."""

    PLACES: ClassVar = ("page",)
    KEPT: ClassVar = ("plan",)
    LONGEST: ClassVar = 120

    plan: str = ""
    q: str = ""
    lead: str = ""
    unit: str = ""
    mine: str = ""
    clause: str = ""
    state: str = ""
    due: str = ""
    cadence: str = ""
    evidence: str = ""
    closed: str = ""
    page: str = ""

    @property
    def place(self) -> int:
        """Return which page is asked for, from 1 on."""
        is_number = self.page.isascii() and self.page.isdecimal() and len(self.page) < 6
        return max(int(self.page), 1) if is_number else 1

    @property
    def plan_uid(self) -> UUID | None:
        """Return which plan is asked for; None for those of the own region, or all."""
        if self.plan in ("", EVERY_PLAN):
            return None
        uid = read_uid(self.plan)
        if uid is None:
            raise _bad("plan", self.plan)
        return uid


def understood(asked: Asked, *, organ: int | None) -> TaskFilters:
    """Return what an address asks for; `organ` is one's own. Raises: `BadFilter` naming the filter."""
    return TaskFilters(
        lead=asked.lead,
        unit=asked.unit,
        organ=(organ or 0) if asked.mine else None,
        clause=asked.clause,
        text=asked.q,
        cadence=_one_of(asked.cadence, CADENCES, field="cadence"),
        due_before=_day(asked.due),
        progress=Progress(found) if (found := _one_of(asked.state, tuple(Progress), field="state")) else None,
        by_hand={"": None, "hand": True, "computed": False}[
            _one_of(asked.evidence, ("hand", "computed"), field="evidence")
        ],
        closed=bool(asked.closed),
    )


def _one_of(text: str, known: tuple[str, ...] | Mapping[str, str], *, field: str) -> str:
    if text and text not in known:
        raise _bad(field, text)
    return text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise _bad("due", text) from error


def _bad(field: str, text: str) -> BadFilter:
    return BadFilter(f"“{text[:40]}”不是可以选择的筛选条件", remedy="请从列表中重新选择。", field=field)
