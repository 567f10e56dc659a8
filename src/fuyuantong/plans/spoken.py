"""Times, targets and forces of tasks in the words of officials."""

from fuyuantong.plans.wording import WordedDue, WordedTarget
from fuyuantong.reading.values import DueType, Modality, Operator, Period

PERIOD_TITLES = {
    Period.DAY: "每日",
    Period.WEEK: "每周",
    Period.TEN_DAYS: "每旬",
    Period.MONTH: "每月",
    Period.TWO_MONTHS: "每两个月",
    Period.QUARTER: "每季度",
    Period.HALF_YEAR: "每半年",
    Period.YEAR: "每年",
    Period.TWO_YEARS: "每两年",
}
DUE_TITLES = {
    DueType.DATE: "日期",
    DueType.PERIOD: "周期",
    DueType.LONG_TERM: "长期",
    DueType.NONE: "其他",
}
OPERATOR_TITLES = {
    Operator.AT_LEAST: "不低于",
    Operator.AT_MOST: "不高于",
    Operator.EQUAL: "达到",
    Operator.DECREASE: "下降",
    Operator.INCREASE: "上升",
    Operator.REPORT: "报告",
}
MODALITY_TITLES = {Modality.MUST: "应当", Modality.MAY: "可以", Modality.ADVISE: "建议"}
_WITHIN_TITLES = {"working_days": "个工作日", "hours": "小时", "months": "个月", "days": "日", "years": "年"}


def said_due(due: WordedDue) -> str:
    """Return by when a task falls due. Example: 2021-07-10 前, 每半年 1 次, 长期坚持."""
    if due.type is DueType.DATE and due.on is not None:
        return f"{due.on:%Y-%m-%d} 前"
    if due.type is DueType.PERIOD:
        often = PERIOD_TITLES[due.period] if due.period else due.raw or "定期"
        times = f" {due.times} 次" if due.times and due.period else ""
        return f"{often}{due.window}{times}"
    if due.type is DueType.LONG_TERM:
        return due.raw or "长期坚持"
    if due.within is not None:
        length, unit, trigger = due.within
        return f"{trigger or '起算'}后 {length} {_WITHIN_TITLES[unit]}内"
    return due.raw


def said_target(target: WordedTarget) -> str:
    """Return what is to be reached. Example: 调解撤诉率不低于 20%."""
    level = f" {target.value}{target.unit}" if target.value else ""
    return f"{target.indicator}{OPERATOR_TITLES[target.operator]}{level}"
