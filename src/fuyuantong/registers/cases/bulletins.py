"""Figures of heads in court for a quarter or a year, organ by organ, from the hearings of the register (CRT-07)."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final, Protocol

from django.db import connection

from fuyuantong.docket.appearances import Finding


class Span(Protocol):
    """A time, both days included."""

    @property
    def first(self) -> date: ...

    @property
    def last(self) -> date: ...


@dataclass(frozen=True, slots=True)
class IssueSpan:
    """A quarter of a year, or with quarter 0 the whole year."""

    year: int
    quarter: int

    @property
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, self.quarter * 3 - 2 if self.quarter else 1, 1)

    @property
    def last(self) -> date:
        """Return its last day."""
        following = self.quarter % 4 * 3 + 1 if self.quarter else 1
        return date(self.year + (self.quarter in (0, 4)), following, 1) - timedelta(days=1)

    @property
    def is_year(self) -> bool:
        """Tell whether it is the whole year: the court publishes that, instead of sending it round."""
        return self.quarter == 0

    @property
    def act(self) -> str:
        """Return what the court does with its figures."""
        return "公布" if self.is_year else "通报"

    def __str__(self) -> str:
        return f"{self.year} 年" + ("全年" if self.is_year else f"第{'一二三四'[self.quarter - 1]}季度")


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One organ's figures; `organ` is its id, none for a name that no organ bears.

    `cases` are those heard in which it was sued, `attended` those of them in which its head was in court at least
    once (the rate is of these two); `hearings` counts each hearing; `principal`, `excused`, `absent` and `unsaid` are
    hearings with that finding.
    """

    name: str
    organ: int | None
    cases: int
    attended: int
    hearings: int
    principal: int
    excused: int
    absent: int
    unsaid: int

    @property
    def rate(self) -> str:
        """Return the share of cases attended. Example: 66.7%."""
        return f"{self.attended / self.cases:.1%}" if self.cases else ""


def quarter_of(day: date) -> IssueSpan:
    """Return the quarter in which a day lies."""
    return IssueSpan(day.year, (day.month + 2) // 3)


def figures_of(span: Span, *, keeper: int) -> list[Figure]:
    """Return the figures of a time from the hearings that a court has registered, the most sued first."""
    values = {"first": span.first, "last": span.last, "keeper": keeper, "principal": Finding.PRINCIPAL}
    values |= {"excused": Finding.EXCUSED, "attended": [each.value for each in Finding if each.is_attendance]}
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, values)
        return [Figure(*row) for row in cursor.fetchall()]


def sum_of(figures: list[Figure]) -> Figure:
    """Return all organs together: a case in which two are sued counts twice, as each is asked for its own head."""
    sums = {name: sum(getattr(figure, name) for figure in figures) for name in Figure.__slots__[2:]}
    return Figure("合计", None, **sums)


def as_rows(figures: list[Figure]) -> list[dict[str, Any]]:
    """Return figures as data, to be kept."""
    return [asdict(figure) for figure in figures]


_FIGURES: Final = """
    SELECT max(sued.name), sued.organ_id, count(DISTINCT held.id),
        count(DISTINCT held.id) FILTER (WHERE found.finding = ANY (%(attended)s)), count(*),
        count(*) FILTER (WHERE found.finding = %(principal)s), count(*) FILTER (WHERE found.finding = %(excused)s),
        count(*) FILTER (WHERE found.finding <> ALL (%(attended)s) AND found.finding <> %(excused)s),
        count(*) FILTER (WHERE found.finding IS NULL)
    FROM hearing
    JOIN court_case AS held ON held.id = hearing.case_id
    JOIN case_defendant AS sued ON sued.case_id = held.id
    LEFT JOIN appearance AS found
        ON found.case_id = held.id AND found.heard_on = hearing.heard_on AND found.place = sued.place
    WHERE hearing.heard_on BETWEEN %(first)s AND %(last)s AND held.keeper_id = %(keeper)s
    GROUP BY sued.organ_id, CASE WHEN sued.organ_id IS NULL THEN sued.name END
    ORDER BY 3 DESC, 1
"""
