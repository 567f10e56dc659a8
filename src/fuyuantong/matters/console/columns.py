"""Columns of a terminal, where a Chinese character is two wide."""

from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

WIDE = ("W", "F")  # what is ambiguous, such as → and …, most terminals show narrow


def width(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(2 if east_asian_width(character) in WIDE else 1 for character in text)


def padded(text: str, columns: int) -> str:
    """Return the text with blanks after it, up to so many columns."""
    return text + " " * max(0, columns - width(text))


def shortened(text: str, columns: int) -> str:
    """Return as much of a text as fits, in one line, with an ellipsis where something is left out."""
    line = " ".join(text.split())
    if width(line) <= columns:
        return line
    kept = ""
    for character in line:
        if width(kept + character) > columns - 1:
            break
        kept += character
    return kept + "…"


def aligned(rows: Iterable[Sequence[str]], *, indent: int = 2) -> list[str]:
    """Return rows as lines whose columns stand below each other; a column that is empty in all rows is left out."""
    table = [tuple(row) for row in rows]
    columns = [column for column in zip(*table, strict=True) if any(column)]
    widths = [max(map(width, column)) for column in columns]
    lines = ("  ".join(map(padded, row, widths)) for row in zip(*columns, strict=True))
    return [" " * indent + line.rstrip() for line in lines]
