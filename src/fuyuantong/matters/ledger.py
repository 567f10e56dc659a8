"""Lists of matters: the ledger, what is to be done, what was sent, what was copied, and how many there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.ledger_query import (
    INDEXED,
    Box,
    Candidates,
    Filters,
    Keyset,
    LedgerQuery,
    Sort,
    Statement,
    Word,
    check_text,
    few_in,
    text_candidates,
)
from fuyuantong.matters.models.matter import Phase
from fuyuantong.matters.session import session_settings
from fuyuantong.matters.sight import Reader
from fuyuantong.organs.queries import organs_named
from fuyuantong.refusal import Refusal

PATIENCE: Final = "3s"
COUNTED: Final = 10_000
NAMED: Final = 5_000
LARGEST_PAGE: Final = 500


class LedgerTooSlow(Refusal):
    """Say which filters took too long instead of letting everyone wait."""

    key = "ledger-too-slow"
    title = "查询超时"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One matter in a list."""

    id: int
    uid: UUID
    mechanism: str
    version: int
    number: str
    title: str
    state: str
    phase: int
    holder_id: int | None
    initiator_id: int
    region_code: str
    secrecy: int
    provenance: int
    opened_at: datetime
    due_on: date | None
    governing_clock: str
    closed_at: datetime | None
    closed_kind: str
    seq: int
    declaration: bytes


@dataclass(frozen=True, slots=True)
class Total:
    """How many there are: exact to ten thousand, beyond that only that there are more."""

    n: int
    more: bool = False

    def __str__(self) -> str:
        return f"{self.n:,}+" if self.more else f"{self.n:,}"


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """
    One page of a list.

    `after` is where the next one begins, None when this is the last; `before` where the one before, None when this
    is the first.
    """

    rows: tuple[LedgerRow, ...]
    after: Keyset | None
    before: Keyset | None = None

    @property
    def whole(self) -> Total | None:
        """Return how many there are when this page is the whole list; else `total` must count."""
        return Total(len(self.rows)) if self.after is None and self.before is None else None


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of the home page, each that of a list."""

    to_do: Total
    overdue: Total
    sent: Total
    copied: Total


_PATIENT: Final = {"statement_timeout": PATIENCE, "jit": "off"}
NOTHING: Final = LedgerPage((), None)


def ledger(
    reader: Reader,
    *,
    filters: Filters | None = None,
    sort: Sort = Sort.OPENED,
    after: Keyset | None = None,
    size: int = 50,
) -> LedgerPage:
    """
    Return a page of every matter that the reader may see.

    Raises: `TextUnsearchable`; `LedgerTooSlow` after three seconds, naming the filters.
    """
    return _page(LedgerQuery(reader, filters=filters or Filters(), sort=sort), after=after, size=size)


def listed(
    reader: Reader,
    *,
    box: Box,
    filters: Filters | None = None,
    sort: Sort | None = None,
    after: Keyset | None = None,
    size: int = 50,
) -> LedgerPage:
    """Return a page of any list, by default in the order that is its own. Raises: as `ledger`."""
    query = LedgerQuery(reader, box, filters or Filters(), sort or INDEXED[box])
    return _page(query, after=after, size=size)


def to_do(reader: Reader, *, filters: Filters | None = None, after: Keyset | None = None, size: int = 50) -> LedgerPage:
    """Return a page of the open matters that the reader's organs hold, the next due first. Raises: as `ledger`."""
    return _page(LedgerQuery(reader, Box.TO_DO, filters or Filters(), Sort.DUE), after=after, size=size)


def sent_by(
    reader: Reader, *, filters: Filters | None = None, after: Keyset | None = None, size: int = 50
) -> LedgerPage:
    """Return a page of the matters that the reader's organs began, newest first. Raises: as `ledger`."""
    return _page(LedgerQuery(reader, Box.SENT, filters or Filters()), after=after, size=size)


def copied_to(
    reader: Reader, *, filters: Filters | None = None, after: Keyset | None = None, size: int = 50
) -> LedgerPage:
    """Return a page of the matters of which the reader's organs receive a copy, newest first. Raises: as `ledger`."""
    return _page(LedgerQuery(reader, Box.COPIED, filters or Filters()), after=after, size=size)


def total(reader: Reader, *, box: Box = Box.LEDGER, filters: Filters | None = None, sort: Sort | None = None) -> Total:
    """
    Return how many matters a list has; of words that are very common as many as are in its first ten thousand rows.

    Raises: as `ledger`.
    """
    if not _has_any(reader, box):
        return Total(0)
    query = LedgerQuery(reader, box, filters or Filters(), sort or INDEXED[box])
    with _patiently(query.filters):
        ready = _with_candidates(query)
        if ready.candidates.common and ready.candidates.ids is None:
            ((found, walked),) = _rows(ready.sample(walked=COUNTED))
            return Total(min(found, COUNTED), more=walked > COUNTED)
        found = _one(ready.total(most=COUNTED))
    return Total(min(found, COUNTED), more=found > COUNTED)


def counts(reader: Reader) -> Counts:
    """Return the numbers of the home page; what was sent and copied counts while it is open."""
    yesterday = date.fromordinal(reader.at.astimezone(SHANGHAI).toordinal() - 1)
    is_open = Filters(phase=Phase.OPEN)
    return Counts(
        to_do=total(reader, box=Box.TO_DO),
        overdue=total(reader, box=Box.TO_DO, filters=Filters(due_to=yesterday)),
        sent=total(reader, box=Box.SENT, filters=is_open),
        copied=total(reader, box=Box.COPIED, filters=is_open),
    )


def _page(query: LedgerQuery, *, after: Keyset | None, size: int) -> LedgerPage:
    if not _has_any(query.reader, query.box):
        return NOTHING
    size = max(1, min(size, LARGEST_PAGE))
    with _patiently(query.filters):
        found = _rows(_with_candidates(query).page(after=after, size=size + 1))
    rows = tuple(LedgerRow(*row) for row in found[:size])
    more = len(found) > size
    if after is not None and after.backward:
        rows = rows[::-1]
        return (
            LedgerPage(rows, _place(query, rows[-1]), _place(query, rows[0], backward=True) if more else None)
            if rows
            else NOTHING
        )
    before = _place(query, rows[0], backward=True) if rows and after else None
    return LedgerPage(rows, _place(query, rows[-1]) if more else None, before)


def _place(query: LedgerQuery, row: LedgerRow, *, backward: bool = False) -> Keyset:
    return Keyset(row.id, row.due_on if query.sort is Sort.DUE else None, backward)


def _with_candidates(query: LedgerQuery) -> LedgerQuery:
    """Find out what an index or a short list says before the list is drawn."""
    if query.filters.text:
        words = [Word(word, tuple(organs_named(word))) for word in check_text(query.filters.text)]
        found = {word: _one(text_candidates(word, most=NAMED)) for word in words}
        named = [set(ids) for ids in found.values() if ids is not None]
        common = tuple(word for word, ids in found.items() if ids is None)
        return replace(query, candidates=Candidates(tuple(set.intersection(*named)) if named else None, common))
    if query.sort is not INDEXED[query.box]:
        ids = _one(few_in(query, most=NAMED))
        return replace(query, candidates=Candidates(None if ids is None else tuple(ids)))
    return query


def _has_any(reader: Reader, box: Box) -> bool:
    return bool(reader.scopes if box is Box.LEDGER else reader.organs)


@contextmanager
def patience() -> Iterator[None]:
    """Let several lists in a row share one time limit for each statement, set once; a refusal ends the block."""
    with session_settings(_PATIENT):
        yield


@contextmanager
def _patiently(filters: Filters) -> Iterator[None]:
    try:
        with session_settings({**_PATIENT, "statement_timeout": PATIENCE}):
            yield
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        named = "、".join(filters.named()) or "全部事项"
        raise LedgerTooSlow(
            f"按“{named}”查询超过 3 秒，未取得结果",
            remedy="请加上机制、持有单位或期限范围后重试",
            field=next((name for name in Filters.__slots__ if getattr(filters, name) not in ("", None)), ""),
        ) from error


def _one(statement: Statement) -> Any:
    return _rows(statement)[0][0]


def _rows(statement: Statement) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.values)
        return cursor.fetchall()
