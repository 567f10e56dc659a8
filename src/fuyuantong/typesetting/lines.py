"""Breaking text into lines: what may begin and end one, how a mark is squeezed in, how a line is filled."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fuyuantong.typesetting.blocks import Run
from fuyuantong.typesetting.faces import Face, advance
from fuyuantong.typesetting.measures import CELL, NO_3, POINT

NO_START = frozenset("，。、；：？！）〕》〉】』」”’…—·％%,.;:?!)]}℃")
NO_END = frozenset("（〔《〈【『「“‘([{￥")
CLOSING = frozenset("，。、；：？！）〕》〉】』」”’")
OPENING = frozenset("（〔《〈【『「“‘")
SQUEEZED = 0.5  # what a full mark gives up at most, of its square
LATIN = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-/%:")
CLOSE = 1e-6


@dataclass(frozen=True)
class Atom:
    """A character of a typeface; `wide` in squares of its size."""

    character: str
    face: Face
    wide: float


@dataclass(frozen=True)
class Placed:
    """A character in its line. Unit: squares from the left end."""

    character: str
    face: Face
    at: float


@dataclass(frozen=True)
class Line:
    """One line of a paragraph; `wide` in squares."""

    placed: tuple[Placed, ...]
    wide: float


def pitch(size: float) -> float:
    """Return the width of a square in a line: 28 of 3号 fill the type area, others are as wide as they are high."""
    return CELL if size == NO_3 else size * POINT


def atoms(runs: Iterable[Run]) -> list[Atom]:
    """Return the characters of runs."""
    return [Atom(character, run.face, advance(character, run.face)) for run in runs for character in run.text]


def break_lines(text: Sequence[Atom], *, first: float, rest: float, fill: bool) -> Iterator[Line]:
    """Yield the lines of a text, the first so wide, the rest so wide; `fill` those that are not the last."""
    start, room = 0, first
    while start < len(text):
        end = _end(text, start, room)
        line = text[start:end]
        last = end == len(text)
        wide = sum(atom.wide for atom in line)
        spare = room - wide
        yield _set(line, spare if spare < 0 or (fill and not last) else 0.0)
        start, room = end, rest


def _end(text: Sequence[Atom], start: int, room: float) -> int:
    """Return where the line that begins at `start` ends."""
    used, end = 0.0, start
    while end < len(text) and used + text[end].wide <= room + CLOSE:
        used += text[end].wide
        end += 1
    if end == len(text):
        return end
    # a mark that may not begin a line comes in, if the marks of the line give way
    within = end
    while within < len(text) and text[within].character in NO_START:
        used += text[within].wide
        within += 1
        if used - room <= _slack(text[start:within]) + CLOSE and _may_part(text, within):
            return within
    while end > start + 1 and not _may_part(text, end):
        end -= 1
    return end


def _may_part(text: Sequence[Atom], at: int) -> bool:
    """Tell whether a line may end before this place."""
    if at >= len(text):
        return True
    before, after = text[at - 1].character, text[at].character
    if after in NO_START or before in NO_END:
        return False
    if "〇" in (before, after):  # a year in Chinese numerals stays whole, as one in Arabic does
        return False
    return not (before in LATIN and after in LATIN) and not (before in "—…" and after == before)


def _slack(line: Sequence[Atom]) -> float:
    return SQUEEZED * sum(atom.character in CLOSING or atom.character in OPENING for atom in line)


def _set(line: Sequence[Atom], spare: float) -> Line:
    """Set a line, taking what is too much from its marks, or spreading what is left between its characters."""
    marks = sum(atom.character in CLOSING or atom.character in OPENING for atom in line)
    less = -spare / marks if spare < 0 and marks else 0.0
    more = spare / (len(line) - 1) if spare > 0 and len(line) > 1 else 0.0
    placed, at = [], 0.0
    for atom in line:
        if atom.character in OPENING:
            at -= less
        placed.append(Placed(atom.character, atom.face, at))
        at += atom.wide + more - (less if atom.character in CLOSING else 0.0)
    return Line(tuple(placed), at - more)
