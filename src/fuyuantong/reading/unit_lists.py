"""Units in lists that name nothing else: the value of a 责任单位 line, a cell of a table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fuyuantong.reading.sentences import PAIRS, closing
from fuyuantong.reading.unit_names import is_unit_name
from fuyuantong.reading.values import Span, Unit

# 市、区人民政府 and 县（市、区）政府 are one name each
AREAS = re.compile(
    r"(?:各)?(?:(?:省|市|县|区|州|盟|旗|镇|乡|街道|社区)(?:（[^）]{1,8}）)?、)+(?=[省市县区州盟旗镇乡街社村])"
)
_AND = re.compile(r"以及|和|与|及")
_OPEN = re.compile(
    r" ?等(?:\d{1,3}个)?(?:其他)?(?:有关|相关|各有关|各相关)?(?:(?:职能|成员|责任|行政|主管|政府|市直|县直|区直)?(?:部门|单位|机关|机构|方面))?$"
)
_CHAFF = re.compile(r"由|请|经(?!济|信|开|贸|侦)")
_GENERIC = ("单位", "部门", "机构", "机关", "企业")
_OF_ITS_OWN = re.compile(r"及其(?!工作|有关|相关|所属|组成|职能|派出|下属|主管)")


@dataclass(frozen=True)
class UnitList:
    """Keep the units of one list, where the list ends, and whether it ends in 等."""

    units: tuple[Unit, ...]
    end: int
    is_open: bool = False


def listed_units(folded: str, text: str, span: Span) -> UnitList:
    """Return the units of a stretch that names nothing else: the value of a 责任单位 line, a cell of a table."""
    units: list[Unit] = []
    is_open = False
    for piece in unit_pieces(folded, span):
        piece, opened, rest = _without_open_end(folded, piece)
        is_open = is_open or opened
        for part in (piece, rest):
            if part is not None and part.end > part.start:
                units.append(Unit(part.of(text), part))
    return UnitList(tuple(units), span.end, is_open)


def named(units: Sequence[Unit]) -> tuple[str, ...]:
    """Return the names of units, each once, in their order."""
    return tuple(dict.fromkeys(unit.name for unit in units))


def unit_pieces(folded: str, span: Span) -> Iterator[Span]:
    """Return the stretches of a list that each name one unit."""
    start = position = span.start
    while position < span.end:
        sign = folded[position]
        if sign in PAIRS:
            position = closing(folded, position, span.end)
        elif sign == "、" and AREAS.match(folded, start, span.end):
            pass
        elif sign in "、，；。 /":
            yield from _conjoined(folded, Span(start, position))
            start = position + 1
        position += 1
    yield from _conjoined(folded, Span(start, span.end))


def _conjoined(folded: str, span: Span) -> Iterator[Span]:
    """Split at 和 及 与 where both sides are units by themselves: not inside 文化广电和旅游局."""
    start, end = span.start, span.end
    if chaff := _CHAFF.match(folded, start, end):
        start = chaff.end()
    if (own := _OF_ITS_OWN.search(folded, start, end)) and is_unit_name(folded[start : own.start()]):
        yield Span(start, own.start())
        yield from _conjoined(folded, Span(own.end(), end))
        return
    for found in _AND.finditer(folded, start, end):
        left, right = folded[start : found.start()], folded[found.end() : end]
        if is_unit_name(left) and right not in _GENERIC and is_unit_name(_OPEN.sub("", right)):
            yield Span(start, found.start())
            yield from _conjoined(folded, Span(found.end(), end))
            return
    if end > start:
        yield Span(start, end)


def _without_open_end(folded: str, piece: Span) -> tuple[Span, bool, Span | None]:
    name = piece.of(folded)
    if found := _OPEN.search(name):
        return Span(piece.start, piece.start + found.start()), True, None
    at = name.find("等")
    if at >= 2 and is_unit_name(name[:at]) and is_unit_name(name[at + 1 :]):
        return Span(piece.start, piece.start + at), True, Span(piece.start + at + 1, piece.end)
    return piece, False, None
