"""Duties in running text: a sentence is divided where the party, the cycle or the force changes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from fuyuantong.reading.clauses import Clause, clauses_of
from fuyuantong.reading.dues import dues_in
from fuyuantong.reading.subjects import agent_in, enumerated_units, subject_at
from fuyuantong.reading.unit_identity import same_unit
from fuyuantong.reading.unit_lists import listed_units
from fuyuantong.reading.unit_names import GROUPS
from fuyuantong.reading.values import Due, DueType, Modality, Span, Unit

_LEADS = re.compile(r"(?:负责)?牵头|负责(?!人|同志|的)|主办|为牵头单位")
_JOINED = re.compile(
    r"(?:^|[，；])(?P<verb>会同|联合|商|与|和|同)(?=[\u4e00-\u9fff“])|(?P<inner>会同|联合)(?=[\u4e00-\u9fff]{2,})"
)
_CALLED = re.compile(r"(?P<verb>组织|通知|邀请|指导|督促)(?=[\u4e00-\u9fff]{2,})")
_THEY_ACT = re.compile(r"(?:有计划地)?(?:组织|共同|严格按照|完成)")
_BETWEEN = re.compile(
    r"(?:加强|建立|建立健全|健全|完善|强化|促进|实现|深化|推动)(?P<list>[\u4e00-\u9fff、]{4,60}?)之间的?"
)
_FOR_ALL = re.compile(rf"(?:建立|成立|组建|健全|完善|深化|推动|加强|组织)(?:健全|完善)?(?P<group>{GROUPS})")
_BESIDE = ("与", "和", "同")
_JOINTLY = re.compile(r"(?:等)?(?:联合|共同|协同|一道|一起)")
_COLON_LEADS = re.compile(r"[\u4e00-\u9fff）]：(?:负责)?牵头|[\u4e00-\u9fff）]：负责(?!人)")
_SEAT = re.compile(r"设(?:立)?(?:在|于)")
_SET_UP = re.compile(r"(?:建立健全|建立|健全|召开|成立|完善)")
_CYCLE = re.compile(r"(?:并|同时)?(?:定期|每[年季月周半]|至少每)(?!不)")
_OCCASION = re.compile(r"(?:因|如|若|逾期|确因|遇|无正当理由|情况紧急|必要时)")


@dataclass
class Part:
    """Gather one obligation while its clauses are read."""

    span: Span
    units: list[Unit] = field(default_factory=list)
    lead: list[Unit] = field(default_factory=list)
    modality: Modality = Modality.MUST
    due: Due = field(default_factory=Due)
    actions: int = 0
    exhortations: int = 0
    is_carried: bool = False
    is_open: bool = False
    is_weak: bool = False
    rule: str = "subject"

    @property
    def is_exhortation(self) -> bool:
        """Say whether all that is asked is an attitude."""
        return self.exhortations > 0 and self.exhortations >= self.actions


def parts_of(
    folded: str,
    text: str,
    sentence: Span,
    *,
    carried: Sequence[Unit] = (),
    goes_on: bool = False,
    issued_on: date | None = None,
) -> list[Part]:
    """
    Return the obligations of one sentence, each with its units; `carried` are those of the sentence before.

    A part without units names nobody: a human has to say who is meant.
    """
    clauses = list(clauses_of(folded, text, sentence))
    parts = [Part(span=Span(sentence.start, sentence.start))]
    pending: list[Clause] = []
    stays_whole = any(clause.is_constituting for clause in clauses)
    for clause in clauses:
        part = parts[-1]
        has_party = bool((part.units and not part.is_weak) or carried or part.is_carried)
        if not stays_whole and has_party and _begins_anew(part, clause, pending, folded):
            start = pending[0].span.start if pending else clause.span.start
            parts.append(part := Part(span=Span(start, start), units=[], is_carried=True))
            part.units = list(parts[-2].units)
        _add(part, clause, folded=folded)
        pending = [*pending, clause] if clause.is_condition else []
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        part.span = Span(part.span.start, following.span.start if following else sentence.end)
        _finish(part, folded, text, carried=carried, goes_on=goes_on, issued_on=issued_on)
    return parts


def _begins_anew(part: Part, clause: Clause, pending: Sequence[Clause], folded: str) -> bool:
    """Say whether another party, another force or a new occasion begins a new obligation."""
    if not part.actions or clause.is_condition:
        return False
    if _names_another(part, clause, folded):
        return True
    if part.actions > 1 and clause.has_action and _CYCLE.match(folded, clause.span.start):
        return True
    if clause.modality is Modality.MAY and clause.has_action and clause.span.of(folded).find("可") < 14:
        return True
    if part.modality is Modality.MAY and clause.modality is Modality.MUST and clause.has_action:
        return True
    is_occasion = any(_OCCASION.match(folded, before.span.start) for before in pending)
    return is_occasion and clause.has_action and clause.modality is not None


def _names_another(part: Part, clause: Clause, folded: str) -> bool:
    actor = clause.actor
    if actor is None or clause.is_alternative or clause.takes_part or not part.units:
        return False
    if not (clause.has_action or actor.is_strong):
        return False
    before = [unit.span.of(folded) for unit in part.units]
    after = [unit.span.of(folded) for unit in actor.units]
    return not (_all_among(after, before) and _all_among(before, after))


def _all_among(names: Sequence[str], others: Sequence[str]) -> bool:
    return all(any(same_unit(name, other) for other in others) for name in names)


def _add(part: Part, clause: Clause, *, folded: str) -> None:
    actor = clause.actor
    if actor is not None:
        _take_actor(part, clause, folded=folded)
    elif clause.has_action:
        # whoever stood in the condition before governs what follows
        part.is_weak = False
    if clause.modality is not None and not clause.is_condition:
        part.modality = clause.modality
    if clause.has_action or (actor is not None and actor.is_strong and clause.agent is not None):
        part.actions += 1
    part.exhortations += clause.is_exhortation


def _take_actor(part: Part, clause: Clause, *, folded: str) -> None:
    actor = clause.actor
    assert actor is not None
    weak = clause.is_condition and not actor.is_agent
    if weak and part.units:
        return
    if (
        part.is_carried
        or part.is_weak
        or (actor.is_agent and part.actions == 0 and not clause.subject and not part.units)
    ):
        part.units, part.is_carried = [], False
    part.is_weak = weak
    known = [unit.span.of(folded) for unit in part.units]
    part.units += [unit for unit in actor.units if not _all_among([unit.span.of(folded)], known)]
    part.is_open = part.is_open or actor.is_open
    shares = len(actor.units) > 1 and "分别" in folded[clause.span.start : actor.end]
    if _LEADS.match(folded, actor.end, clause.span.end) and not shares:
        part.lead += [unit for unit in actor.units if unit.name not in {lead.name for lead in part.lead}]


def _finish(
    part: Part, folded: str, text: str, *, carried: Sequence[Unit], goes_on: bool, issued_on: date | None
) -> None:
    if (seat := _SEAT.search(folded, part.span.start, part.span.end)) and (
        units := enumerated_units(folded, text, seat.end(), part.span.end)
    ):
        part.units = part.lead = list(units)
    if part.units:
        _join_partners(part, folded, text)
        _join_called(part, folded, text)
    elif carried and goes_on:
        part.units, part.is_carried = list(carried), True
    elif parties := _parties(folded, text, part.span):
        part.units, part.rule = list(parties), "parties"
    elif carried:
        part.units, part.is_carried = list(carried), True
    if part.units and not part.lead and _COLON_LEADS.search(folded, part.span.start, part.span.end):
        part.lead = list(part.units)
    if part.is_carried:
        part.rule = "carried"
        if _LEADS.match(folded, part.span.start):
            part.lead = list(part.units)
    part.due = _due(folded, part.span, issued_on=issued_on)


def _due(folded: str, span: Span, *, issued_on: date | None) -> Due:
    dues = dues_in(folded, span, issued_on=issued_on)
    firm = [due for due in dues if due.type is not DueType.NONE]
    return (firm or list(dues) or [Due()])[0]


def _join_partners(part: Part, folded: str, text: str) -> None:
    """Add the units with which the actor acts: 会同…、联合…、与…联合, X牵头，Y配合."""
    for found in _JOINED.finditer(folded, part.span.start, part.span.end):
        after = Span(found.end(), part.span.end)
        partners = subject_at(folded, text, after)
        if partners is None or (found["verb"] in _BESIDE and not _JOINTLY.match(folded, partners.end)):
            continue
        known = {unit.name for unit in part.units}
        part.units += [unit for unit in partners.units if unit.name not in known]
        if found["inner"] and not part.lead and len(part.units) > len(partners.units):
            part.lead = [unit for unit in part.units if unit.name in known]


def _join_called(part: Part, folded: str, text: str) -> None:
    """Add the units that the actor calls to act with it: 通知相关行政机关组织…"""
    for found in _CALLED.finditer(folded, part.span.start, part.span.end):
        called = subject_at(folded, text, Span(found.end(), part.span.end))
        if called is None or len(part.units) > 1 or not _THEY_ACT.match(folded, called.end):
            continue
        known = {unit.name for unit in part.units}
        if not part.lead:
            part.lead = list(part.units)
        part.units += [unit for unit in called.units if unit.name not in known]


def _enumerated(folded: str, text: str, span: Span) -> Sequence[Unit]:
    """Return the units between which something is set up: 建立市法院、市检察院、市司法局联席会议制度."""
    for found in _SET_UP.finditer(folded, span.start, span.end):
        units = enumerated_units(folded, text, found.end(), span.end)
        if len(units) > 1:
            return units
    return ()


def _parties(folded: str, text: str, span: Span) -> Sequence[Unit]:
    """Return between whom something is set up where nobody is its subject: 加强甲与乙之间的…, 建立“一府两院”…"""
    if found := _BETWEEN.search(folded, span.start, span.end):
        listed = listed_units(folded, text, Span(found.start("list"), found.end("list")))
        if len(listed.units) > 1:
            return listed.units
    if units := _enumerated(folded, text, span):
        return units
    if found := _FOR_ALL.search(folded, span.start, span.end):
        place = Span(found.start("group"), found.end("group"))
        return (Unit(place.of(text), place),)
    return ()


def stem_units(folded: str, text: str, span: Span) -> Sequence[Unit]:
    """Return whose duties a stem such as 市司法局履行下列职责： introduces."""
    actor = agent_in(folded, text, span) or subject_at(folded, text, span)
    return actor.units if actor else ()
