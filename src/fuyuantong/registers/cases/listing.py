"""Lists of cases: drawn from what a reader sees, narrowed, the newest first, page by page (core.md section 4)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled

from fuyuantong.matters.sight import Reader
from fuyuantong.refusal import Refusal

LARGEST_PAGE: Final = 500
COUNTED: Final = 10_000


class CasesTooSlow(Refusal):
    """Say that a list took too long instead of letting everyone wait."""

    key = "cases-too-slow"
    title = "查询超时"


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """
    What narrows a list; empty means all.

    `number` is the key of one case; `court` and `cause` are parts of their names, `defendant` is an organ's id, `state`
    "open", "decided" or "lost", then `losses` are the outcomes that are; `answer` "unknown", "running" or "overdue",
    then `overdue_from` is the last day of service that is over.
    """

    number: str = ""
    court: str = ""
    defendant: int | None = None
    cause: str = ""
    outcome: str = ""
    instance: str = ""
    year: int | None = None
    text: tuple[str, ...] = ()
    state: str = ""
    losses: frozenset[str] = frozenset()
    answer: str = ""
    overdue_from: date | None = None


@dataclass(frozen=True, slots=True)
class CasePlace:
    """Where a page begins: beyond this case; `backward`: the page before it."""

    sort_on: date
    id: int
    backward: bool = False


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list."""

    id: int
    number: str
    instance: str
    court: str
    cause: str
    plaintiffs: str
    defendants: str
    filed_on: date | None
    decided_on: date | None
    outcome: str
    passed: str
    disclosed: bool | None
    effective_on: date | None
    sort_on: date


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of a list; `after` and `before` are where the next and the former one begin, if there are any."""

    rows: tuple[CaseRow, ...]
    after: CasePlace | None
    before: CasePlace | None


@dataclass(frozen=True, slots=True)
class _Question:
    reader: Reader
    filters: CaseFilters
    keepers: tuple[int, ...]
    values: dict[str, object] = field(default_factory=dict)


def cases(reader: Reader, filters: CaseFilters, *, after: CasePlace | None = None, size: int = 50) -> CasePage:
    """Return a page of the cases that a reader sees, by day of filing, the newest first."""
    question = _question(reader, filters)
    size = max(1, min(size, LARGEST_PAGE))
    found = [CaseRow(*row) for row in _page(question, after, size + 1)]
    rows, more = tuple(found[:size]), len(found) > size
    if not rows:
        return CasePage((), None, None)
    if after is not None and after.backward:
        rows = rows[::-1]
        return CasePage(rows, _place(rows[-1]), _place(rows[0], backward=True) if more else None)
    return CasePage(rows, _place(rows[-1]) if more else None, _place(rows[0], backward=True) if after else None)


def count(reader: Reader, filters: CaseFilters) -> int:
    """Return how many cases a list has, as far as ten thousand and one."""
    question = _question(reader, filters)
    branches = [f"({branch} LIMIT %(most)s)" for branch in _branches(question, "")]
    if not branches:
        return 0
    sql = f"SELECT count(*) FROM (SELECT FROM ({' UNION '.join(branches)}) AS every LIMIT %(most)s) AS counted"
    ((found,),) = _rows(sql, question.values | {"most": COUNTED + 1})
    return int(found)


def _question(reader: Reader, filters: CaseFilters) -> _Question:
    seen = _rows(
        "SELECT DISTINCT keeper_id FROM keeper_sight WHERE scope_id = ANY(%(scopes)s::bigint[]) ORDER BY 1",
        {"scopes": list(reader.scopes)},
    )
    keepers = tuple(keeper for (keeper,) in seen)
    values: dict[str, object] = {
        "scopes": list(reader.scopes),
        "keepers": list(keepers),
        **{f"keeper_{place}": keeper for place, keeper in enumerate(keepers)},
        **{f"scope_{place}": scope for place, scope in enumerate(reader.scopes)},
        **{f"word_{place}": word.lower() for place, word in enumerate(filters.text)},
        **{
            name: getattr(filters, name)
            for name in ("number", "court", "defendant", "cause", "outcome", "instance", "year", "overdue_from")
        },
        "losses": sorted(filters.losses),
    }
    return _Question(reader, filters, keepers, values)


def _page(question: _Question, after: CasePlace | None, size: int) -> list[tuple[Any, ...]]:
    backward = after is not None and after.backward
    order = "sort_on, id" if backward else "sort_on DESC, id DESC"
    beyond = f"(sort_on, id) {'>' if backward else '<'} (%(after_on)s::date, %(after_id)s)" if after else ""
    branches = [f"({branch} ORDER BY {order} LIMIT %(size)s)" for branch in _branches(question, beyond)]
    if not branches:
        return []
    columns = ", ".join(f"c.{name}" for name in CaseRow.__slots__)
    sql = (
        f"SELECT {columns} FROM (SELECT id, sort_on FROM ({' UNION '.join(branches)}) AS every"
        f" ORDER BY {order} LIMIT %(size)s) AS page JOIN court_case c USING (id)"
        f" ORDER BY {order.replace('sort_on', 'page.sort_on').replace('id', 'page.id')}"
    )
    place = {"after_on": after.sort_on, "after_id": after.id} if after else {}
    return _rows(sql, question.values | place | {"size": size})


def _rows(sql: str, values: dict[str, object]) -> list[tuple[Any, ...]]:
    """Return what a statement finds. Raises: `CasesTooSlow` when the block around allows it no longer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        raise CasesTooSlow("查询超过 3 秒，未取得结果", remedy="请加上被告、年份或者案号后重试。", field="q") from error


def _branches(question: _Question, beyond: str) -> Iterator[str]:
    """Yield selects of id and sort_on: by the organ sued if one is named, else by keeper and by scope."""
    conditions = [*_conditions(question.filters)]
    if question.filters.number:
        where = ["c.number_key = %(number)s", SEEN, *conditions, *([beyond] if beyond else ())]
        yield f"SELECT c.id, c.sort_on FROM court_case c WHERE {' AND '.join(where)}"
        return
    if question.filters.defendant is not None:
        mine = ["d.organ_id = %(defendant)s", SEEN, *conditions]
        inner = f"SELECT DISTINCT c.id, c.sort_on FROM case_defendant d JOIN court_case c ON c.id = d.case_id WHERE {' AND '.join(mine)}"
        yield f"SELECT id, sort_on FROM ({inner}) AS mine{f' WHERE {beyond}' if beyond else ''}"
        return
    for place in range(len(question.keepers)):
        where = [f"c.keeper_id = %(keeper_{place})s", *([beyond] if beyond else ()), *conditions]
        yield f"SELECT c.id, c.sort_on FROM court_case c WHERE {' AND '.join(where)}"
    for place in range(len(question.reader.scopes)):
        where = [f"s.scope_id = %(scope_{place})s", *conditions]
        if beyond:
            where.append(beyond.replace("(sort_on, id)", "(s.sort_on, s.case_id)"))
        yield (
            "SELECT id, sort_on FROM (SELECT s.case_id AS id, s.sort_on FROM case_sight s"
            f" JOIN court_case c ON c.id = s.case_id WHERE {' AND '.join(where)}) AS mine"
        )


def _conditions(filters: CaseFilters) -> Iterator[str]:
    for name in ("court", "cause", "outcome", "instance"):
        if getattr(filters, name):
            yield _PLAIN[name]
    if filters.year is not None:
        yield "c.year = %(year)s"
    if filters.state:
        yield _STATE[filters.state]
    if filters.answer:
        yield (
            "c.decided_on IS NULL AND c.instance IN ('一审', '二审') AND EXISTS (SELECT FROM case_defendant a"
            f" WHERE a.case_id = c.id AND a.answered_on IS NULL AND {_ANSWER[filters.answer]} OFFSET 0)"
        )
    yield from (f"position(%(word_{place})s IN c.words) > 0" for place in range(len(filters.text)))


def _place(row: CaseRow, *, backward: bool = False) -> CasePlace:
    return CasePlace(row.sort_on, row.id, backward)


SEEN: Final = (
    "(c.keeper_id = ANY(%(keepers)s::bigint[]) OR EXISTS (SELECT FROM case_sight v WHERE v.case_id = c.id"
    " AND v.sort_on = c.sort_on AND v.scope_id = ANY(%(scopes)s::bigint[]) OFFSET 0))"
)
_PLAIN: Final = {
    "court": "position(%(court)s IN c.court) > 0",
    "cause": "position(%(cause)s IN c.cause) > 0",
    "outcome": "c.outcome = %(outcome)s",
    "instance": "c.instance = %(instance)s",
}
_STATE: Final = {
    "open": "c.decided_on IS NULL",
    "decided": "c.decided_on IS NOT NULL",
    "lost": "c.outcome = ANY(%(losses)s)",
}
_ANSWER: Final = {
    "unknown": "a.served_on IS NULL",
    "running": "a.served_on > %(overdue_from)s::date",
    "overdue": "a.served_on <= %(overdue_from)s::date",
}
