"""What a list is a list of, in words: for the head of a sheet."""

from datetime import date

from fuyuantong.catalogue import mechanism as mechanism_of
from fuyuantong.desk.ledger.asked import Asked, Question
from fuyuantong.desk.ledger.whole import BY
from fuyuantong.matters.console.labels import state_title
from fuyuantong.matters.ledger_query import Box
from fuyuantong.organs.queries import names_of, region_on

BOXES = {Box.LEDGER: "全部事项", Box.TO_DO: "待我单位办理", Box.SENT: "我单位发出的", Box.COPIED: "抄送我单位的"}


def told(asked: Asked, question: Question, *, on: date) -> str:
    """Return the filters of a list as one sentence. Example: 全部事项；机制：司法建议；在办；按立项时间，新的在前。"""
    filters = question.filters
    parts = [BOXES[question.box]]
    parts += _kind(filters.mechanism, filters.state) if filters.mechanism else []
    parts += [filters.phase.label] if filters.phase is not None else []
    if filters.holder:
        parts.append(f"现由：{names_of([filters.holder], on=on)[filters.holder].full}")
    if filters.region:
        region = region_on(filters.region, on=on)
        parts.append(f"区划：{region.name if region else filters.region}")
    parts += [f"期限自 {filters.due_from}"] if filters.due_from else []
    parts += [f"期限至 {filters.due_to}"] if filters.due_to and not asked.overdue else []
    parts += ["已逾期"] if asked.overdue else []
    parts += [f"内容含：{filters.text}"] if filters.text else []
    return "；".join((*parts, BY[question.sort]))


def _kind(key: str, state: str) -> list[str]:
    """Return the mechanism and the state by their titles; by their keys when the catalogue has them no more."""
    try:
        found = mechanism_of(key)
    except KeyError:
        return [f"机制：{key}", *((f"环节：{state}",) if state else ())]
    return [f"机制：{found.title}", *((f"环节：{state_title(found, state)}",) if state else ())]
