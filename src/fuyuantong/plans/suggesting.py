"""Suggesting by what an obligation may be measured, from its own words and the words of the catalogue."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from fuyuantong.plans.calendar_openings import by_calendar, calendar_entry
from fuyuantong.plans.evidence import BY_HAND, Query, Source, Whose, Window, implementing, walk
from fuyuantong.protocol import Choice, Mechanism
from fuyuantong.reading.values import DueType, Operator

_PARTS: Final = re.compile(r"[与和及、，。；：（）“”《》\s]+")
# words that stand in every plan, and say nothing of what is done
_COMMON: Final = re.compile(
    r"组织实施|责任单位|有关单位|有关部门|工作机制|联动机制|联动工作|府院联动|及时|机制|制度|情况|工作|单位"
)
_OF_TITLE: Final = 0.5  # must stand in the text
_OF_SORT: Final = 0.8
_LEAST_RUN: Final = 3  # characters in one piece
_IN_TIME: Final = re.compile(r"按[时期]|答复率|回复率|反馈率|办结率")
_UNBUILT: Final = re.compile(
    rf"(?P<{Source.ACTIVITIES}>培训|观摩|旁听|调研|走访|宣传|宣讲|研讨|座谈|巡回)"
    rf"|(?P<{Source.RETURNS}>函告|报送|通报|白皮书|报告|推送|共享|备案)"
    rf"|(?P<{Source.REGISTER}>名录|名单|名册|数据库|人员库|专家库|台账|清单)"
)
_OPERATORS: Final = {
    Operator.AT_LEAST: "不低于",
    Operator.AT_MOST: "不高于",
    Operator.EQUAL: "为",
    Operator.DECREASE: "下降",
    Operator.INCREASE: "上升",
}


@dataclass(frozen=True, kw_only=True)
class Aim:
    """A level that an obligation is to reach, as in `plans.wording.WordedTarget`."""

    indicator: str
    operator: str
    value: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """
    What an obligation says, as far as it tells by what it may be measured; `rows`: what it is known to be.

    `is_led`: one unit leads and answers for what all units do. `opens`: of what sort the returns are that the calendar
    opens for it.
    """

    text: str
    rows: tuple[str, ...] = ()
    aims: tuple[Aim, ...] = ()
    due_types: tuple[str, ...] = ()
    times: int = 1
    is_led: bool = False
    opens: str = ""


@dataclass(frozen=True, kw_only=True)
class _Likeness:
    key: str
    title: str
    words: str
    begins: int
    score: int = 0
    field: str = ""
    value: str = ""


def suggested(asked: Asked, catalogue: Mapping[str, Mechanism]) -> Query:
    """Return by what an obligation may be measured, and why; a person of the office has the last word."""
    text = _COMMON.sub(" ", asked.text)
    aim = next((aim for aim in asked.aims if aim.value and aim.operator != Operator.REPORT), None)
    unbuilt = _UNBUILT.search(text)
    likeness = _named_by_row(asked.rows, catalogue) or _likest(text, catalogue)
    if likeness and unbuilt and unbuilt.start() < likeness.begins:
        likeness = None  # 函告、宣传……的是此类事项，不是办理此类事项
    if likeness:
        return _opening(_by_matters(likeness, asked, aim), asked, catalogue)
    if aim:
        why = f"原文要求“{_level(aim)}”，须由指标计算；尚无此项指标，先由人工举证。"
        return Query(source=Source.INDICATOR, rows=asked.rows, named=aim.indicator, why=why)
    if unbuilt:
        why = f"原文有“{unbuilt.group()}”字样；尚无可据以计算的机制，先由人工举证。"
        source = Source(unbuilt.lastgroup or "")
        return Query(source=source, rows=asked.rows, named=unbuilt.group(), number=max(asked.times, 1), why=why)
    return replace(BY_HAND, rows=asked.rows, why="没有可据以计算的机制，由责任单位举证。")


def _by_matters(likeness: _Likeness, asked: Asked, aim: Aim | None) -> Query:
    sort = f"中的“{likeness.value}”" if likeness.value else ""
    in_time = aim is not None and aim.unit == "%" and _IN_TIME.search(aim.indicator) is not None
    return Query(
        source=Source.MATTERS,
        mechanism=likeness.key,
        rows=asked.rows,
        field=likeness.field,
        value=likeness.value,
        whose=Whose.UNITS if asked.is_led else Whose.ORGAN,
        window=Window.PERIOD if DueType.PERIOD in asked.due_types else Window.SINCE,
        number=max(asked.times, 1),
        percent=min(round(float(aim.value)), 100) if aim and in_time else None,
        beside=_level(aim) if aim and not in_time else "",
        why=f"{likeness.words}，按“{likeness.title}”{sort}的办理情况计算。",
    )


def _opening(query: Query, asked: Asked, catalogue: Mapping[str, Mechanism]) -> Query:
    """Return that each period opens a return of its own, where it was said of what sort."""
    mechanism = dict(walk(catalogue))[query.mechanism]
    if not asked.opens or calendar_entry(mechanism) is None:
        return query
    why = f"{query.why.removesuffix('。')}，每期到时由系统生成一件“{asked.opens}”报送。"
    return replace(by_calendar(query, mechanism, sort=asked.opens), whose=Whose.ORGAN, why=why)


def _level(aim: Aim) -> str:
    return f"{aim.indicator}{_OPERATORS[Operator(aim.operator)]}{aim.value}{aim.unit}"


def _named_by_row(rows: Sequence[str], catalogue: Mapping[str, Mechanism]) -> _Likeness | None:
    found = implementing(rows, dict(walk(catalogue)))
    if found is None:
        return None
    key, mechanism = found
    return _Likeness(key=key, title=mechanism.title, words=f"方案包注明此项为 {'、'.join(rows)}", begins=-1)


def _likest(text: str, catalogue: Mapping[str, Mechanism]) -> _Likeness | None:
    found = [likeness for key, mechanism in walk(catalogue) for likeness in _likenesses(key, mechanism, text)]
    return max(found, key=lambda one: one.score, default=None)


def _likenesses(key: str, mechanism: Mechanism, text: str) -> Iterator[_Likeness]:
    """Yield what of a mechanism's own words stands in a text: parts of its title, and the sorts of it there are."""
    for part in _PARTS.split(mechanism.title):
        yield from _likeness(key, mechanism, part, text, share=_OF_TITLE)
    for field in mechanism.fields:
        if isinstance(field, Choice) and _names_sorts(field, mechanism.title):
            for option in field.options:
                for likeness in _likeness(key, mechanism, option, text, share=_OF_SORT):
                    yield replace(likeness, field=field.key, value=option)


def _likeness(key: str, mechanism: Mechanism, words: str, text: str, *, share: float) -> Iterator[_Likeness]:
    """Yield how much of some words stands in a text: the longest pieces count most."""
    pieces = list(_pieces(words, text))
    if max(map(len, pieces), default=0) >= _LEAST_RUN and sum(map(len, pieces)) >= share * len(words):
        yield _Likeness(
            key=key,
            title=mechanism.title,
            words=f"原文有“{'”“'.join(pieces)}”字样",
            begins=min(map(text.index, pieces)),
            score=sum(len(piece) ** 2 for piece in pieces),
        )


def _names_sorts(field: Choice, title: str) -> bool:
    """Tell whether most of a field's options end as the title does: 年度会议 is a sort of 联席会议."""
    return 2 * sum(title[-2:] in option for option in field.options) > len(field.options)


def _pieces(words: str, text: str) -> Iterator[str]:
    """Yield the longest pieces of two characters and more that words and a text have in common, from the left."""
    start = 0
    while start < len(words) - 1:
        end = start + 2
        if words[start:end] not in text:
            start += 1
            continue
        while end < len(words) and words[start : end + 1] in text:
            end += 1
        yield words[start:end]
        start = end
