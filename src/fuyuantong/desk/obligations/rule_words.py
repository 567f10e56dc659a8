"""By what a task is measured, in words."""

from dataclasses import dataclass

from fuyuantong.plans.evidence import SOURCE_TITLES, WHOSE_TITLES, WINDOW_TITLES, Source
from fuyuantong.plans.queries.standings import Rule


@dataclass(frozen=True, slots=True)
class RuleSaid:
    """A rule, ready to be shown."""

    is_computed: bool
    is_set_by_person: bool
    what: str
    wanted: str
    beside: str
    why: str


def said(rule: Rule) -> RuleSaid:
    """Return a rule in words."""
    query, counted = rule.query, rule.counted
    if counted is None:
        named = "" if query.source is Source.DOCUMENT else f"{SOURCE_TITLES[query.source]}“{query.named}”，尚不能计算；"
        return RuleSaid(
            False, rule.is_set_by_person, f"{named}由责任单位上传材料，领导小组办公室确认", "", "", query.why
        )
    mechanism = counted.mechanism
    if query.entry:
        what = f"每期到时由系统给每个承担单位各生成一件“{rule.what}”（{mechanism.title}），报来即为完成，退回更正的除外"
        return RuleSaid(True, rule.is_set_by_person, what, "", query.beside, query.why)
    titles = [mechanism.state(key).title for key in (*counted.endings, *counted.states)]
    what = f"{WINDOW_TITLES[query.window]}、{WHOSE_TITLES[query.whose]}“{mechanism.title}”，结果为{'、'.join(titles)}"
    if query.role:
        what += f"；单位为{mechanism.role(query.role).title}"
    if query.field:
        what += f"；{mechanism.value(query.field).title}为“{query.value}”"
    wanted = f"至少 {query.number} 件" if query.percent is None else f"到期的按期办结不低于 {query.percent}%"
    return RuleSaid(True, rule.is_set_by_person, what, wanted, query.beside, query.why)
