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
    Box,
    Candidates,
    Filters,
    Keyset,
    LedgerQuery,
    Sort,
    Statement,
    check_text,
    few_seen,
    text_candidates,
)
from fuyuantong.matters.models.matter import Phase
from fuyuantong.matters.session import session_settings
from fuyuantong.matters.sight import Reader
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


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """One page of a list; `after` is where the next one begins, None when this is the last."""

    rows: tuple[LedgerRow, ...]
    after: Keyset | None


@dataclass(frozen=True, slots=True)
class Total:
    """How many there are: exact to ten thousand, beyond that only that there are more."""

    n: int
    more: bool = False

    def __str__(self) -> str:
        return f"{self.n:,}+" if self.more else f"{self.n:,}"


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of the home page, each that of a list."""

    to_do: Total
    overdue: Total
    sent: Total
    copied: Total


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


def total(reader: Reader, *, box: Box = Box.LEDGER, filters: Filters | None = None, sort: Sort = Sort.OPENED) -> Total:
    """Return how many matters a list has. Raises: as `ledger`."""
    if not _has_any(reader, box):
        return Total(0)
    query = LedgerQuery(reader, box, filters or Filters(), sort)
    with _patiently(query.filters):
        found = _one(_with_candidates(query).total(most=COUNTED))
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
    if len(found) <= size:
        return LedgerPage(rows, None)
    last = rows[-1]
    return LedgerPage(rows, Keyset(last.id, last.due_on if query.sort is Sort.DUE else None))


def _with_candidates(query: LedgerQuery) -> LedgerQuery:
    """Find out what an index or a short list of seen matters says before the list is drawn."""
    if query.filters.text:
        words = check_text(query.filters.text)
        ids = _one(text_candidates(words, most=NAMED))
        return replace(query, candidates=_named(ids, common=ids is None))
    if query.box is Box.LEDGER and query.sort is Sort.DUE:
        return replace(query, candidates=_named(_one(few_seen(query.reader, most=NAMED))))
    return query


def _named(ids: list[int] | None, *, common: bool = False) -> Candidates:
    return Candidates(None if ids is None else tuple(ids), common)


def _has_any(reader: Reader, box: Box) -> bool:
    return bool(reader.scopes if box is Box.LEDGER else reader.organs)


@contextmanager
def _patiently(filters: Filters) -> Iterator[None]:
    try:
        with session_settings({"statement_timeout": PATIENCE, "jit": "off"}):
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
