"""Filled-in tables: read by the heads of the columns, every fault by its cell; nothing is taken when any is wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Final

from openpyxl.utils import get_column_letter

from fuyuantong.desk.forms.boxes import YES_NO, Box, Cell
from fuyuantong.desk.forms.posted import read_or_left
from fuyuantong.desk.forms.row_sheets import FORMULA, HEAD_ROW, NUMBER, STAMP, Stamp, options_of
from fuyuantong.protocol import Json, Mechanism
from fuyuantong.protocol.values import MOST_ROWS, Fault, ValuesRefused, check_values
from fuyuantong.refusal import Refusal
from fuyuantong.tables.cells import day_of, flag_of, time_of
from fuyuantong.tables.files import Lines, lines_of

MOST_TOLD: Final = 30
ANEW: Final = "请从本件的办理页下载模板，填写后重新上传。"


class WrongSheet(Refusal):
    """A file that belongs to another form, or to none."""

    key = "wrong-sheet"
    title = "不是这一件的模板"


class CellsRefused(Refusal):
    """Cells that do not fit their columns; no row was taken."""

    key = "cells-refused"
    title = "表格内容有误，一行也没有读入"

    def __init__(self, faults: Sequence[str]) -> None:
        more = f"；等共 {len(faults)} 处" if len(faults) > MOST_TOLD else ""
        super().__init__("；".join(faults[:MOST_TOLD]) + more, remedy="请在表格中逐处改正，保存后重新上传。")
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Expected:
    """What a file must be: the stamp of the form, its box, and the declaration by which the rows are checked."""

    stamp: Stamp
    box: Box
    mechanism: Mechanism
    knows_organ: Callable[[str], bool]


def rows_in(file: IO[bytes], expected: Expected) -> list[Json]:
    """
    Return the rows of a filled-in table as values of its field.

    Raises: `BadTable`; `WrongSheet` for the template of another form; `CellsRefused` with every fault.
    """
    columns = expected.box.rows[0]
    lines = lines_of(file, known={NUMBER, *(cell.title for cell in columns)})
    _require_same(_stamp_in(lines), expected.stamp)
    places = _places(lines.heads, columns)
    filled = ((number, line) for number, line in lines.rows if any(line[place] for place in places))
    found = list(islice(filled, MOST_ROWS + 1))
    if not found:
        raise CellsRefused([f"第 {HEAD_ROW + 1} 行：表头之下没有内容"])
    if len(found) > MOST_ROWS:
        raise CellsRefused([f"第 {found[-1][0]} 行：最多 {MOST_ROWS} 行，超出的请改为上传附件"])
    rows: list[Json] = [
        {_key(cell): _value(cell, line[place]) for cell, place in zip(columns, places, strict=True)}
        for _, line in found
    ]
    try:
        check_values(
            expected.mechanism,
            {expected.box.name: rows},
            asks=(expected.box.name,),
            knows_organ=expected.knows_organ,
        )
    except ValuesRefused as refusal:
        numbers = [number for number, _ in found]
        letters = {_key(cell): get_column_letter(place + 1) for cell, place in zip(columns, places, strict=True)}
        raise CellsRefused([_told(fault, numbers, letters) for fault in refusal.faults]) from refusal
    return rows


def _stamp_in(lines: Lines) -> Sequence[str]:
    """Return the line above the heads by which a file says what it is. Raises: `WrongSheet`."""
    for line in lines.above:
        if line and line[0] == STAMP and len(line) >= len(Stamp("", "", "", "", "").line()):
            return line
    raise WrongSheet("文件中没有识别行，无法确认是哪一件、哪一期的", remedy=ANEW)


def _require_same(line: Sequence[str], stamp: Stamp) -> None:
    """Refuse the template of another form by its name. Raises: `WrongSheet`."""
    _, mechanism, digest, matter, field, title, *_ = line
    expected = stamp.line()
    if mechanism != stamp.mechanism:
        raise WrongSheet(f"这是另一类事项的模板：《{title[:100]}》", remedy=ANEW)
    if matter != stamp.matter:
        raise WrongSheet(f"这是另一件的模板：《{title[:100]}》；现在办理的是《{stamp.title}》", remedy=ANEW)
    if digest != expected[2]:
        raise WrongSheet(f"《{title[:100]}》的表格已改版，这是旧版模板", remedy=ANEW)
    if field != stamp.field:
        raise WrongSheet(f"这是《{title[:100]}》另一张表的模板", remedy=ANEW)


def _places(heads: Sequence[str], columns: Sequence[Cell]) -> list[int]:
    """Return where each column stands. Raises: `WrongSheet` for heads that are missing, doubled or strange."""
    titles = [cell.title for cell in columns]
    wrong = [f"缺少“{title}”一列" for title in titles if title not in heads]
    strange = [(place, head) for place, head in enumerate(heads, 1) if head not in (*titles, NUMBER)]
    wrong += [f"{get_column_letter(place)} 列“{head[:40]}”不是模板中的列" for place, head in strange]
    wrong += [f"“{title}”一列有几处" for title in titles if heads.count(title) > 1]
    if wrong:
        raise WrongSheet("；".join(wrong), remedy=ANEW)
    return [heads.index(title) for title in titles]


def _key(cell: Cell) -> str:
    return cell.name.rpartition(".")[2]


def _value(cell: Cell, text: str) -> Json:
    """Return a cell as its column keeps it; what cannot be read so stays words, for the check that names every fault."""
    box = cell.box
    text = text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA) else text
    if box is None:
        return text
    match box.kind:
        case "number":
            return int(text) if text.isascii() and text.removeprefix("-").isdecimal() else text
        case "date":
            return read_or_left(day_of, text)
        case "time":
            return read_or_left(time_of, text)
        case "choice" if box.options == YES_NO:
            return read_or_left(flag_of, text)
        case "organ":
            return _codes(box).get(text, text)
        case "organs":
            return [_codes(box).get(part, part) for part in _parts(text)]
        case _:
            return text


def _parts(text: str) -> Iterator[str]:
    return (part.strip() for part in text.replace("，", "、").replace(",", "、").split("、") if part.strip())


def _codes(box: Box) -> Mapping[str, str]:
    return {words: code for code, words in options_of(box)}


def _told(fault: Fault, numbers: Sequence[int], letters: Mapping[str, str]) -> str:
    """Return a fault with the address of its cell: 第 5 行 B5：……"""
    _, bracket, rest = fault.field.partition("[")
    if not bracket:
        return fault.detail
    row, _, column = rest.partition("].")
    number, letter = numbers[int(row) - 1], letters[column]
    return f"第 {number} 行（{letter}{number}）：{fault.detail}"
