"""What one clause of a sentence says: who acts, with what force, whether it only sets a condition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fuyuantong.reading.predicates import ACTION, EXHORTATION, MODAL, OPENING_VERB
from fuyuantong.reading.sentences import pieces_of
from fuyuantong.reading.subjects import Subject, agent_in, subject_at
from fuyuantong.reading.values import Modality, Span

_CONDITION_END = re.compile(
    r"(?:的|时|后|之后|以后|前|之前|过程中|情况下|前提下|基础上|期间|领导下|支持下|之日起|以内|方面|中|之际|范围内|同时)$"
)
_CONDITION_START = re.compile(
    r"(?:如果|如|若|凡|凡是|对|对于|针对|在|为|为了|根据|按照|依照|依据|通过|围绕|结合|因|经|自|除|当|遇|依托|立足|以[^便及]|本着|除非|逾期|情节)"
)
_LINK = re.compile(
    r"(?:并且|并|且|请|同时|此外|另外|其中|特别是|尤其是|或者|或|以便|原则上|一般|必要时|其次|首先|再次|最后|[一二三四五六七八九十]是要?)(?!行|重|轨)"
)
_GOVERNS = re.compile(r"(?:进行|予以|给予|实行|开展|建立|提出|落实|处理|整改|纳入|作出|办理|反馈|通报)")
# what is done about the thing that 对 names
_GOVERNS_TOPIC = re.compile(r"(?:进行|予以|给予|加以|实行|开展|采取|作出|实施|追究|做到|强化|加强|逐一|及时|严格|依法)")
_CONSTITUTING = re.compile(r"下设|设在|设立在|兼任|担任(?:组长|副组长|成员|召集人|主任|负责人)|任(?:组长|主任|召集人)")
_TAKING_PART = re.compile(r"(?:共同)?(?:参加|列席|参与|配合|协助|支持|协同|予以配合|积极配合|全力配合)(?!度)")
_CONVENING = re.compile(
    r"(?:负责|轮流|共同|分别|联合|牵头)*(?:召集|主持|组织召开|召开|举办)|牵头(?:负责|组织|召集|落实)?(?=[，。；]|$)"
)


@dataclass(frozen=True, kw_only=True)
class Clause:
    """Keep what one clause says."""

    span: Span
    subject: Subject | None
    agent: Subject | None
    modality: Modality | None
    is_condition: bool
    has_action: bool
    is_exhortation: bool
    is_constituting: bool
    takes_part: bool
    is_alternative: bool
    joins_agent: bool

    @property
    def actor(self) -> Subject | None:
        """Return who acts: the agent after 由 before the grammatical subject, both if 或由 joins them."""
        if self.agent and self.subject and self.joins_agent:
            return replace(self.agent, units=(*self.subject.units, *self.agent.units))
        return self.agent or self.subject


def clauses_of(folded: str, text: str, sentence: Span) -> Iterator[Clause]:
    """Return the clauses of a sentence in their order."""
    for span in pieces_of(folded, Span(sentence.start, _without_end(folded, sentence)), at="，："):
        yield _clause(folded, text, span)


def _clause(folded: str, text: str, span: Span) -> Clause:
    start, is_alternative = _past_links(folded, span)
    inner = Span(start, span.end)
    said = inner.of(folded)
    subject = subject_at(folded, text, inner)
    agent = agent_in(folded, text, inner)
    after = subject.end if subject else start
    rest = folded[after : span.end]
    is_condition = _is_condition(said, rest, subject)
    return Clause(
        span=span,
        subject=subject,
        agent=agent,
        modality=_modality(folded, Span(agent.end, span.end) if agent else Span(after, span.end), inner),
        is_condition=is_condition,
        has_action=not is_condition and bool(ACTION.search(rest)),
        is_exhortation=bool(EXHORTATION.search(rest)),
        is_constituting=bool(_CONSTITUTING.search(rest)),
        takes_part=_takes_part(folded, span, rest, agent),
        is_alternative=is_alternative,
        joins_agent="或由" in said or "或者由" in said,
    )


def _takes_part(folded: str, span: Span, rest: str, agent: Subject | None) -> bool:
    """Say whether the actor only joins what is laid down already: 各单位参加, 由各方轮流召集."""
    if agent is not None:
        return bool(_CONVENING.match(folded, agent.end, span.end))
    return bool(_TAKING_PART.match(rest))


def _past_links(folded: str, span: Span) -> tuple[int, bool]:
    start, is_alternative = span.start, False
    while found := _LINK.match(folded, start, span.end):
        if found.end() >= span.end:
            break
        is_alternative = is_alternative or found[0].startswith("或")
        start = found.end()
    return start, is_alternative


def _is_condition(said: str, rest: str, subject: Subject | None) -> bool:
    if subject is not None and subject.is_strong and not said.endswith("的"):
        return False
    if _CONDITION_END.search(said):
        return True
    # 对…、在…、根据… with nothing done in it: no verb at its end governs the clause
    if subject is not None or not _CONDITION_START.match(said):
        return False
    governs = _GOVERNS_TOPIC if said.startswith(("对", "针对")) else _GOVERNS
    return not governs.search(said, 2)


def _modality(folded: str, after: Span, whole: Span) -> Modality | None:
    for span in (after, whole):
        if found := MODAL.search(folded, span.start, span.end):
            if found["may"]:
                return Modality.MAY
            return Modality.ADVISE if found["advise"] else Modality.MUST
    return None


def begins_with_verb(folded: str, sentence: Span) -> bool:
    """Say whether a sentence begins with what is to be done and names nobody."""
    start, _ = _past_links(folded, sentence)
    return bool(OPENING_VERB.match(folded, start, sentence.end))


def _without_end(folded: str, sentence: Span) -> int:
    end = sentence.end
    while end > sentence.start and folded[end - 1] in "。；！？":
        end -= 1
    return end
