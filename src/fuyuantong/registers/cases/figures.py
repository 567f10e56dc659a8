"""Figures that the register of cases can reckon for a court and a time, beside what is reported by hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

from fuyuantong.docket.outcomes import outcomes
from fuyuantong.registers.cases.bulletins import Figure, figures_of, sum_of


@dataclass(frozen=True, slots=True)
class Days:
    """A time, both days included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose figures are wanted: the id of the court that keeps the cases, the time, and what counts as lost there."""

    keeper: int
    days: Days
    losses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A figure as two counts: so many of so many."""

    above: int
    below: int


@dataclass(frozen=True, slots=True)
class Reckoned:
    """How a figure is reckoned, in words, and by what."""

    told: str
    reckon: Callable[[Asked], Line]


def keeps_cases(keeper: int) -> bool:
    """Tell whether a court has registered any case: without one nothing can be reckoned, and nought would be untrue."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM court_case WHERE keeper_id = %s)", [keeper])
        return bool(cursor.fetchone()[0])


def _lost(asked: Asked) -> Line:
    return _of_decided(asked, cause="")


def _lost_on_disclosure(asked: Asked) -> Line:
    return _of_decided(asked, cause="信息公开")


def _of_decided(asked: Asked, *, cause: str) -> Line:
    values = {
        "keeper": asked.keeper,
        "first": asked.days.first,
        "last": asked.days.last,
        "losses": sorted(asked.losses),
        "counted": sorted(code for code, one in outcomes().items() if one.is_counted),
        "cause": f"%{cause}%",
    }
    with connection.cursor() as cursor:
        cursor.execute(_DECIDED, values)
        return Line(*cursor.fetchone())


def _attended(asked: Asked) -> Line:
    found: Figure = sum_of(figures_of(asked.days, keeper=asked.keeper))
    return Line(found.attended, found.cases)


_DECIDED: Final = """
    SELECT count(*) FILTER (WHERE outcome = ANY (%(losses)s)), count(*)
    FROM court_case
    WHERE keeper_id = %(keeper)s AND decided_on BETWEEN %(first)s AND %(last)s
        AND outcome = ANY (%(counted)s) AND cause LIKE %(cause)s
"""

FIGURES: Final[Mapping[str, Reckoned]] = {
    "行政机关败诉率": Reckoned(
        "分母为本期结案且结案方式计入败诉率口径的案件，分子为其中按本地口径败诉的；以本院登记的案件为准", _lost
    ),
    "信息公开案件败诉率": Reckoned("同行政机关败诉率，只计案由含“信息公开”的案件", _lost_on_disclosure),
    "行政机关负责人出庭率": Reckoned(
        "分母为本期开庭案件的被告件次，分子为其中负责人至少出庭一次的；有正当理由未出庭的计入分母", _attended
    ),
}
WHY_NOT: Final[Mapping[str, str]] = {
    "司法建议和检察建议回复率": "书面答复记在各件建议的办理经过中，到期口径（应收到之日起、延期、未发出的）尚无统一规定",
    "生效裁判自动履行率": "登记的案件不含履行情况，履行事项由法院逐件立项，未立项的不在系统中",
}
