"""Columns of a terminal, where a Chinese character is two wide."""

from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

WIDE = ("W", "F", "A")  # what is ambiguous, such as “ and …, is wide in a Chinese font


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
        if width(kept + character) > columns - 2:
            break
        kept += character
    return kept + "…"


def aligned(rows: Iterable[Sequence[str]], *, indent: int = 2) -> list[str]:
    """Return rows as lines whose columns stand below each other; the last column is as long as it is."""
    table = [tuple(row) for row in rows]
    widths = [max(width(cell) for cell in column) for column in zip(*table, strict=True)]
    return [" " * indent + "  ".join(map(padded, row, (*widths[:-1], 0))).rstrip() for row in table]
