"""The text that is stored and pointed to: lines mended, spaces and debris gone, characters as printed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fuyuantong.reading.blocks import Block, Table
from fuyuantong.reading.folding import fold
from fuyuantong.reading.mending import Line, mended
from fuyuantong.reading.values import Span

_DEBRIS = re.compile(r"[\u200b-\u200f\u2028\u2029\u2060\ufeff\ufffd\u00ad\x00-\x08\x0b-\x1f\x7f]")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u3000]+")
_SPACED_OUT = re.compile(r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff] ){2,}[\u4e00-\u9fff](?![\u4e00-\u9fff])")
_SPACED_LABEL = re.compile(r"^[\u4e00-\u9fff](?: [\u4e00-\u9fff]){1,5}(?= ?[：:])")
_PAGE = re.compile(r"^(?:[-—–－·] ?\d{1,4} ?[-—–－·]|第 ?\d{1,4} ?页.{0,10})$")


@dataclass(frozen=True)
class Stretch:
    """Keep one paragraph of the stored text, or one table with the places of its cells."""

    span: Span
    rows: tuple[tuple[Span, ...], ...] = ()


@dataclass(frozen=True)
class NormalText:
    """Keep the stored text, the same in one shape of character, and its paragraphs and tables."""

    text: str
    folded: str
    stretches: tuple[Stretch, ...]


def normalise(blocks: Iterable[Block]) -> NormalText:
    """Return the text that is stored: one paragraph or table row a line, as printed but for spaces and debris."""
    parts: list[str] = []
    stretches: list[Stretch] = []
    position = 0
    for piece in _paragraphs(blocks):
        if isinstance(piece, Table):
            stretch, text = _table_at(piece, position)
        else:
            stretch, text = Stretch(Span(position, position + len(piece))), piece
        stretches.append(stretch)
        parts.append(text)
        position += len(text) + 1
    text = "\n".join(parts)
    return NormalText(text, fold(text), tuple(stretches))


def _table_at(table: Table, position: int) -> tuple[Stretch, str]:
    rows: list[tuple[Span, ...]] = []
    lines: list[str] = []
    at = position
    for row in table.rows:
        cells = [clean(cell) for cell in row]
        spans = []
        for cell in cells:
            spans.append(Span(at, at + len(cell)))
            at += len(cell) + 1
        rows.append(tuple(spans))
        lines.append("\t".join(cells))
    text = "\n".join(lines)
    return Stretch(Span(position, position + len(text)), tuple(rows)), text


def clean(text: str) -> str:
    """Return one line without debris, with single spaces and without the spaces that spread 责 任 单 位."""
    text = _DEBRIS.sub("", unicodedata.normalize("NFC", text).replace("\r", "").replace("\n", ""))
    text = _SPACES.sub(" ", text).strip().lstrip("#").lstrip()
    text = _SPACED_LABEL.sub(lambda found: found[0].replace(" ", ""), text)
    return _SPACED_OUT.sub(lambda found: found[0].replace(" ", ""), text)


def _paragraphs(blocks: Iterable[Block]) -> Iterator[str | Table]:
    lines: list[Line] = []
    gap = False
    for block in blocks:
        if isinstance(block, Table):
            yield from mended(lines)
            yield block
            lines, gap = [], False
            continue
        text = clean(block.text)
        if text and not _PAGE.match(text):
            lines.append(Line(text, gap))
        gap = not text
    yield from mended(lines)
