"""Who acts in a clause of running text: the units before its predicate, or after 由."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fuyuantong.reading.predicates import FOLLOW, OPENING_VERB, STRONG
from fuyuantong.reading.sentences import PAIRS, closing
from fuyuantong.reading.unit_lists import AREAS, UnitList, listed_units, unit_pieces
from fuyuantong.reading.unit_names import (
    ENDINGS,
    GROUPS,
    INSIDE,
    NAMING_WORDS,
    NO_UNIT,
    NOT_A_BEGINNING,
    SIGNS,
    VERBAL_BEGINNING,
    is_unit_name,
)
from fuyuantong.reading.values import Span, Unit

LONGEST_NAME = 40
LONGEST_CHAIN = 30
_CONVENES = re.compile(r"(?:在[^，。；]{0,24}(?:领导|指导)下|负责|统筹|研究|协调|要|应|履行|承担|主要职责|组织)")
_LAST = frozenset(ending[-1] for ending in ENDINGS) | frozenset(SIGNS) | frozenset("）”")
_GROUP = re.compile(rf"(?:{GROUPS})")
_JOIN = re.compile(r" ?(?:、|以及|和|与|及|或者|或)(?!其他)")
# a name holds none of the signs that join names, so that there is one way to cut a list
_SHORT = r"(?:(?![和及与等])[\u4e00-\u9fff]){2,9}(?:（[^）]{1,10}）)?"
_ELIDED = re.compile(
    rf"(?P<names>{_SHORT}(?:(?:、|和|及|与){_SHORT}){{1,40}})(?P<open>等)?(?:有关|相关|各有关|职能|行政|主管|执法|监管|各|政府){{0,4}}(?:部门|单位|机关)(?!的|之间的|间)"
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
# 政府或其指定的执法机关 is one name
_OR_ITS_OWN = re.compile(r"或者?其[\u4e00-\u9fff]{0,8}?的?[\u4e00-\u9fff]{0,4}(?:机关|部门|单位|机构|组织)")
_STOP = re.compile(r"[，。；]|$")
_SMALLEST = ("村", "镇", "乡", "县", "区", "市")
_MODAL_AHEAD = re.compile(
    r"(?P<whole>(?P<names>[\u4e00-\u9fff、（）“”]{2,60}?)(?:及其(?:工作|有关|相关|领导)?(?:人员|干部)(?:、工作人员)?)?)(?=应当|不得|必须)"
)
_ATTRIBUTIVE = re.compile(r"[^，]{2,40}(?:需要|需|须|应)由[^，]{2,24}的[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Subject:
    """Keep who acts in a clause: strongly when a modal or 负责 follows, as the agent when 由 stands before."""

    units: tuple[Unit, ...]
    end: int
    is_strong: bool
    is_agent: bool = False
    is_open: bool = False


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
        joined = next((stop for stop in stops if _JOIN.match(folded, stop, end) or _STOP.match(folded, stop)), stops[0])
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
    chain = _Chain(folded, text, end).at(start)
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
    for piece in unit_pieces(folded, Span(found.start("names"), found.end("names"))):
        piece = Span(piece.start, piece.end - (folded[piece.end - 1] == "等"))
        units.append(Unit(piece.of(text), piece))
    return UnitList(tuple(units), found.end(), True)


class _Chain:
    """Find names joined by 、 和 与 up to a predicate; each place of the text is tried once."""

    def __init__(self, folded: str, text: str, end: int) -> None:
        self.folded, self.text, self.end = folded, text, end
        self.known: dict[int, UnitList | None] = {}

    def at(self, start: int, *, depth: int = 0) -> UnitList | None:
        """Return the shortest name at `start` after which a predicate comes, or another name of the same chain."""
        if start not in self.known:
            self.known[start] = self._found(start, depth) if depth < LONGEST_CHAIN else None
        return self.known[start]

    def _found(self, start: int, depth: int) -> UnitList | None:
        folded, end = self.folded, self.end
        for stop in _name_ends(folded, start, min(end, start + LONGEST_NAME)):
            name = folded[start:stop]
            if not _may_be_subject(name, is_last=depth > 0):
                continue
            if its_own := _OR_ITS_OWN.match(folded, stop, end):
                stop = its_own.end()
            unit = Unit(self.text[start:stop], Span(start, stop))
            tail = _PERSONAL_TAIL.match(folded, stop, end)
            follow = tail.end() if tail and not FOLLOW.match(folded, stop, end) else stop
            joined = _JOIN.match(folded, follow, end)
            rest = self.at(joined.end(), depth=depth + 1) if joined else None
            if rest is not None:
                return UnitList((unit, *rest.units), rest.end, rest.is_open)
            if _is_followed(folded, name, follow, end):
                return UnitList((unit,), follow, folded.startswith("等", stop))
        return None


def _is_followed(folded: str, name: str, stop: int, end: int) -> bool:
    if stop >= end:
        # 县司法局：牵头组织…
        return folded[stop : stop + 1] == "：" and OPENING_VERB.match(folded, stop + 1) is not None
    if _GOES_ON.match(folded, stop):
        return False
    if name in _SMALLEST:
        return bool(STRONG.match(folded, stop, end))
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
    """Return where a name that begins at `start` may end, nearest first."""
    if group := _GROUP.match(folded, start, stop):
        yield group.end()
    if folded[start : start + 1] in _SMALLEST:
        yield start + 1
    areas = AREAS.match(folded, start, stop)
    position = areas.end() if areas else start
    while (after := _past_sign(folded, position, stop)) > position:
        is_area = areas is not None and position == areas.end() and folded[position] in _SMALLEST
        position = after
        if is_area or (folded[position - 1] in _LAST and is_unit_name(folded[start:position])):
            yield position


def _past_sign(folded: str, position: int, stop: int) -> int:
    """Return the place after one character of a name, or after a whole bracket; the same place where no name goes on."""
    if position >= stop:
        return position
    sign = folded[position]
    if sign in PAIRS and sign not in "《〔":
        close = closing(folded, position, stop)
        return close + 1 if close > position else position
    return position + 1 if "\u4e00" <= sign <= "\u9fff" else position
