"""Responsible units: in lists that name nothing else, and as the subject of a clause in running text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fuyuantong.reading.predicates import FOLLOW, STRONG
from fuyuantong.reading.sentences import PAIRS, closing
from fuyuantong.reading.unit_names import (
    ENDINGS,
    GROUPS,
    INSIDE,
    NAMING_WORDS,
    NO_UNIT,
    NOT_A_BEGINNING,
    SIGNS,
    VERBAL_BEGINNING,
)
from fuyuantong.reading.values import Span, Unit

LONGEST_NAME = 40
_CONVENES = re.compile(r"(?:在[^，。；]{0,24}(?:领导|指导)下|负责|统筹|研究|协调|要|应|履行|承担|主要职责|组织)")
_KNOWN = frozenset(ENDINGS)
_LENGTHS = sorted({len(ending) for ending in ENDINGS})
_LAST = frozenset(ending[-1] for ending in ENDINGS) | frozenset(SIGNS)
_GROUP = re.compile(rf"(?:{GROUPS})")
_IN_BRACKETS = re.compile(r"（[^（）]{1,16}）$")
_JOIN = re.compile(r" ?(?:、|以及|和|与|及|或者|或)(?!其他)")
_AND = re.compile(r"以及|和|与|及")
_OPEN = re.compile(
    r" ?等(?:\d{1,3}个)?(?:其他)?(?:有关|相关|各有关|各相关)?(?:(?:职能|成员|责任|行政|主管|政府|市直|县直|区直)?(?:部门|单位|机关|机构|方面))?$"
)
_ELIDED = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{2,9}(?:（[^）]{1,10}）)?(?:(?:、|和|及|与)[\u4e00-\u9fff]{2,9}(?:（[^）]{1,10}）)?)+)(?P<open>等)?(?:有关|相关|各有关|职能|行政|主管|执法|监管|各|政府)*(?:部门|单位|机关)(?!的|之间的|间)"
)
_RELATIVE = re.compile(r"的(?!确|士)")
_PERSONAL_TAIL = re.compile(
    r"(?:相关|有关|具体|分管|主要|主管)*(?:工作人员|分管领导|主要领导|领导干部|领导|副院长|副县长|副市长|副区长|正职|正职及|人员|业务骨干)"
)
# an office of the unit, so that the name is longer: 市政府督查室, 县法院执行局
_GOES_ON = re.compile(
    r"(?:督查|督察|督导|政策研究|研究|法制|法治|法律|信息|行政审判|审判|执行|立案|服务|管理|监督|保障|建设|组织|宣传|统战|执法|调解|办公|行政复议|复议|应诉|综合|监管)+(?:室|科|处|股|庭|局|办|中心|部|委|大队|支队|机构|单位|机关|部门)|(?:主要|分管|有关|相关)?负责(?:人|同志)|组织法|(?:全面)?依法治[省市县区州盟旗]"
)
_IS_RESPONSIBLE = re.compile(r"是[^，。；]{0,24}(?:责任主体|主管|牵头|第一责任|负责)")
_AREAS = re.compile(
    r"(?:各)?(?:(?:省|市|县|区|州|盟|旗|镇|乡|街道|社区)(?:（[^）]{1,8}）)?、)+(?=[省市县区州盟旗镇乡街社村])"
)
TOGETHER = ("双方", "三方", "各方", "三家", "两家", "府院双方")
_SMALLEST = ("村", "镇", "乡", "县", "区", "市")
_MODAL_AHEAD = re.compile(
    r"(?P<whole>(?P<names>[\u4e00-\u9fff、（）“”]{2,60}?)(?:及其(?:工作|有关|相关|领导)?(?:人员|干部)(?:、工作人员)?)?)(?=应当|不得|必须)"
)
_ATTRIBUTIVE = re.compile(r"[^，]{2,40}(?:需要|需|须|应)由[^，]{2,24}的[\u4e00-\u9fff]")
_CHAFF = re.compile(r"^(?:由|请|经|由于)")


@dataclass(frozen=True)
class UnitList:
    """Keep the units of one list, where the list ends, and whether it ends in 等."""

    units: tuple[Unit, ...]
    end: int
    is_open: bool = False


@dataclass(frozen=True)
class Subject:
    """Keep who acts in a clause: strongly when a modal or 负责 follows, as the agent when 由 stands before."""

    units: tuple[Unit, ...]
    end: int
    is_strong: bool
    is_agent: bool = False
    is_open: bool = False


def listed_units(folded: str, text: str, span: Span) -> UnitList:
    """Return the units of a stretch that names nothing else: the value of a 责任单位 line, a cell of a table."""
    units: list[Unit] = []
    is_open = False
    for piece in _pieces(folded, span):
        piece, opened, rest = _without_open_end(folded, piece)
        is_open = is_open or opened
        for part in (piece, rest):
            if part is not None and part.end > part.start:
                units.append(Unit(part.of(text), part))
    return UnitList(tuple(units), span.end, is_open)


def is_unit_name(name: str) -> bool:
    """Say whether a folded name ends as units do."""
    name = _IN_BRACKETS.sub("", name) or name
    if name.endswith(TOGETHER):
        return name in TOGETHER
    ends = (
        any(name[-length:] in _KNOWN for length in _LENGTHS)
        or (len(name) > 2 and name[-1:] in SIGNS)
        or name[-2:] in ("府办", "党办")
    )
    return (ends and not NO_UNIT.search(name)) or bool(_GROUP.fullmatch(name))


def subject_at(folded: str, text: str, clause: Span) -> Subject | None:
    """Return the units with which a clause begins, if what follows them is a predicate."""
    found = _list_at(folded, text, clause.start, clause.end)
    if found is None:
        return None
    return Subject(found.units, found.end, bool(STRONG.match(folded, found.end, clause.end)), is_open=found.is_open)


def agent_in(folded: str, text: str, clause: Span) -> Subject | None:
    """Return the units after a 由 anywhere in the clause, if what follows them is a predicate."""
    for found in _by(folded, clause):
        if _ATTRIBUTIVE.match(folded, clause.start, clause.end) and found > clause.start + 1:
            continue
        listed = _list_at(folded, text, found, clause.end)
        if listed is not None:
            return Subject(listed.units, listed.end, True, is_agent=True, is_open=listed.is_open)
    return None


def enumerated_units(folded: str, text: str, start: int, end: int) -> tuple[Unit, ...]:
    """Return the names that stand at `start` joined by 、 and 和, the last one as short as a name can be."""
    units: list[Unit] = []
    while True:
        stops = [
            stop
            for stop in _name_ends(folded, start, min(end, start + LONGEST_NAME))
            if _may_be_subject(folded[start:stop])
        ]
        if not stops:
            return tuple(units)
        joined = next((stop for stop in stops if _JOIN.match(folded, stop, end)), stops[0])
        units.append(Unit(text[start:joined], Span(start, joined)))
        link = _JOIN.match(folded, joined, end)
        if link is None:
            return tuple(units)
        start = link.end()


def _by(folded: str, clause: Span) -> Iterator[int]:
    position = clause.start
    while position < clause.end:
        sign = folded[position]
        if sign in "（《":
            position = closing(folded, position, clause.end)
        elif sign == "由" and folded[max(0, position - 1) : position] not in ("理", "事", "自", "缘", "案", "经"):
            yield position + 1
        position += 1


def _list_at(folded: str, text: str, start: int, end: int) -> UnitList | None:
    chain = _chain(folded, text, start, end, depth=0)
    return chain or _elided_at(folded, text, start, end) or _before_modal(folded, text, start, end)


def _before_modal(folded: str, text: str, start: int, end: int) -> UnitList | None:
    """Return all that stands before 应当 or 不得 if it ends as a unit does: 各级政府及其教育、卫生等部门应当."""
    found = _MODAL_AHEAD.match(folded, start, end)
    if found is None or NOT_A_BEGINNING.match(folded, start) or not is_unit_name(found["names"]):
        return None
    if VERBAL_BEGINNING.match(folded, start) and not NAMING_WORDS.match(folded, start):
        return None
    listed = listed_units(folded, text, Span(start, found.end("names")))
    return UnitList(listed.units, found.end("whole"), listed.is_open)


def _elided_at(folded: str, text: str, start: int, end: int) -> UnitList | None:
    found = _ELIDED.match(folded, start, end)
    if (
        not found
        or NOT_A_BEGINNING.match(folded, start)
        or VERBAL_BEGINNING.match(folded, start)
        or not FOLLOW.match(folded, found.end(), end)
    ):
        return None
    units = []
    for piece in _pieces(folded, Span(found.start("names"), found.end("names"))):
        piece = Span(piece.start, piece.end - (folded[piece.end - 1] == "等"))
        units.append(Unit(piece.of(text), piece))
    return UnitList(tuple(units), found.end(), True)


def _chain(folded: str, text: str, start: int, end: int, *, depth: int) -> UnitList | None:
    """Return the shortest name at `start` after which a predicate comes, or another name of the same chain."""
    for stop in _name_ends(folded, start, min(end, start + LONGEST_NAME)):
        name = folded[start:stop]
        if not _may_be_subject(name, is_last=depth > 0):
            continue
        unit = Unit(text[start:stop], Span(start, stop))
        if joined := _JOIN.match(folded, stop, end):
            rest = _chain(folded, text, joined.end(), end, depth=depth + 1) if depth < 30 else None
            if rest is not None:
                return UnitList((unit, *rest.units), rest.end, rest.is_open)
        after = _PERSONAL_TAIL.match(folded, stop, end)
        follow = after.end() if after else stop
        is_open = folded.startswith("等", stop)
        if _is_followed(folded, name, follow, end):
            return UnitList((unit,), follow, is_open)
    return None


def _is_followed(folded: str, name: str, stop: int, end: int) -> bool:
    if stop >= end:
        return False
    if _GOES_ON.match(folded, stop):
        return False
    if name.endswith("联席会议"):
        return bool(_CONVENES.match(folded, stop, end))
    if _RELATIVE.search(name):
        return bool(STRONG.match(folded, stop, end))
    return bool(FOLLOW.match(folded, stop, end) or _IS_RESPONSIBLE.match(folded, stop, end))


def _may_be_subject(name: str, *, is_last: bool = False) -> bool:
    if name in _SMALLEST:
        return is_last
    if NO_UNIT.search(name) or NOT_A_BEGINNING.match(name):
        return False
    if VERBAL_BEGINNING.match(name) and not NAMING_WORDS.match(name) and not _RELATIVE.search(name):
        return False
    return bool(_GROUP.fullmatch(name)) or not INSIDE.search(name)


def _name_ends(folded: str, start: int, stop: int) -> Iterator[int]:
    group = _GROUP.match(folded, start, stop)
    if group:
        yield group.end()
    areas = _AREAS.match(folded, start, stop)
    position = areas.end() if areas else start
    if folded[start : start + 1] in _SMALLEST:
        yield start + 1
    while position < stop:
        sign = folded[position]
        if sign in PAIRS:
            if sign in "《〔":
                return
            close = closing(folded, position, stop)
            if close == position:
                return
            position = close + 1
            if is_unit_name(folded[start:position]):
                yield position
            continue
        if not "\u4e00" <= sign <= "\u9fff":
            return
        position += 1
        if areas and position == areas.end() + 1 and sign in _SMALLEST:
            yield position
        if position - start >= 2 and sign in _LAST and is_unit_name(folded[start:position]):
            yield position


def _pieces(folded: str, span: Span) -> Iterator[Span]:
    start = position = span.start
    while position < span.end:
        sign = folded[position]
        if sign in PAIRS:
            position = closing(folded, position, span.end)
        elif sign == "、" and _AREAS.match(folded, start, span.end):
            pass
        elif sign in "、，；。 /":
            yield from _conjoined(folded, Span(start, position))
            start = position + 1
        position += 1
    yield from _conjoined(folded, Span(start, span.end))


def _conjoined(folded: str, span: Span) -> Iterator[Span]:
    """Split at 和 及 与 where both sides are units by themselves: not inside 文化广电和旅游局."""
    start, end = span.start, span.end
    while start < end and folded[start] == " ":
        start += 1
    if chaff := _CHAFF.match(folded, start, end):
        start = chaff.end()
    for found in _AND.finditer(folded, start, end):
        left, right = folded[start : found.start()], folded[found.end() : end]
        if is_unit_name(left) and is_unit_name(_OPEN.sub("", right)):
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


def same_unit(one: str, other: str) -> bool:
    """
    Say whether two folded names mean the same unit: prefix of the place gone, shortened as officials shorten.

    Example: 县政府办公室 and 政府办, 市人民法院 and 法院, 人力资源和社会保障局 and 人社局.
    """
    return any(_shortens(mine, theirs) for mine in _forms(one) for theirs in _forms(other))


def _shortens(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and short[0] == long[0] and short[-1] == long[-1] and _is_within(short, long)


_PLACE = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,6}?(?:自治区|自治州|自治县|[省市县区州盟旗]))?[全本我]?(?:[省市县区州盟旗镇乡](?!场|政(?![府务法协])))?(?:直|级)?"
)
_LONG_FORMS = (
    ("人民政府", "政府"), ("中级人民法院", "法院"), ("高级人民法院", "法院"), ("人民法院", "法院"), ("中院", "法院"),
    ("人民检察院", "检察院"), ("办公室", "办"), ("委员会", "委"), ("办公厅", "办"),
)  # fmt: skip


def _forms(name: str) -> tuple[str, ...]:
    """Return the name with its place and without, in short forms."""
    for long, short in _LONG_FORMS:
        name = name.replace(long, short)
    bare = _PLACE.sub("", name, count=1)
    return (name, bare) if len(bare) > 1 else (name,)


def _is_within(short: str, long: str) -> bool:
    signs = iter(long)
    return all(sign in signs for sign in short)


def named(units: Sequence[Unit]) -> tuple[str, ...]:
    """Return the names of units, each once, in their order."""
    return tuple(dict.fromkeys(unit.name for unit in units))
