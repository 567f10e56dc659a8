"""Declared fields as boxes to be filled in: what stands in each, what is wrong with it, what it is for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fuyuantong.desk.organ_tags import OrganTag
from fuyuantong.desk.seen_matters import SeenMatter
from fuyuantong.matters.console.shown_values import ADDED_BY, BY
from fuyuantong.protocol import (
    Choice,
    Date,
    Field,
    File,
    Flag,
    Json,
    Matter,
    Mechanism,
    Number,
    Organ,
    Organs,
    Rows,
    Text,
    Time,
    Unfinished,
)
from fuyuantong.protocol.values import Fault, field_of, may_be_none
from fuyuantong.seal.commitment import is_commitment

SHORT = 200
MANY = 4  # columns of words
KINDS: Mapping[type[Field], str] = {
    Choice: "choice",
    Flag: "flag",
    Number: "number",
    Date: "date",
    Time: "time",
    Organ: "organ",
    Organs: "organs",
    File: "file",
    Rows: "rows",
    Matter: "matter",
}
YES_NO = (("yes", "是"), ("no", "否"))


@dataclass(frozen=True)
class Kept:
    """A file that is stored already and needs not be uploaded again."""

    digest: str
    name: str


@dataclass(frozen=True)
class Cell:
    """What stands in one box of a table, or beside it."""

    name: str
    box: "Box | None"
    title: str
    text: str = ""
    matter: SeenMatter | None = None


@dataclass(frozen=True)
class Box:
    """
    One thing to be filled in.

    `kind` names the template; `value` is as it was typed. Shape of a table: `rows` of cells, the cells without a box
    show what stands there already; `fixed` when rows can be neither added nor taken away; `sheet`: the address of its
    template, if it can be filled in away from the desk; `is_refused`: what came back was not taken. `begins`: what is chosen here says with what the form begins.
    `matter` is the one that is meant, when the reader sees it.
    """

    name: str
    title: str
    kind: str
    needed: bool
    help: str = ""
    unit: str = ""
    at_most: int = 0
    value: str = ""
    values: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    organs: tuple[OrganTag, ...] = ()
    files: tuple[Kept, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    fixed: bool = False
    sheet: str = ""
    is_refused: bool = False
    begins: bool = False
    matter: SeenMatter | None = None
    error: str = ""

    @property
    def id(self) -> str:
        """Return what the label points to."""
        return f"box-{self.name.replace('.', '-')}"

    @property
    def shrinks(self) -> bool:
        """Tell whether a row may be taken away: one of several, or one that was laid in."""
        return len(self.rows) > 1 or any(cell.box and cell.box.kind == "matter" for row in self.rows for cell in row)

    @property
    def is_tall(self) -> bool:
        """Tell whether a row does not fit on one line: with organs to tick, or words to write beside many others."""
        kinds = [cell.box.kind if cell.box else "" for row in self.rows[:1] for cell in row]
        return "organs" in kinds or ("long" in kinds and sum(kind in ("", "long") for kind in kinds) >= MANY)

    @property
    def described_by(self) -> str:
        """Return the ids of what explains the box, for those who listen."""
        told = (f"{self.id}-help" if self.help else "", f"{self.id}-error" if self.error else "")
        return " ".join(part for part in told if part)


@dataclass(frozen=True)
class Desk:
    """
    What boxes are made of beside the declaration.

    Shape: the organs to choose from, the names of stored files, and the matters that the reader sees of those named.
    """

    organs: Sequence[OrganTag]
    files: Mapping[str, str]
    matters: Mapping[str, SeenMatter] = field(default_factory=dict)


def boxes_of(
    mechanism: Mechanism,
    *,
    asks: Iterable[str],
    may_ask: Iterable[str],
    given: Mapping[str, Json],
    standing: Mapping[str, Json],
    faults: Iterable[Fault],
    desk: Desk,
) -> list[Box]:
    """
    Return the boxes of a form, columns that are asked of the same rows as one table.

    `given` is what was typed, else what is kept; `standing` the values of the matter as they are.
    """
    told = _by_place(faults)
    asked = [*((key, True) for key in asks), *((key, False) for key in may_ask)]
    boxes: list[Box] = []
    done: set[str] = set()
    for key, needed in asked:
        table, _, column = key.partition(".")
        if key in done:
            continue
        if column:
            keys = [(one, must) for one, must in asked if one.startswith(f"{table}.")]
            done.update(one for one, _ in keys)
            boxes.append(_later_columns(mechanism, table, keys, given, standing, told, desk))
        else:
            found = mechanism.value(key)
            near = replace(desk, organs=_who_may_be_named(mechanism, key, desk.organs))
            boxes.append(_box(found, key, given.get(key), must=needed and not may_be_none(found), told=told, desk=near))
    beginners = _beginners(mechanism, {key for key, _ in asked})
    return [replace(box, begins=box.name in beginners) for box in boxes]


def _who_may_be_named(mechanism: Mechanism, key: str, organs: Sequence[OrganTag]) -> Sequence[OrganTag]:
    """Return the organs that may play every part to which the field binds."""
    parts = [role for role in mechanism.roles if role.via == f"field:{key}"]
    return [organ for organ in organs if all(part.takes(organ.branch) for part in parts)] if parts else organs


def _beginners(mechanism: Mechanism, asked: Collection[str]) -> set[str]:
    """Return the fields that say with what a table begins that is asked too, or who takes part."""
    tables = (found for found in mechanism.fields if isinstance(found, Rows) and found.key in asked)
    beginners = {table.begins_with.same for table in tables if isinstance(table.begins_with, Unfinished)}
    event = mechanism.event
    if event and {event.convenor, event.members} & {*asked}:
        beginners.add(event.series)
    return beginners


def _box(found: Field, name: str, value: Json, *, must: bool, told: Mapping[str, str], desk: Desk) -> Box:
    kind = KINDS.get(type(found), "text")
    box = Box(name, found.title, kind, must, help=found.help, error=told.get(name, ""))
    if is_commitment(value):
        value = None  # what is sealed is not shown; it is written anew
    match found:
        case Rows():
            return _table(box, found, value, told, desk)
        case Choice():
            return replace(box, options=tuple((option, option) for option in found.options), value=_text(value))
        case Flag():
            chosen = {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else _text(value)
            return replace(box, kind="choice", options=YES_NO, value=chosen)
        case Organ():
            return replace(box, organs=tuple(desk.organs), value=_text(value))
        case Organs():
            return replace(box, organs=tuple(desk.organs), values=_texts(value))
        case File():
            kept = tuple(Kept(digest, desk.files.get(digest, digest[:12])) for digest in _texts(value))
            return replace(box, files=kept)
        case Number():
            return replace(box, unit=found.unit, value=_text(value))
        case Text():
            long = "long" if found.at_most > SHORT and not found.check else "text"
            return replace(box, kind=long, at_most=found.at_most, value=_text(value))
        case _:
            return replace(box, value=_text(value))


def _table(box: Box, found: Rows, value: Json, told: Mapping[str, str], desk: Desk) -> Box:
    given = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    columns = _columns(found, given)
    rows = given or [{} for _ in range(max(1, found.at_least))]
    cells = tuple(
        tuple(
            _cell(column, f"{box.name}.{number}.{column.key}", row.get(column.key), place, told, desk)
            for column in columns
            for place in (f"{box.name}[{number}].{column.key}",)
        )
        for number, row in enumerate(rows, 1)
    )
    return replace(box, columns=tuple(column.title for column in columns), rows=cells)


def _columns(found: Rows, rows: Iterable[Mapping[str, Json]]) -> tuple[Field, ...]:
    """Return the columns that come with a row; one that names a matter only where a row has one."""
    named = [one for one in found.columns if isinstance(one, Matter) and any(row.get(one.key) for row in rows)]
    return (*found.typed, *named)


def _cell(column: Field, name: str, value: Json, place: str, told: Mapping[str, str], desk: Desk) -> Cell:
    box = _box(column, name, value, must=True, told={name: told.get(place, "")}, desk=desk)
    if isinstance(column, Matter):
        box = replace(box, matter=desk.matters.get(box.value))
    return Cell(name, box, column.title)


def _later_columns(
    mechanism: Mechanism,
    table: str,
    keys: Sequence[tuple[str, bool]],
    given: Mapping[str, Json],
    standing: Mapping[str, Json],
    told: Mapping[str, str],
    desk: Desk,
) -> Box:
    found = mechanism.value(table)
    if not isinstance(found, Rows):
        raise TypeError(f"{table} has no columns")
    asked = {key.partition(".")[2] for key, _ in keys}
    known = standing.get(table)
    rows = [row for row in known if isinstance(row, dict)] if isinstance(known, list) else []
    before, is_added = _columns(found, rows), any(BY in row for row in rows)
    cells = []
    for number, row in enumerate(rows, 1):
        shown = [_shown_cell(column, row.get(column.key), desk) for column in before]
        shown += [Cell("", None, ADDED_BY, shown_text(row.get(BY), desk) or "—")] if is_added else []
        open_cells = []
        for key, _ in keys:
            column = field_of(mechanism, key)
            value = _nth(given.get(key), number)
            place = f"{table}[{number}].{column.key}"
            open_cells.append(_cell(column, f"{table}.{number}.{column.key}", value, place, told, desk))
        cells.append((*shown, *open_cells))
    titles = (
        *(column.title for column in before),
        *((ADDED_BY,) if is_added else ()),
        *(field_of(mechanism, key).title for key, _ in keys),
    )
    error = "；".join(told[key] for key in (f"{table}.{column}" for column in asked) if told.get(key))
    needed = any(must for _, must in keys)
    return Box(table, found.title, "rows", needed, columns=titles, rows=tuple(cells), fixed=True, error=error)


def _shown_cell(column: Field, value: Json, desk: Desk) -> Cell:
    if isinstance(column, Matter):
        return Cell("", None, column.title, matter=desk.matters.get(_text(value)))
    return Cell("", None, column.title, shown_text(value, desk))


def shown_text(value: Json, desk: Desk) -> str:
    """Return a value that stands already, beside what is asked now."""
    if is_commitment(value):
        return "（已加密）"
    names = {tag.code: tag.short for tag in desk.organs}
    if isinstance(value, list):
        return "、".join(names.get(str(part), desk.files.get(str(part), str(part)[:12])) for part in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return names.get(str(value), str(value)) if value is not None else ""


def unplaced(faults: Iterable[Fault], boxes: Collection[Box], mechanism: Mechanism) -> list[str]:
    """Return the faults that stand at no box, to be told above the form."""
    names = {box.name for box in boxes} | {cell.name for box in boxes for row in box.rows for cell in row}
    return [fault.detail for fault in faults if _name_of(fault.field) not in names]


def _by_place(faults: Iterable[Fault]) -> dict[str, str]:
    told: dict[str, str] = {}
    for fault in faults:
        told[fault.field] = f"{told[fault.field]}；{fault.detail}" if fault.field in told else fault.detail
    return told


def _name_of(place: str) -> str:
    table, bracket, rest = place.partition("[")
    if not bracket:
        return place.partition(".")[0]
    number, _, column = rest.partition("]")
    return f"{table}.{number}{column}"


def _nth(value: Json, number: int) -> Json:
    return value[number - 1] if isinstance(value, list) and len(value) >= number else None


def _text(value: Json) -> str:
    return "" if value is None or isinstance(value, list | dict) else str(value)


def _texts(value: Json) -> tuple[str, ...]:
    return tuple(part for part in value if isinstance(part, str)) if isinstance(value, list) else ()
