"""Tables that people bring, Excel or CSV, read row by row: what is held at once does not grow with the rows of a CSV."""

import codecs
import csv
import io
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO, Final

from python_calamine import CalamineError, CalamineWorkbook

from fuyuantong.refusal import Refusal
from fuyuantong.tables.cells import HEADS_WITHIN, NoHeads, place_of_heads, text_of

MOST_COLUMNS: Final = 60
LARGEST_UNPACKED: Final = 300 * 2**20
LARGEST_BOOK: Final = 20 * 2**20
LARGEST_TEXT: Final = 512 * 2**20
CHUNK: Final = 2**16
PACKED, OLD_BOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
RESAVE: Final = "请用 Excel 或 WPS 另存为 .xlsx 或 .csv 后重新上传。"


class BadTable(Refusal):
    """A file that is no table that can be brought in."""

    key = "bad-table"
    title = "表格不能导入"


@dataclass(frozen=True, slots=True)
class Lines:
    """
    The heads of a table's columns, and its rows that are not blank, each with its number as Excel shows it.

    `above`: the lines over the heads, in which a title may stand.
    """

    heads: tuple[str, ...]
    rows: Iterator[tuple[int, Sequence[str]]]
    above: tuple[tuple[str, ...], ...] = ()


def lines_of(file: IO[bytes], *, known: Collection[str]) -> Lines:
    """
    Return the first sheet of a workbook, or a CSV file in UTF-8 or GB18030, whichever it is by its bytes.

    `known` are heads by which the line of heads is found. Shape: every row has as many cells as there are heads. Memory: a workbook is held whole and may have 20 MB; of a
    CSV one row at a time. Raises: `BadTable`, also while rows are read.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    begin = file.read(4)
    file.seek(0)
    is_book = begin in (PACKED, OLD_BOOK)
    most = LARGEST_BOOK if is_book else LARGEST_TEXT
    if not 0 < size <= most:
        raise BadTable(f"文件为 {size:,} 字节，应在 {most >> 20} MB 以内", remedy="请分成几个文件，或者另存为 .csv。")
    found = _of_book(file) if is_book else _of_text(file)
    first = list(islice(found, HEADS_WITHIN))
    try:
        place = place_of_heads(first, known=known)
    except NoHeads as fault:
        raise BadTable("没有找到表头", remedy="表头须在前十行之内，各列名称见模板。") from fault
    heads = first[place]
    width = max(number for number, head in enumerate(heads, 1) if head)
    rest = chain(first[place + 1 :], found)
    return Lines(tuple(heads[:width]), _numbered(rest, place + 2, width), tuple(map(tuple, first[:place])))


def _numbered(rows: Iterable[Sequence[str]], first: int, width: int) -> Iterator[tuple[int, Sequence[str]]]:
    blanks = [""] * width
    for number, row in enumerate(rows, first):
        if any(row):
            yield number, row[:width] if len(row) >= width else [*row, *blanks[len(row) :]]


def _of_book(file: IO[bytes]) -> Iterator[list[str]]:
    require_bearable(file, most=LARGEST_UNPACKED)
    try:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
    except (CalamineError, ValueError, IndexError) as fault:
        raise BadTable("文件不是 Excel 表格，或者已经损坏", remedy=RESAVE) from fault
    # told from the first row of the sheet on, blank ones too
    return ([text_of(cell) for cell in row[:MOST_COLUMNS]] for row in sheet.iter_rows())


def require_bearable(file: IO[bytes], *, most: int) -> None:
    """Check that a packed file does not unpack beyond measure. Raises: `BadTable`."""
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > most:
                raise BadTable("文件展开后过大", remedy="请只留要导入的工作表，另存后重新上传。")
    file.seek(0)


def _of_text(file: IO[bytes]) -> Iterator[list[str]]:
    encoding = "utf-8-sig" if _is_utf8(file) else "gb18030"
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        for row in csv.reader(line.replace("\0", "") for line in text):
            yield list(map(str.strip, row[:MOST_COLUMNS]))
    except (UnicodeDecodeError, csv.Error) as fault:
        raise BadTable("文件不是 UTF-8 或 GB18030 编码的 CSV 文本，或者已经损坏", remedy=RESAVE) from fault
    finally:
        if not file.closed:
            text.detach()  # left open for whoever gave it


def _is_utf8(file: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    return True
