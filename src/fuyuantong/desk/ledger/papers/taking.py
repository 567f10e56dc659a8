"""Taking the rows of a table as paper matters: all of them, or none; a look beforehand is the same, taken back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from fuyuantong.catalogue import MECHANISMS
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.desk.ledger.models import PaperTable
from fuyuantong.desk.ledger.papers.cells import Names, read_row
from fuyuantong.desk.ledger.papers.targets import CLOCK, FIELD, ROLE, titles
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.files import store_file
from fuyuantong.matters.services.forms import Form
from fuyuantong.matters.services.papers import BadPaper, bring_paper_in
from fuyuantong.protocol import Mechanism
from fuyuantong.protocol.values import Fault, ValuesRefused, field_of
from fuyuantong.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Row:
    """One row to be taken: its number in Excel, and its cells by what they stand for."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the rows: matters by the number of the row, or everything that is wrong."""

    taken: list[dict[str, Any]]
    faults: list[dict[str, Any]]


def rows_of(table: PaperTable) -> Iterator[Row]:
    """Yield the rows that are to be taken; what is said for every row fills cells that are blank."""
    meanings = {int(place): target for place, target in table.meanings.items()}
    for number, cells in table.rows:
        if number in table.left_out:
            continue
        own = {target: cells[place] for place, target in meanings.items() if cells[place]}
        yield Row(number, {**table.everywhere, **own})


def look(table: PaperTable, *, by: By, now: datetime) -> Outcome:
    """Return what would come of a table; nothing of it stays."""
    return _run(table, by=by, now=now, keep=False)


def take(table: PaperTable, *, by: By, now: datetime) -> Outcome:
    """Take every row of a table, or none of them when anything is wrong with one."""
    return _run(table, by=by, now=now, keep=True)


def _run(table: PaperTable, *, by: By, now: datetime, keep: bool) -> Outcome:
    mechanism = MECHANISMS[table.mechanism]
    names = Names(now.astimezone(SHANGHAI).date())
    rows = list(rows_of(table))
    names.learn(text for row in rows for target, text in row.cells.items() if target.startswith(ROLE))
    taken: list[dict[str, Any]] = []
    faults: list[dict[str, Any]] = []
    with transaction.atomic():
        specimen = "" if keep or not rows else _extract(table, rows[0], mechanism, now)
        for row in rows:
            evidence = specimen or _extract(table, row, mechanism, now)
            found = _one(
                table, row, mechanism, evidence, names, By(by.account, by.organ, basis=_basis(table, row)), now
            )
            (taken if "uid" in found[0] else faults).extend(found)
        if faults or not keep:
            transaction.set_rollback(True)
    return Outcome([] if faults else taken, faults)


def _one(
    table: PaperTable, row: Row, mechanism: Mechanism, evidence: str, names: Names, by: By, now: datetime
) -> list[dict[str, Any]]:
    reading = read_row(row.cells, mechanism, names=names)
    try:
        form = Form(files=(evidence,), key=f"{table.pk}:{row.number}")
        done = bring_paper_in(table.mechanism, reading.title, reading.paper, by=by, now=now, form=form)
    except (BadPaper, ValuesRefused) as refusal:
        return _faults(row, (*reading.faults, *refusal.faults), refusal.remedy)
    except Refusal as refusal:
        return _faults(row, (*reading.faults, Fault(refusal.field, refusal.detail)), refusal.remedy)
    if reading.faults:
        return _faults(row, reading.faults, "")
    return [{"row": row.number, "uid": done.matter, "title": reading.title, "number": reading.paper.number}]


def _faults(row: Row, faults: Iterable[Fault], remedy: str) -> list[dict[str, Any]]:
    """Return faults as data, each with the target it belongs to, the first one for each place."""
    found: dict[str, dict[str, Any]] = {}
    for fault in faults:
        target = _target(fault.field)
        found.setdefault(target, {"row": row.number, "target": target, "detail": fault.detail, "remedy": remedy})
    return list(found.values())


def _target(field: str) -> str:
    """Return the target to which the field of a refusal belongs."""
    if field.startswith("clock_starts."):
        return CLOCK + field.removeprefix("clock_starts.")
    if not field or field in ("title", "number", "state", "since") or field.startswith((ROLE, FIELD, CLOCK)):
        return field
    return FIELD + field.partition("[")[0].partition(".")[0]


def _basis(table: PaperTable, row: Row) -> str:
    return f"据本单位台账“{table.file_name}”第 {row.number} 行补录"


def _extract(table: PaperTable, row: Row, mechanism: Mechanism, now: datetime) -> str:
    """
    Store what the table says of one matter, as the paper from which it was taken, and return its digest.

    Never the table itself: the other parties would read every other matter in it.
    """
    named = titles(mechanism)
    lines = [
        f"台账摘录：{table.file_name} 第 {row.number} 行",
        f"原表 SM3：{table.file_digest}",
        *(f"{named.get(target, target)}：{_plain(mechanism, target, text)}" for target, text in row.cells.items()),
    ]
    return store_file("\n".join(lines).encode(), mime="text/plain", now=now)


def _plain(mechanism: Mechanism, target: str, text: str) -> str:
    """Return what a paper may show of a cell: a secret is kept apart, encrypted, and stands in no file."""
    secret = target.startswith(FIELD) and field_of(mechanism, target.removeprefix(FIELD)).secret
    return "（另行加密保存）" if secret else text
