"""What an address asks of the ledger, as it was typed: nothing of it is trusted, nothing of it is lost."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final

from fuyuantong.desk.list_address import ListAddress
from fuyuantong.matters.ledger_query import INDEXED, Box, Filters, Keyset, Sort
from fuyuantong.matters.models.matter import Phase
from fuyuantong.refusal import Refusal

LARGEST_ID: Final = 2**63


class BadFilter(Refusal):
    """A filter in the address that cannot be read."""

    key = "bad-filter"
    title = "筛选条件有误"


@dataclass(frozen=True, slots=True)
class Asked(ListAddress):
    """The filters of a list as they stand in an address; empty means: not asked for."""

    KEPT: ClassVar = ("box", "sort")

    box: str = ""
    q: str = ""
    mechanism: str = ""
    state: str = ""
    phase: str = ""
    overdue: str = ""
    holder: str = ""
    region: str = ""
    due_from: str = ""
    due_to: str = ""
    sort: str = ""
    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks for, understood."""

    box: Box
    filters: Filters
    sort: Sort
    place: Keyset | None


def understood(asked: Asked, *, holder: int | None, today: date) -> Question:
    """Return what an address asks for; `holder` is the organ meant. Raises: `BadFilter` naming the filter."""
    box = Box(_one_of(asked.box or Box.LEDGER, tuple(Box), field="box"))
    sort = Sort(_one_of(asked.sort or INDEXED[box], tuple(Sort), field="sort"))
    phase = Phase(int(_one_of(asked.phase, ("0", "1"), field="phase"))) if asked.phase else None
    if phase is Phase.CLOSED:
        sort = Sort.OPENED  # what is closed has no day to be sorted by
    mechanism, state = mechanism_and_state(asked)
    due_to = _day(asked.due_to, field="due_to")
    if asked.overdue:
        yesterday = today - timedelta(days=1)
        due_to = min(due_to or yesterday, yesterday)
    filters = Filters(
        mechanism=mechanism,
        state=state,
        phase=phase,
        holder=holder,
        region=_region(asked.region),
        due_from=_day(asked.due_from, field="due_from"),
        due_to=due_to,
        text=asked.q,
    )
    _require_sense(box, filters)
    place = _place(asked.before, backward=True) if asked.before else _place(asked.after)
    return Question(box, filters, sort, place)


def mechanism_and_state(asked: Asked) -> tuple[str, str]:
    """Return the mechanism and the state meant: a state is named with its mechanism, and goes when that is another."""
    mechanism, _, state = asked.state.rpartition(":")
    if not state or (asked.mechanism and mechanism != asked.mechanism):
        return asked.mechanism, ""
    return mechanism, state


def spelled(place: Keyset | None) -> str:
    """Return a place as it stands in an address."""
    if place is None:
        return ""
    return f"{place.matter_id}.{place.due_on.isoformat()}" if place.due_on else str(place.matter_id)


def _place(text: str, *, backward: bool = False) -> Keyset | None:
    if not text:
        return None
    number, _, day = text.partition(".")
    if not (number.isascii() and number.isdecimal()) or int(number) >= LARGEST_ID:
        raise BadFilter(f"翻页位置“{text[:40]}”有误", remedy="请从第一页重新翻起。", field="after")
    return Keyset(int(number), _day(day, field="after"), backward)


def _one_of(value: str, known: tuple[str, ...], *, field: str) -> str:
    if value not in known:
        raise BadFilter(f"没有“{value[:40]}”这一选项", remedy="请从列表中重新选择。", field=field)
    return value


def _day(text: str, *, field: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadFilter(f"“{text[:40]}”不是日期", remedy="请写作 2026-11-30。", field=field) from None


def _region(code: str) -> str:
    if code and not (code.isascii() and code.isdecimal() and len(code) in (6, 9)):
        raise BadFilter(f"“{code[:40]}”不是区划代码", remedy="请从列表中选择区划。", field="region")
    return code


def _require_sense(box: Box, filters: Filters) -> None:
    if box is Box.TO_DO and filters.phase is Phase.CLOSED:
        raise BadFilter("等您单位办理的都是在办事项", remedy="已办结的请到“全部”或“我发出的”中找。", field="phase")
    dated = filters.due_from or filters.due_to
    if dated and filters.phase is Phase.CLOSED:
        raise BadFilter(
            "已办结的事项不再有期限，不能同时按期限筛选", remedy="请去掉期限或者改选“在办”。", field="phase"
        )
    if filters.due_from and filters.due_to and filters.due_from > filters.due_to:
        raise BadFilter(
            f"期限起 {filters.due_from} 晚于期限止 {filters.due_to}", remedy="请核对两个日期。", field="due_from"
        )
