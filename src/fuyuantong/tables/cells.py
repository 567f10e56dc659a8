"""Cells of people's tables, as the text that they show, and what that text says: days, yes and no."""

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Final

LONGEST_CELL: Final = 4_000
HEADS_WITHIN: Final = 10
YES: Final = frozenset({"是", "有", "√", "y", "yes", "1"})
NO: Final = frozenset({"否", "无", "×", "x", "n", "no", "0"})

_DAY = re.compile(r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?", re.ASCII)
_TIME = re.compile(r"([01]?\d|2[0-3])\s*(?:[:：]\s*([0-5]\d)(?::00)?|[时点]\s*(?:([0-5]?\d)\s*分)?)", re.ASCII)
_SOLID_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)


class Unread(ValueError):
    """A cell that cannot be read as what its column stands for."""


class NoHeads(ValueError):
    """A table in which no line names its columns."""


def text_of(cell: object) -> str:
    """Return a cell as people read it: days as 2026-08-03, whole numbers without a point."""
    if isinstance(cell, str):
        return cell.strip()[:LONGEST_CELL].replace("\0", "")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def place_of_heads(lines: Sequence[Sequence[str]], *, known: Collection[str] = ()) -> int:
    """
    Return where the heads are: of the first lines the one with the most known heads, without these the fullest.

    A title often stands above them. Raises: `NoHeads`.
    """
    filled = [sum(cell in known if known else bool(cell) for cell in line) for line in lines[:HEADS_WITHIN]]
    if not filled or max(filled) < 2:
        raise NoHeads
    return filled.index(max(filled))


@lru_cache(maxsize=8192)
def day_of(text: str) -> str:
    """Return a day in the one form in which values keep it. Raises: `Unread`."""
    found = _DAY.match(text) or _SOLID_DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else _no_day(text)
    except ValueError:
        return _no_day(text)


def time_of(text: str) -> str:
    """Return a time of day in the one form in which values keep it. Raises: `Unread`. Example: 9：30 → 09:30."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise Unread(f"“{text[:40]}”不是时刻，请写作 09:30")
    hour, *minutes = found.groups()
    return f"{int(hour):02}:{int(next(filter(None, minutes), '0')):02}"


def flag_of(text: str) -> bool:
    """Return yes or no. Raises: `Unread`."""
    if text.lower() in YES | NO:
        return text.lower() in YES
    raise Unread(f"“{text[:40]}”应为是或否")


def _no_day(text: str) -> str:
    raise Unread(f"“{text[:40]}”不是日期，请写作 2026-08-03")
