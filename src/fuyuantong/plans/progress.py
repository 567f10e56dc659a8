"""How an obligation stands, judged from what was counted and the time that has gone, and why in one sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from fuyuantong.plans.evidence import SOURCE_TITLES, Query, Source


class Progress(StrEnum):
    """How what is owed stands, the worst first."""

    OVERDUE = "overdue"
    AT_RISK = "at-risk"
    BY_HAND = "by-hand"
    ON_TRACK = "on-track"
    DONE = "done"


PROGRESS_TITLES: Final = {
    Progress.OVERDUE: "已逾期",
    Progress.AT_RISK: "进展滞后",
    Progress.BY_HAND: "待人工举证",
    Progress.ON_TRACK: "正常推进",
    Progress.DONE: "已完成",
}
_WORST_FIRST: Final = tuple(Progress)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many were counted in the window; `fell_due` and, of these, `in_time` where a share is asked for."""

    found: int = 0
    fell_due: int = 0
    in_time: int = 0


@dataclass(frozen=True, kw_only=True)
class Facts:
    """
    What is known of one due item on a day.

    `what`: the title of what is counted, empty when nothing can be. `shown_on`: when evidence was last shown by
    hand. `is_review`: it has no end, and the office looks at it once a year. `has_own`: a return was opened for it.
    """

    query: Query
    what: str
    tally: Tally
    starts_on: date
    due_on: date
    today: date
    shown_on: date | None = None
    done_on: date | None = None
    is_confirmed: bool = False
    is_review: bool = False
    has_own: bool = False


@dataclass(frozen=True, kw_only=True)
class Judgment:
    """How something stands, why, and what share of the evidence is there."""

    progress: Progress
    why: str
    share: Fraction = Fraction(0)


def judge(facts: Facts, *, margin: Fraction) -> Judgment:
    """
    Return how a due item stands.

    `margin`: by how much the share of the time may be ahead of the share of the evidence before that is a risk.
    """
    if facts.done_on is not None:
        by = "由领导小组办公室确认完成" if facts.is_confirmed else "按办理情况认定完成"
        return Judgment(progress=Progress.DONE, why=f"{facts.done_on} {by}。", share=Fraction(1))
    return _computed(facts, margin) if facts.what else _by_hand(facts)


def worst(judgments: Iterable[Judgment]) -> Judgment:
    """Return the judgment by which the whole is judged; of equal ones the one with the least evidence."""
    return min(judgments, key=lambda one: (_WORST_FIRST.index(one.progress), one.share))


def _computed(facts: Facts, margin: Fraction) -> Judgment:
    said, share = _counted(facts)
    if share >= 1:
        return _reached(facts, said)
    if facts.today > facts.due_on:
        return Judgment(progress=Progress.OVERDUE, why=f"{said}，{_late(facts)}。", share=share)
    used = Fraction((facts.today - facts.starts_on).days + 1, (facts.due_on - facts.starts_on).days + 1)
    if used - share > margin and not facts.has_own:  # a return is brought at the end of its time, not bit by bit
        why = f"{said}；时间已过 {round(used * 100)}%，完成 {round(share * 100)}%。"
        return Judgment(progress=Progress.AT_RISK, why=why, share=share)
    return Judgment(progress=Progress.ON_TRACK, why=f"{said}，{facts.due_on} 到期。", share=share)


def _counted(facts: Facts) -> tuple[str, Fraction]:
    """Return what was counted in words, and what share of what is wanted that is, 1 at most."""
    query, tally = facts.query, facts.tally
    if facts.has_own:
        return f"本期的“{facts.what}”{'已' if tally.found else '尚未'}报送", Fraction(min(tally.found, 1))
    if query.percent is None:
        share = Fraction(min(tally.found, query.number), query.number)
        return f"“{facts.what}”{tally.found} 件，要求 {query.number} 件", share
    if not tally.fell_due:
        return f"没有到期的“{facts.what}”", Fraction(1)
    reached = Fraction(tally.in_time * 100, tally.fell_due)
    said = f"到期的“{facts.what}”{tally.fell_due} 件，按期办结 {tally.in_time} 件（{int(reached)}%），要求 {query.percent}%"
    return said, min(reached / query.percent, Fraction(1)) if query.percent else Fraction(1)


def _reached(facts: Facts, said: str) -> Judgment:
    whole = Fraction(1)
    if facts.query.beside and facts.shown_on is None:
        why = f"{said}，已够；“{facts.query.beside}”须人工核定"
        if facts.today > facts.due_on:
            return Judgment(progress=Progress.OVERDUE, why=f"{why}，{_late(facts)}。", share=whole)
        return Judgment(progress=Progress.ON_TRACK, why=f"{why}。", share=whole)
    if facts.query.beside:
        why = f"{said}；“{facts.query.beside}”已于 {facts.shown_on} 举证，待领导小组办公室确认。"
        return Judgment(progress=Progress.ON_TRACK, why=why, share=whole)
    if facts.is_review and facts.today > facts.due_on:
        why = f"{said}；长期任务应于 {facts.due_on} 前复核，尚未复核。"
        return Judgment(progress=Progress.OVERDUE, why=why, share=whole)
    if facts.is_review or (facts.query.percent is not None and facts.today <= facts.due_on):
        return Judgment(progress=Progress.ON_TRACK, why=f"{said}，{facts.due_on} 到期。", share=whole)
    return Judgment(progress=Progress.DONE, why=f"{said}，已达到要求。", share=whole)


def _by_hand(facts: Facts) -> Judgment:
    if facts.shown_on is not None:
        why = f"已于 {facts.shown_on} 举证，待领导小组办公室确认。"
        return Judgment(progress=Progress.ON_TRACK, why=why, share=Fraction(1))
    if facts.today > facts.due_on:
        return Judgment(progress=Progress.OVERDUE, why=f"尚未举证，{_late(facts)}。")
    source = facts.query.source
    cannot = "" if source is Source.DOCUMENT else f"{SOURCE_TITLES[source]}（{facts.query.named}）尚不能自动计算，"
    return Judgment(progress=Progress.BY_HAND, why=f"{cannot}须由责任单位举证，{facts.due_on} 到期。")


def _late(facts: Facts) -> str:
    return f"已逾期 {(facts.today - facts.due_on).days} 天"
