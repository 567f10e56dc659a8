"""Holding every trail against what it says: chains, folds, rows, inner trails, clocks, numbers. Reads, changes nothing."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

import orjson
from django.db import connection, transaction

from fuyuantong import catalogue
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.matter_checks import Checked, Found, Stored, check
from fuyuantong.matters.models.clock import Clock
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.record import InnerRecord, Record
from fuyuantong.matters.numbering import given_on_paper
from fuyuantong.matters.queries import no_such_matter
from fuyuantong.matters.session import acting
from fuyuantong.organs.identity import read_uid

BATCH = 200
CHUNK = 500
NAMED = 20  # breaks that are told one by one

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Broken:
    """What does not hold: of which matter, if it is one's, and at which record, if it is at one."""

    uid: str
    title: str
    found: Found


@dataclass
class Verdict:
    """
    What was held against each other, and the first breaks of all `breaks`.

    `elsewhere` counts clocks that were reckoned by another calendar than today's: their days cannot be found again.
    """

    matters: int = 0
    records: int = 0
    inner_records: int = 0
    clocks: int = 0
    elsewhere: int = 0
    serials: int = 0
    breaks: int = 0
    broken: list[Broken] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Tell whether nothing is broken."""
        return not self.breaks

    def add(self, checked: Checked, row: Matter) -> None:
        """Count what was checked of a matter, and keep the first breaks."""
        self.matters += 1
        self.records += checked.records
        self.inner_records += checked.inner_records
        self.clocks += checked.clocks
        self.elsewhere += checked.elsewhere
        for found in checked.found:
            self.break_at(Broken(str(row.uid), row.number or row.title, found))

    def break_at(self, broken: Broken) -> None:
        """Count a break, and keep it when it is one of the first."""
        self.breaks += 1
        if self.breaks <= NAMED:
            self.broken.append(broken)


def verify_all(*, tell: Tell = lambda matters: None) -> Verdict:
    """Verify every matter, in batches that hold no more in memory than one trail of them, and all serials."""
    verdict = Verdict()
    last = 0
    while batch := _batch(last):
        last = batch[-1].pk
        _verify(batch, verdict)
        tell(verdict.matters)
    _verify_serials(verdict)
    return verdict


def verify_some(uids: Sequence[str]) -> Verdict:
    """Verify some matters. Raises: `NoSuchMatter` before any is looked at."""
    wanted = {uid: read_uid(uid) for uid in uids}
    with transaction.atomic(), acting():
        found = {row.uid: row for row in _matters().filter(uid__in=list(filter(None, wanted.values())))}
    for uid, known in wanted.items():
        if known not in found:
            raise no_such_matter(uid)
    verdict = Verdict()
    _verify(list(found.values()), verdict)
    return verdict


def _verify(batch: Sequence[Matter], verdict: Verdict) -> None:
    calendar = current_calendar()
    with transaction.atomic(), acting():
        checks = [(stored.row, check(stored, calendar)) for stored in _stored(batch)]
    for row, checked in checks:
        # what was written while the batch was read looks like a break: believed only with the matter held fast
        verdict.add(_held_fast(row.pk) if checked.found else checked, row)


def _held_fast(matter_id: int) -> Checked:
    with transaction.atomic(), acting():
        row = _matters().select_for_update(of=("self",)).get(pk=matter_id)
        (stored,) = _stored([row])
        return check(stored, current_calendar())


def _stored(batch: Sequence[Matter]) -> Iterator[Stored]:
    """Yield each matter with all that is stored of it; records and inner records come as a stream."""
    ids = [row.pk for row in batch]
    of_batch = {"matter_id__in": ids}
    inner = InnerRecord.objects.filter(**of_batch).order_by("matter_id", "organ_id", "seq")
    record_groups = _Grouped(_records(ids))
    inner_groups = _Grouped(inner.select_related("organ", "matter").iterator(chunk_size=CHUNK))
    clocks: dict[int, list[Clock]] = {}
    for clock in Clock.objects.filter(**of_batch).defer("proof").order_by("matter_id", "name", "lap"):
        clocks.setdefault(clock.matter_id, []).append(clock)
    for row in sorted(batch, key=attrgetter("pk")):
        yield Stored(row, record_groups.of(row.pk), inner_groups.of(row.pk), clocks.get(row.pk, []))


def _records(ids: list[int]) -> Iterator[tuple]:
    """Stream the records of matters as rows, in the order of their matters."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_RECORDS, [ids])
        while rows := cursor.fetchmany(CHUNK):
            for *plain, values, resolved in rows:
                yield _Row(*plain, orjson.loads(values), orjson.loads(resolved))


class _Grouped:
    """A stream of rows in the order of their matters, given out matter by matter."""

    def __init__(self, rows: Iterable) -> None:
        self.groups = groupby(rows, key=attrgetter("matter_id"))
        self.waiting = next(self.groups, None)

    def of(self, matter_id: int) -> Iterator:
        if self.waiting is not None and self.waiting[0] == matter_id:
            yield from self.waiting[1]
            self.waiting = next(self.groups, None)


def _batch(last: int) -> list[Matter]:
    with transaction.atomic(), acting():
        return list(_matters().filter(pk__gt=last).order_by("pk")[:BATCH])


def _matters():
    return Matter.objects.select_related("holder")


def _verify_serials(verdict: Verdict) -> None:
    with transaction.atomic(), acting(), connection.cursor() as cursor:
        cursor.execute(_SERIALS)
        for row in cursor.fetchall():
            verdict.serials += 1
            if what := _wrong_with(_Series(*row)):
                verdict.break_at(Broken("", row[0], Found(what)))


@dataclass(frozen=True, slots=True)
class _Series:
    """What an organ has taken of one kind in one year; nothing taken when only papers have numbers of it."""

    organ: str
    kind: str
    year: int
    taken: int
    first: int | None
    last: int | None
    following: int | None


def _wrong_with(series: _Series) -> str:
    """Return what is wrong with a series: a gap, or a beginning that no paper explains."""
    title = catalogue.serials()[series.kind].title if series.kind in catalogue.serials() else series.kind
    if series.following is None or (series.taken and series.last != series.following - 1):
        gap = f"已取到 {series.last}，登记的下一个为 {series.following}"
    elif series.first and series.taken != series.following - series.first:
        gap = f"从 {series.first} 到 {series.last}，只取过 {series.taken} 个"
    elif not given_on_paper(series.kind, year=series.year, before=series.first or series.following):
        gap = f"从 {series.first or series.following} 开始，前一个不是补录的纸质文号"
    else:
        return ""
    return f"{series.year} 年{title}文号不连续：{gap}"


_JSON = ("values", "resolved")
_PLAIN = tuple(field.attname for field in Record._meta.concrete_fields if field.attname not in (*_JSON, "signature"))
_Row = namedtuple("_Row", (*_PLAIN, *_JSON))
_RECORDS = f"""
    SELECT {", ".join(_PLAIN)}, "values"::text, resolved::text FROM record
    WHERE matter_id = ANY(%s::bigint[]) ORDER BY matter_id, seq
"""

_SERIALS = """
    SELECT organ.code, used.kind, used.year, used.taken, used.first, used.last, used.next FROM (
        SELECT organ_id, kind, year, count(taken.serial) AS taken, min(taken.serial) AS first,
            max(taken.serial) AS last, max(serial.next) AS next
        FROM number_taken AS taken FULL JOIN serial USING (organ_id, kind, year) GROUP BY organ_id, kind, year
    ) AS used JOIN organ ON organ.id = used.organ_id ORDER BY 1, 2, 3
"""
