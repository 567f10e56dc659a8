"""What an address asks of the list of cases, as it was typed, and what it means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from fuyuantong.desk.ledger.asked import LARGEST_ID, BadFilter
from fuyuantong.desk.ledger.choices import holder_meant
from fuyuantong.desk.list_address import ListAddress
from fuyuantong.docket.numbers import BadCaseNumber, case_types, opened, read_case_number
from fuyuantong.docket.outcomes import outcomes
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.registers.cases.answer_clock import last_served_overdue
from fuyuantong.registers.cases.listing import CaseFilters, CasePlace
from fuyuantong.registers.cases.staging import GROUPS

STATES: Final = {"open": "在审", "decided": "已结", "lost": "败诉"}
INSTANCES: Final = tuple(dict.fromkeys(one.instance for one in case_types().values() if one.group in GROUPS))
ANSWERS: Final = {"unknown": "未起算", "running": "期限内", "overdue": "已逾期未答辩"}
MOST_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class CasesAsked(ListAddress):
    """The filters of the list as they stand in an address; empty means: not asked for. `holder` is the organ sued."""

    q: str = ""
    holder: str = ""
    court: str = ""
    cause: str = ""
    outcome: str = ""
    instance: str = ""
    year: str = ""
    state: str = ""
    answer: str = ""
    after: str = ""
    before: str = ""


def filters_of(asked: CasesAsked, *, today: date, losses: frozenset[str]) -> CaseFilters:
    """Return what narrows the list; `losses`: which outcomes count as lost. Raises: `BadFilter` naming the filter."""
    number = _number(asked.q)
    return CaseFilters(
        number=number,
        court=asked.court,
        defendant=holder_meant(asked.holder, on=today),
        cause=asked.cause,
        outcome=_one_of(asked.outcome, outcomes(), field="outcome"),
        instance=_one_of(asked.instance, dict.fromkeys(INSTANCES), field="instance"),
        losses=losses,
        year=_year(asked.year),
        text=() if number else _words(asked.q),
        state=_one_of(asked.state, STATES, field="state"),
        answer=_one_of(asked.answer, ANSWERS, field="answer"),
        overdue_from=last_served_overdue(today, current_calendar()),
    )


def place_of(asked: CasesAsked) -> CasePlace | None:
    """Return where the page begins. Raises: `BadFilter`."""
    said = asked.after or asked.before
    if not said:
        return None
    day, _, number = said.partition("_")
    if not number.isascii() or not number.isdecimal() or not 0 < int(number) < LARGEST_ID:
        raise BadFilter("页码有误", remedy="请从第一页重新翻看。", field="after")
    try:
        return CasePlace(date.fromisoformat(day), int(number), backward=not asked.after)
    except ValueError as fault:
        raise BadFilter("页码有误", remedy="请从第一页重新翻看。", field="after") from fault


def spelled(place: CasePlace) -> str:
    """Return a place as it stands in an address."""
    return f"{place.sort_on.isoformat()}_{place.id}"


def _number(text: str) -> str:
    """Return the key of the case whose number was typed, if one was."""
    try:
        return read_case_number(text).of_case
    except BadCaseNumber:
        return ""


def _words(text: str) -> tuple[str, ...]:
    """Return the words searched; digits and brackets count in whatever width they are written."""
    return tuple(dict.fromkeys(opened(word) for word in text.split()))[:MOST_WORDS]


def _year(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) != 4:
        raise BadFilter(f"“{text[:10]}”不是年份", remedy="请写四位年份。", field="year")
    return int(text)


def _one_of(text: str, known: Mapping[str, object], *, field: str) -> str:
    if text and text not in known:
        raise BadFilter(f"没有“{text[:20]}”这一选项", remedy="请从列表中选择。", field=field)
    return text
