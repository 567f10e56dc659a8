"""What a table of cases may say: its columns with the heads by which they are known, and how their cells are read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fuyuantong.docket.appearances import FINDINGS_BY_WORDS, Finding
from fuyuantong.docket.numbers import BadCaseNumber, read_case_number
from fuyuantong.docket.outcomes import outcomes, outcomes_by_words
from fuyuantong.protocol.fields import Json
from fuyuantong.tables.cells import Unread, day_of, flag_of

CLEAR: Final = "清除"
LONGEST_NAME: Final = 120
MOST_PARTIES: Final = 200
_BETWEEN_NAMES = re.compile(r"[；;、\n]+")
_BETWEEN_EACH = re.compile(r"[；;]")
_BETWEEN_HEARINGS = re.compile(r"[／/|]")


class Passed(StrEnum):
    """Why a case goes on under another number."""

    TRANSFERRED = "transferred"
    JOINED = "joined"
    RENUMBERED = "renumbered"


PASSED_TITLES: Final[Mapping[str, str]] = {
    Passed.TRANSFERRED: "移送",
    Passed.JOINED: "并案",
    Passed.RENUMBERED: "重新编号",
}
_PASSED_BY_WORDS: Final[Mapping[str, Passed]] = {
    **{title: Passed(key) for key, title in PASSED_TITLES.items()},
    "移送管辖": Passed.TRANSFERRED,
    "并入": Passed.JOINED,
    "改号": Passed.RENUMBERED,
}


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column: `key` in what is kept of a case, `title` its head in our template, `also` other heads for it.

    `read` turns a cell that is not blank into what is kept. Raises: `Unread`, `BadCaseNumber`.
    """

    key: str
    title: str
    read: Callable[[str], Json]
    help: str
    also: tuple[str, ...] = ()


def _words(text: str) -> Json:
    return text[:LONGEST_NAME]


def _note(text: str) -> Json:
    return text[:1000]


def _names(text: str) -> Json:
    names = [name for part in _BETWEEN_NAMES.split(text) if (name := part.strip()[:LONGEST_NAME])]
    if not 0 < len(names) <= MOST_PARTIES:
        raise Unread(f"应有 1 至 {MOST_PARTIES} 个名称，用“；”分开")
    return list(dict.fromkeys(names))


def _days(text: str) -> Json:
    return [day_of(part.strip()) if part.strip() else None for part in _BETWEEN_EACH.split(text)]


def _hearings(text: str) -> Json:
    days = [day_of(part.strip()) for part in _BETWEEN_EACH.split(text) if part.strip()]
    return list(dict.fromkeys(sorted(days)))


def _heads(text: str) -> Json:
    """Read findings: of one hearing per `／`, of one defendant per `；`."""
    return [
        [_finding(part.strip()) for part in _BETWEEN_EACH.split(hearing)] for hearing in _BETWEEN_HEARINGS.split(text)
    ]


def _finding(text: str) -> Json:
    found = FINDINGS_BY_WORDS.get(text)
    if text and found is None:
        known = "、".join(finding.word for finding in Finding)
        raise Unread(f"“{text[:20]}”不是出庭情况；可写：{known}")
    return found.value if found else None


def _outcome(text: str) -> Json:
    code = outcomes_by_words().get(text)
    if code is None:
        near = "、".join(outcome.title for outcome in outcomes().values() if text[:2] in outcome.title)
        raise Unread(f"没有“{text[:40]}”这一结案方式{f'，相近的有：{near}' if near else '，可写的见填写说明'}")
    return code


def _passed(text: str) -> Json:
    found = _PASSED_BY_WORDS.get(text)
    if found is None:
        raise Unread(f"“{text[:20]}”应为{'、'.join(PASSED_TITLES.values())}之一")
    return found.value


def _number(text: str) -> Json:
    return str(read_case_number(text))


def key_of(number: str) -> str:
    """Return the form by which two ways of writing a number are one; empty for none."""
    return read_case_number(number).of_case if number else ""


COLUMNS: Final = (
    Column("number", "案号", _number, "必填，如（2026）豫0825行初12号；同一案号再次导入即为更正"),
    Column("court", "法院", _words, "不填则按案号中的法院代字", ("受理法院", "法院名称", "审理法院")),
    Column("cause", "案由", _words, "如 行政处罚、政府信息公开"),
    Column("act_kind", "行政行为种类", _words, "如 行政处罚、行政登记", ("行政类别", "行政行为")),
    Column("plaintiffs", "原告", _names, "几个原告用“；”分开", ("原告（上诉人）", "起诉人", "上诉人")),
    Column(
        "defendants", "被告", _names, "必填，几个被告用“；”分开，写单位全称或者简称", ("被告机关", "被诉行政机关", "被上诉人")
    ),
    Column("third", "第三人", _names, "几个第三人用“；”分开"),
    Column("filed_on", "立案日期", day_of, "如 2026-08-03", ("立案时间", "收案日期")),
    Column(
        "served",
        "送达日期",
        _days,
        "起诉状副本（上诉状副本）送达被告的日期，答辩期限由此起算；各被告不同的按被告的顺序用“；”分开，不明的留空",
        ("起诉状副本送达日期", "应诉通知书签收日期", "签收日期"),
    ),
    Column("answered", "答辩日期", _days, "被告提交答辩状的日期；各被告不同的用“；”分开", ("答辩状提交日期", "提交答辩状日期")),
    Column("hearings", "开庭日期", _hearings, "几次开庭用“；”分开", ("开庭时间", "庭审日期")),
    Column(
        "heads",
        "负责人出庭",
        _heads,
        "出庭、正职出庭、有正当理由未出庭、未出庭、视为未出庭、中途退庭、拒绝说明；各被告用“；”分开，各次开庭用“／”分开；"
        "只写一次的，记在最后一次开庭",
        ("负责人出庭情况", "行政机关负责人是否出庭", "行政机关（负责人）是否出庭"),
    ),
    Column("decided_on", "结案日期", day_of, "如 2026-08-03", ("结案时间", "裁判日期")),
    Column("outcome", "结案方式", _outcome, "如 判决驳回诉讼请求、裁定准许撤诉；或者代码 J01、R03", ("裁判结果", "裁判方式")),
    Column("loss_reason", "败诉原因", _words, "如 主要证据不足、违反法定程序", ("败诉原因分析",)),
    Column(
        "changed_act", "被告改变行为", flag_of, "诉讼中被告是否改变被诉行为、自行纠错：是或否",
        ("被告改变行政行为情况", "是否改变行政行为"),
    ),
    Column("effective_on", "生效日期", day_of, "裁判文书生效日期", ("生效时间",)),
    Column("disclosed", "文书公开", flag_of, "裁判文书是否上网公开：是或否", ("是否公开", "裁判文书是否公开")),
    Column("below", "原审案号", _number, "上诉、再审案件所对的原审案号", ("一审案号", "关联案号")),
    Column("passed", "去向", _passed, "移送、并案、重新编号", ("案件去向",)),
    Column("passed_to", "去向案号", _number, "移送、并案、重新编号以后的案号", ("新案号", "并入案号")),
    Column("note", "备注", _note, ""),
)  # fmt: skip

BY_KEY: Final[Mapping[str, Column]] = {column.key: column for column in COLUMNS}
BY_HEAD: Final[Mapping[str, Column]] = {
    head: column for column in COLUMNS for head in (column.title, *column.also)
}  # fmt: skip
NEVER_CLEARED: Final = frozenset({"number", "defendants"})
NOTES: Final = (
    "每行一个案件（同一案件的一审、二审各为一行），一次可以导入任意多行；Excel 在 20 MB 以内，更大的请另存为 CSV。",
    "更正已有的案件：案号照写，只填要改的列；空着的格子不改原来的内容，要去掉原来的内容请写“清除”。",
    "先核对、后确认：有误的格子逐一指出，您确认之前，一件也不记入。",
)


def read_cell(column: Column, text: str) -> Json:
    """Return what a cell says; None for one that takes back what was said. Raises: `Unread`."""
    if text == CLEAR:
        if column.key in NEVER_CLEARED:
            raise Unread(f"{column.title}不能清除")
        return None
    try:
        return column.read(text)
    except BadCaseNumber as refusal:
        raise Unread(refusal.detail) from refusal
