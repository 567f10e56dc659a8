"""Who is made responsible for an item: 责任单位 lines, labels in brackets, （X牵头，Y配合）."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fuyuantong.reading.dues import due_of_label, dues_in
from fuyuantong.reading.sentences import pieces_of
from fuyuantong.reading.unit_lists import listed_units
from fuyuantong.reading.unit_names import is_unit_name
from fuyuantong.reading.values import Due, DueType, Span, Unit

_LEAD = "牵头(?:责任|负责)?(?:单位|部门|处室)?|主办(?:单位|部门)|主责(?:单位|部门)|第一责任单位|牵头领导单位"
_JOIN = "(?:共同|主要|具体)?责任(?:单位|部门|主体|分工)|责任单位及分工|配合(?:责任)?(?:单位|部门)|参与(?:单位|部门)|协办(?:单位|部门)|协同(?:单位|部门)|协助(?:单位|部门)|实施(?:单位|主体)|落实单位|承办(?:单位|部门)|完成单位|参加单位|成员单位|负责单位"
_DUE = "(?:完成|办结|整改|工作|计划完成|落实|报送)?(?:时限|时间|期限)(?:要求|节点|安排|进度)?|时间(?:节点|进度|安排|要求)|完成(?:日期|节点)|推进时间|进度(?:要求|安排)|整改时限"
_OTHER = "责任领导|分管领导|牵头领导|挂点领导|责任人|联系人|联系电话|工作目标|目标任务|预期目标|预期成效|工作措施|主要措施|工作要求|备注|依据|成果形式|考核方式|任务来源|完成标准"
LABEL = re.compile(
    rf"[〔（]?(?:(?P<lead>{_LEAD})|(?P<join>{_JOIN})|(?P<due>{_DUE})|(?P<other>{_OTHER}))(?:（[^）]{{1,12}}）)?[〕）]? ?："
)
_ROLE = re.compile(
    r"(?P<names>.+?)(?:(?P<lead>(?:负责)?牵头(?:负责|落实|组织|办理|实施|推进|，)?|主办|为主(?:负责)?|为牵头单位)(?:，?(?:会同|联合|商|与|和|、)(?P<with>.+?)(?:等)?(?:配合|参与|共同)?(?:按职责分工)?(?:负责|落实|实施|推进|办理|完成|共同负责)?)?"
    r"|(?P<join>(?:积极|共同|按照?职责|密切)?(?:配合|参与|协助|协办|支持|协同)(?:落实|实施|做好)?)"
    r"|(?P<shared>(?:根据|依据|依照|按照?|依)?(?:各自)?(?:职责|职能|职责分工|分工)+(?:分别|共同)?(?:负责|落实|推进|实施|抓好落实|分工负责)(?:落实|实施)?|分工负责|分别负责|各负其责|共同负责|共同落实)"
    r"|(?P<sole>(?:具体|统筹|总)?负责(?:落实|实施|推进|办理|组织实施)?|落实|实施|承办|组织实施))$"
)
_JOINT = re.compile(r"(?P<head>.+?)(?:会同|联合|商)(?P<rest>.+)$")
_MARKED_LEAD = re.compile(r"（(?P<role>牵头|主办|牵头单位|主责|负责|配合|协办|参与|责任单位|落实)）$")
_FIRST_LEADS = re.compile(
    r"(?:排|列)(?:在|名|于)?(?:首位|第一位?|最前面?|前面|第1位)的?(?:单位|部门)?(?:为|是|作为)(?:[^，。；]{0,6})?(?:牵头|主办)|(?:第一个?|首位|首个|排名第一)的?(?:责任)?(?:单位|部门)(?:为|是)(?:牵头|主办)"
)
ROLE_WORDS = re.compile(
    r"牵头|配合|按照?职责|职责分工|分工负责|负责|责任|参与$|落实$|协助|主办|协办|时限|完成$|长期|持续|底前|月前|日前"
)
LONGEST_ROLE = 400  # characters in which one says who leads and who joins


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """Keep who leads an item, all units made responsible, its dues, and where this is written."""

    span: Span
    units: tuple[Unit, ...] = ()
    lead: tuple[Unit, ...] = ()
    dues: tuple[Due, ...] = ()
    is_open_list: bool = False
    names_lead: bool = False

    def joined(self, other: "Assignment") -> "Assignment":
        """Return both as one: 责任单位 and 完成时限 stand on lines of their own."""
        return Assignment(
            span=Span(self.span.start, other.span.end),
            units=_once((*self.units, *other.units)),
            lead=_once((*self.lead, *other.lead)),
            dues=(*self.dues, *other.dues),
            is_open_list=self.is_open_list or other.is_open_list,
            names_lead=self.names_lead or other.names_lead,
        )


def first_unit_leads(folded: str) -> bool:
    """Say whether the document declares that the unit named first leads."""
    return bool(_FIRST_LEADS.search(folded))


def labels_in(folded: str, span: Span) -> Iterator[re.Match[str]]:
    """Return the labels 责任单位： and their like that stand at the beginning, after a sentence or after a space."""
    for found in LABEL.finditer(folded, span.start, span.end):
        before = folded[found.start() - 1] if found.start() > span.start else "。"
        if (
            before in "。；，、 ）（！\t"
            or found.start() == span.start
            or (found.start() > span.start and found["due"])
        ):
            yield found


def labelled(folded: str, text: str, span: Span, *, issued_on: date | None) -> Assignment | None:
    """Return what the labels of a stretch say, from its first label to its end; None without labels."""
    labels = list(labels_in(folded, span))
    if not labels:
        return None
    whole: Assignment | None = None
    for found, following in zip(labels, [*labels[1:], None], strict=True):
        end = following.start() if following else span.end
        value = _trimmed(folded, Span(found.end(), end))
        if found["other"] or value.end <= value.start:
            continue
        said = _value(folded, text, value, label=found, issued_on=issued_on)
        whole = said if whole is None else whole.joined(said)
    return whole or Assignment(span=Span(labels[0].start(), span.end))


def _value(folded: str, text: str, value: Span, *, label: re.Match[str], issued_on: date | None) -> Assignment:
    span = Span(label.start(), value.end)
    if label["due"]:
        return Assignment(span=span, dues=due_of_label(folded, value, issued_on=issued_on))
    if label["join"] and (roles := roles_in(folded, text, value, issued_on=issued_on)) and roles.names_lead:
        return roles
    units, marked, is_open = marked_units(folded, text, value)
    return Assignment(
        span=span,
        units=units,
        lead=units if label["lead"] else marked,
        is_open_list=is_open,
        names_lead=bool(label["lead"] or marked),
    )


def marked_units(folded: str, text: str, value: Span) -> tuple[tuple[Unit, ...], tuple[Unit, ...], bool]:
    """Return the units of a list, those marked （牵头）, and whether the list is open."""
    listed = listed_units(folded, text, value)
    units, lead = [], []
    for unit in listed.units:
        if found := _MARKED_LEAD.search(unit.span.of(folded)):
            span = Span(unit.span.start, unit.span.start + found.start())
            unit = Unit(span.of(text), span)
            if found["role"] in ("牵头", "主办", "牵头单位", "主责"):
                lead.append(unit)
        units.append(unit)
    return tuple(units), tuple(lead), listed.is_open


def roles_in(folded: str, text: str, value: Span, *, issued_on: date | None) -> Assignment | None:
    """Return what （X牵头，Y、Z按职责分工负责，6月底前完成） says; None if it speaks of no responsibility."""
    if not ROLE_WORDS.search(folded, value.start, value.end) and not _is_unit_list(folded, value):
        return None
    said = _Said()
    for piece in pieces_of(folded, value, at="，；。"):
        _take(said, folded, text, piece, issued_on=issued_on)
    if not said.units and not said.dues:
        return None
    lead = said.lead or (said.sole if not said.joined else [])
    return Assignment(
        span=value,
        units=_once(said.units),
        lead=_once(lead),
        dues=tuple(said.dues),
        is_open_list=said.is_open,
        names_lead=bool(lead),
    )


class _Said:
    def __init__(self) -> None:
        self.units: list[Unit] = []
        self.lead: list[Unit] = []
        self.sole: list[Unit] = []
        self.dues: list[Due] = []
        self.joined = False
        self.is_open = False


def _take(said: _Said, folded: str, text: str, piece: Span, *, issued_on: date | None) -> None:
    is_short = piece.end - piece.start <= LONGEST_ROLE
    role = _ROLE.fullmatch(folded, piece.start, piece.end) if is_short else None
    if role is None:
        _take_bare(said, folded, text, piece, issued_on=issued_on)
        return
    names = Span(role.start("names"), role.end("names"))
    if joint := _JOINT.match(folded, names.start, names.end):
        head = listed_units(folded, text, Span(joint.start("head"), joint.end("head")))
        rest = listed_units(folded, text, Span(joint.start("rest"), joint.end("rest")))
        said.units += [*head.units, *rest.units]
        said.lead += head.units
        said.is_open = said.is_open or rest.is_open
        return
    units, marked, is_open = marked_units(folded, text, names)
    said.units += units
    said.is_open = said.is_open or is_open
    said.lead += units if role["lead"] else marked
    if role["with"]:
        rest = listed_units(folded, text, Span(role.start("with"), role.end("with")))
        said.units += rest.units
        said.is_open = said.is_open or rest.is_open
    said.joined = said.joined or bool(role["join"])
    said.sole += units if role["sole"] else ()


def _take_bare(said: _Said, folded: str, text: str, piece: Span, *, issued_on: date | None) -> None:
    dues = [due for due in dues_in(folded, piece, issued_on=issued_on) if due.type is not DueType.NONE]
    if not dues and not _is_unit_list(folded, piece):
        dues = [due for due in due_of_label(folded, piece, issued_on=issued_on) if due.type is not DueType.NONE]
    if dues:
        said.dues += dues
    elif _is_unit_list(folded, piece):
        units, marked, is_open = marked_units(folded, text, piece)
        said.units += units
        said.lead += marked
        said.is_open = said.is_open or is_open


def _is_unit_list(folded: str, span: Span) -> bool:
    listed = listed_units(folded, folded, span)
    names = [_MARKED_LEAD.sub("", unit.name) for unit in listed.units]
    return bool(names) and sum(is_unit_name(name) for name in names) * 4 >= len(names) * 3


def _once(units: Sequence[Unit]) -> tuple[Unit, ...]:
    return tuple({unit.name: unit for unit in reversed(units)}[name] for name in dict.fromkeys(u.name for u in units))


def _trimmed(folded: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and folded[start] in " ：":
        start += 1
    while end > start and folded[end - 1] in " 。；，、）〕（":
        if folded[end - 1] == "）" and "（" in folded[start : end - 1]:
            break
        end -= 1
    return Span(start, end)
