"""What a sentence is: a duty, a definition, context, or something only a human can decide."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fuyuantong.reading.clauses import begins_with_verb
from fuyuantong.reading.duties import Part, parts_of
from fuyuantong.reading.predicates import EXHORTATION, GOAL, MODAL
from fuyuantong.reading.values import SentenceKind, Span, Unit

CONTEXT_SECTION = re.compile(
    r"^(?:.{0,8}(?:指导思想|基本原则|工作原则|遵循原则|主要原则|总体要求|总体思路|工作思路|总体目标|工作目标|主要目标|目标要求|发展目标|预期目标|重要意义|重大意义|工作背景|编制依据|现状|存在(?:的)?问题|主要问题|适用范围|总体考虑)(?:及目标|和目标|及原则|和原则|与原则|和工作目标|及工作目标|与目标|和基本原则|和主要目标)?)$"
)
ATTITUDE_SECTION = re.compile(r"(?:提高|统一|深化)[^，。]{0,6}(?:认识|站位|思想)|思想认识")
_FORCE = re.compile(
    r"^〔?(?:注|备注|说明)〕?：|自[^，。；]{2,30}起(?:正式)?(?:施行|执行|实施|试行|生效)|负责解释|有效期|同时废止|参照本[^。；]{0,16}执行|从其规定|适用本|不适用本|上级.{0,10}有新?规定的|冲突的|以本.{1,4}为准"
)
_OPENING = re.compile(
    r"^(?:为|为了|为进一步|根据|按照)[^。；]*?(?:(?:制定|制订|形成|拟定|提出|印发)(?:如下|了)?(?:本|此|以下|该)?(?:[\u4e00-\u9fff]{0,6}(?:方案|意见|办法|规定|规则|细则|计划|通知|清单|措施|制度|要点|机制|规范|条例|规程|任务分工))|(?:现|特)(?:将|就|提出|制定|印发|通知))"
)
_HANDING_OUT = re.compile(
    r"现?将?《[^》]+》[^。；]*(?:印发给|下发给|转发给)|印发给你们|请(?:结合[^。；]{0,16}[，、])?(?:一并|认真|遵照|抓好|按照)?(?:组织)?(?:贯彻|遵照|抓好|认真)[^。；]{0,8}(?:执行|落实|实施)。?$|已经[^。；]{2,40}(?:同意|通过)|现(?:就|将)[^。；]{2,60}(?:如下|通知)"
)
_DEFINITION = re.compile(
    r"^[^，。；]{0,20}(?:所称|是指|指的是|系指)|所称[^。；]{1,40}[，]?(?:是指|指|包括)|^“[^”]{1,16}”即|，是指|(?:会议|机制|平台|工作|案件|类型|方式)，?(?:原则上)?(?:分为|包括)[^。；]{2,80}[。；]?$|^包括|^[^，。；]{2,24}(?:会议|小组|联席会议)由[^。；]{4,200}组成[。；]?$"
)
_TAKES_CARE = re.compile(r"负责(?!人|同志)")
_PAST = re.compile(
    r"近年来|一直以来|去年|截至目前|截止目前|目前|累计|成功[\u4e00-\u9fff]{2}了|取得了|当前|正处于|今年以来|(?:^|，)日前|\d{4}年以来"
)
# whom a rule binds without being an organ: theirs is no task of a ledger
PRIVATE = re.compile(
    r"(?:对|向)?[\u4e00-\u9fff]{0,10}?(?:当事人|申请人|信访人|代理人|参与人|关系人|被执行人|债务人|债权人|公民|个人|法人|自然人|行为人|举报人|投诉人|监护人|纳税人|经营者|消费者|市场主体|任何单位|任何组织|原告|第三人|上诉人|赔偿请求人|群众)(?!利益|权益|合法)"
)
_PRINCIPLE = re.compile(r"(?:遵循|坚持|贯彻|按照)[^。；]{0,60}(?:原则|方针|理念)[。；：]?$")
_DONE = re.compile(r"(?:实现|化解|解决|建立|出台|开展|召开|完成|提高|增强|推动|组织|取得|形成|达到|发挥|获得)了")
_ANNOUNCED = re.compile(r"(?:下列|以下|如下)(?P<what>[^：]{0,60})")
_LISTS_CONDITIONS = re.compile(r"情形|条件|材料|之一")
_LISTS_DUTIES = re.compile(r"职责|任务|工作|义务|措施|事项|要求|做到|负责|应当|主要")
_NOMINAL_DUTY = re.compile(r"召开|另行(?:规定|制定|制订|通知)|由|定期|每[年季月周半]|应|要|可|纳入|列入|设在")


@dataclass(frozen=True)
class Verdict:
    """Say what a sentence is, by which rule, and the obligations in it."""

    kind: SentenceKind
    rule: str
    parts: tuple[Part, ...] = ()


def context(rule: str) -> Verdict:
    """Return that a sentence is background, by this rule."""
    return Verdict(SentenceKind.CONTEXT, rule)


def is_context_section(titles: Sequence[str]) -> bool:
    """Say whether a heading above says that what follows is aims and principles."""
    return any(CONTEXT_SECTION.match(title.strip("。：； ")) for title in titles)


def judge(
    folded: str,
    text: str,
    span: Span,
    *,
    carried: Sequence[Unit],
    titles: Sequence[str],
    is_intro: bool,
    goes_on: bool,
    issued_on: date | None,
) -> Verdict:
    """
    Return what a sentence of running text is.

    `carried`: units of the sentence before; `is_intro`: it opens a section that has numbered places of its own;
    `goes_on`: it follows a semicolon.
    """
    said = span.of(folded)
    if (known := _known(said)) is not None:
        return known
    if is_context_section(titles):
        return context("section")
    parts = parts_of(folded, text, span, carried=carried, goes_on=goes_on, issued_on=issued_on)
    has_verb_first = begins_with_verb(folded, span)
    named = [part for part in parts if part.units and not part.is_carried]
    if not named and carried and not (has_verb_first or goes_on or _NOMINAL_DUTY.search(said)):
        return context("no-actor")
    owed = [part for part in parts if part.units and not _is_attitude(part, titles)]
    if owed:
        if not named and not goes_on and GOAL.match(said):
            return context("goal")
        return Verdict(SentenceKind.DUTY, owed[0].rule, tuple(owed))
    if named or any(part.units for part in parts):
        return context("attitude")
    return _unassigned(said, parts, has_verb_first=has_verb_first, is_intro=is_intro, titles=titles)


def _known(said: str) -> Verdict | None:
    if _FORCE.search(said) or _OPENING.match(said) or _HANDING_OUT.search(said):
        return context("formula")
    if _DEFINITION.search(said) and not _TAKES_CARE.search(said):
        return Verdict(SentenceKind.DEFINITION, "definition")
    if (_PAST.search(said) or _DONE.search(said)) and not MODAL.search(said):
        return context("reported")
    return None


def _is_attitude(part: Part, titles: Sequence[str]) -> bool:
    if part.modality == "may":
        return False
    return part.is_exhortation or bool(titles and ATTITUDE_SECTION.search(titles[-1]))


def _unassigned(
    said: str, parts: Sequence[Part], *, has_verb_first: bool, is_intro: bool, titles: Sequence[str]
) -> Verdict:
    if PRIVATE.match(said):
        return context("private-party")
    if _PRINCIPLE.search(said):
        return context("principle")
    is_bare = is_intro or GOAL.match(said) or EXHORTATION.match(said) or said.startswith(("坚持以", "以习近平", "通过"))
    if is_bare or (titles and ATTITUDE_SECTION.search(titles[-1])):
        return context("intro" if is_intro else "goal")
    if has_verb_first or MODAL.search(said):
        return Verdict(SentenceKind.NEEDS_HUMAN, "nobody-named", tuple(parts[:1]))
    return context("no-actor")


def stem_lists_duties(said: str) -> bool | None:
    """Say whether the places after 下列…： are duties; None if the text is no such stem."""
    if not said.endswith("："):
        return None
    announced = _ANNOUNCED.search(said)
    head = announced["what"] if announced else said[-24:]
    if _LISTS_CONDITIONS.search(head):
        return False
    return True if _LISTS_DUTIES.search(head) else None
