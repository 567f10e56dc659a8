"""Holding every trail against what it says: chains, folds, rows, inner trails, clocks, numbers. Reads, changes nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from fuyuantong import catalogue
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.matter_checks import Checked, ClockLine, Found, Row, Stored, check
from fuyuantong.matters.numbering import given_on_paper
from fuyuantong.matters.queries import no_such_matter
from fuyuantong.matters.session import acting
from fuyuantong.matters.trails import fetched, grouped, inner_lines_of, lines_of, spelled
from fuyuantong.organs.identity import read_uid

BATCH = 200
TRAIL = 5_000
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

    def add(self, checked: Checked, row: Row) -> None:
        """Count what was checked of a matter, and keep the first breaks."""
        self.matters += 1
        self.records += checked.records
        self.inner_records += checked.inner_records
        self.clocks += checked.clocks
        self.elsewhere += checked.elsewhere
        for found in checked.found:
            self.break_at(Broken(row.uid, row.name, found))

    def break_at(self, broken: Broken) -> None:
        """Count a break, and keep it when it is one of the first."""
        self.breaks += 1
        if self.breaks <= NAMED:
            self.broken.append(broken)


def verify_all(*, tell: Tell = lambda matters: None) -> Verdict:
    """Verify every matter, in batches of few records in all, and all serials."""
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
        found = {row.uid: row for row in _rows(_NAMED, [list(filter(None, wanted.values()))])}
    for uid, spelled_uid in wanted.items():
        if str(spelled_uid) not in found:
            raise no_such_matter(uid)
    verdict = Verdict()
    _verify(list(found.values()), verdict)
    return verdict


def _verify(batch: Sequence[Row], verdict: Verdict) -> None:
    calendar = current_calendar()
    with transaction.atomic(), acting():
        checks = [(stored.row, check(stored, calendar)) for stored in _stored(batch)]
    for row, checked in checks:
        # what was written while the batch was read looks like a break: believed only with the matter held fast
        verdict.add(_held_fast(row.pk) if checked.found else checked, row)


def _held_fast(matter_id: int) -> Checked:
    with transaction.atomic(), acting():
        (stored,) = _stored(_rows(_HELD, [matter_id]))
        return check(stored, current_calendar())


def _stored(batch: Sequence[Row]) -> Iterator[Stored]:
    """Yield each matter with all that is stored of it."""
    ids = [row.pk for row in batch]
    lines, inner_lines = lines_of(ids), inner_lines_of(ids)
    clocks = grouped(map(ClockLine._make, fetched(_CLOCKS, [ids])))
    for row in batch:
        yield Stored(row, lines.get(row.pk, ()), inner_lines.get(row.pk, ()), clocks.get(row.pk, ()))


def _batch(last: int) -> list[Row]:
    with transaction.atomic(), acting():
        return _rows(_NEXT, [last, BATCH, TRAIL])


def _rows(statement: str, params: Sequence[object]) -> list[Row]:
    return list(map(Row._make, fetched(statement, params)))


def _verify_serials(verdict: Verdict) -> None:
    with transaction.atomic(), acting():
        for row in fetched(_SERIALS):
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


_ROWS = f"""
    SELECT matter.id, matter.uid::text, coalesce(nullif(number, ''), title), mechanism, version,
        encode(declaration_digest, 'hex'), state, stay_seq, round, phase, closed_kind, number, seq, governing_clock, due_on,
        holder.code, initiator.code, custodian_node, epoch, head, {spelled("values")}, {spelled("fold")}
    FROM matter LEFT JOIN organ AS initiator ON initiator.id = initiator_id LEFT JOIN organ AS holder ON holder.id = holder_id
"""
# as many matters as have few records between them: a trail is held in memory whole, of many not more than that
_NEXT = f"""{_ROWS} WHERE matter.id IN (
    SELECT id FROM (SELECT id, sum(seq) OVER (ORDER BY id) - seq AS before FROM (
        SELECT id, seq FROM matter WHERE id > %s ORDER BY id LIMIT %s
    ) AS next) AS batch WHERE before <= %s) ORDER BY matter.id
"""
_NAMED = f"{_ROWS} WHERE matter.uid = ANY(%s::uuid[]) ORDER BY matter.id"
_HELD = f"{_ROWS} WHERE matter.id = %s FOR UPDATE OF matter"
_CLOCKS = f"""
    SELECT matter_id, name, lap, {spelled("rule")}, due_on, calendar_version, state FROM clock
    WHERE matter_id = ANY(%s::bigint[]) ORDER BY matter_id, name, lap
"""
_SERIALS = """
    SELECT organ.code, used.kind, used.year, used.taken, used.first, used.last, used.next FROM (
        SELECT organ_id, kind, year, count(taken.serial) AS taken, min(taken.serial) AS first,
            max(taken.serial) AS last, max(serial.next) AS next
        FROM number_taken AS taken FULL JOIN serial USING (organ_id, kind, year) GROUP BY organ_id, kind, year
    ) AS used JOIN organ ON organ.id = used.organ_id ORDER BY 1, 2, 3
"""
