"""Statements as a system sends them, one JSON object a line: read into the cells of a table, and judged like one."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import orjson
from cryptography.hazmat.primitives import hashes

from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.columns import BY_HEAD, BY_KEY, CLEAR, COLUMNS, Column

LONGEST_LINE: Final = 2**16
LONGEST_NAME: Final = 40
LARGEST: Final = 256 * 2**20
_PLACES: Final = {column.key: place for place, column in enumerate(COLUMNS)}


class BadLine(Refusal):
    """A line that is no statement, and with it all that was sent."""

    key = "bad-line"
    title = "发送的内容不能读取"


class TooMuch(Refusal):
    """More than is taken at once."""

    key = "too-much"
    title = "发送的内容过大"


class Sent:
    """
    What a system sends, line by line; never held whole.

    `digest` is that of all lines so far, `strange` the names of members that nobody understood.
    """

    def __init__(self, readline: Callable[[int], bytes]) -> None:
        self._readline = readline
        self._hash = hashes.Hash(hashes.SM3())
        self.strange = set[str]()

    @property
    def digest(self) -> str:
        """Return the SM3 digest of what was read, in hexadecimal."""
        return self._hash.copy().finalize().hex()

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Yield the cells of each statement with the number of its line. Raises: `BadLine`, `TooMuch`."""
        number, size = 0, 0
        while line := self._readline(LONGEST_LINE + 1):
            number, size = number + 1, size + len(line)
            if size > LARGEST or len(line) > LONGEST_LINE:
                raise TooMuch(
                    f"第 {number} 行超过 {LONGEST_LINE >> 10} KB，或者总共超过 {LARGEST >> 20} MB",
                    remedy="请分成几次发送。",
                    field="body",
                )
            self._hash.update(line)
            if line.strip():
                yield number, self._cells(number, line)

    def _cells(self, number: int, line: bytes) -> list[str]:
        try:
            said = orjson.loads(line)
        except orjson.JSONDecodeError as fault:
            raise BadLine(
                f"第 {number} 行不是 JSON", remedy="每行写一个 JSON 对象，以换行分开。", field="body"
            ) from fault
        if not isinstance(said, dict):
            raise BadLine(f"第 {number} 行不是一个 JSON 对象", remedy="每行写一个案件。", field="body")
        cells = [""] * len(COLUMNS)
        for name, value in said.items():
            column = _column(name)
            if column:
                cells[_PLACES[column.key]] = _text(value)
            else:
                self.strange.add(name[:LONGEST_NAME])
        return cells


def _column(name: str) -> Column | None:
    return BY_KEY.get(name) or BY_HEAD.get(name.replace(" ", ""))


def _text(value: Any) -> str:
    """Return a value as it would stand in a cell; null takes back what was said before."""
    if value is None:
        return CLEAR
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        between = "／" if any(isinstance(part, list) for part in value) else "；"
        return between.join("" if part is None else _text(part) for part in value)
    return str(value).replace("\0", "").strip()
