"""A proof in the words of officials, line by line."""

from collections.abc import Iterator

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.deciding import deciding_years
from fuyuantong.clock.proof import Proof
from fuyuantong.clock.reckoning import reckon
from fuyuantong.clock.rule import Source
from fuyuantong.clock.running import Extension, Stop
from fuyuantong.clock.terms import next_hour


def explain(proof: Proof, calendar: Calendar) -> tuple[str, ...]:
    """
    Return the proof as lines for people: rule and basis, start, changes, result, calendar.

    Shape: one statement per line, in the order in which an official would check them.
    """
    return (
        *_rule(proof),
        _start(proof),
        *(_stop(stop) for stop in proof.clock.stops),
        *(_extension(extension) for extension in proof.clock.extensions),
        _result(proof, calendar),
        *_ceiling(proof),
        *_calendar(proof, calendar),
    )


def _rule(proof: Proof) -> Iterator[str]:
    rule = proof.clock.rule
    # only the periods of law are known by their number; the others by a key of ours
    number = f"（{rule.key}）" if rule.source is Source.LAW else ""
    yield f"期限：{rule.title}{number}，{rule.said}"
    yield f"性质：{rule.source.word}；依据：{rule.basis}"
    if not rule.is_verified:
        yield "注意：该条文凭记录录入，尚未与正式文本核对，适用前请核对"


def _start(proof: Proof) -> str:
    clock = proof.clock
    if clock.started_at is not None:
        return f"起算：{clock.trigger}，{clock.started_at:%Y-%m-%d %H:%M}，当时不计，自{next_hour(clock.started_at):%H:%M}起计"
    if clock.event_on is not None:
        return f"起算：{clock.trigger}，{clock.event_on}，当日不计，向前倒计"
    return f"起算：{clock.trigger}，{clock.started_on}，当日不计，自次日起计"


def _stop(stop: Stop) -> str:
    if stop.to_on is None:
        return f"中止：自{stop.from_on}起，至今未恢复；事由：{stop.cause}；批准：{stop.approver}"
    days = (stop.to_on - stop.from_on).days
    return f"中止：自{stop.from_on}起，{stop.to_on}恢复，共{days}日不计；事由：{stop.cause}；批准：{stop.approver}"


def _extension(extension: Extension) -> str:
    by = f"延长{extension.term.title}" if extension.term is not None else f"延长至{extension.until}"
    return f"延长：{extension.on}{by}；事由：{extension.cause}；批准：{extension.approver}"


def _result(proof: Proof, calendar: Calendar) -> str:
    if proof.due_on is None:
        return "结果：中止中，恢复后再计算届满日"
    if proof.due_at is not None:
        return f"结果：{proof.due_at:%Y-%m-%d %H:%M}届满，按小时计算，不因休息日顺延"
    if proof.raw_due_on is None or proof.raw_due_on == proof.due_on:
        return f"结果：{proof.due_on}届满"
    why = calendar.name_of(proof.raw_due_on) or "中止"
    moved = "顺延" if proof.due_on > proof.raw_due_on else "按本地设置提前"
    basis = "（民法典第203条）" if proof.due_on > proof.raw_due_on else ""
    return f"结果：{proof.raw_due_on}为{why}，{moved}至{proof.due_on}届满{basis}"


def _ceiling(proof: Proof) -> Iterator[str]:
    ceiling = proof.clock.rule.ceiling
    if ceiling is not None:
        yield f"上限：{ceiling.title}（{ceiling.key}）{ceiling.term.title}，不计中止、延长至{proof.ceiling_due_on}；依据：{ceiling.basis}"


def _calendar(proof: Proof, calendar: Calendar) -> Iterator[str]:
    decisive = deciding_years(proof.clock, reckon(proof.clock, calendar))
    notices = [notice for notice in calendar.notices if notice.year in decisive]
    sources = "、".join(notice.number or notice.title for notice in notices)
    yield f"日历：版本{proof.calendar_version}{f'，{sources}' if sources else ''}"
    if proof.provisional:
        missing = sorted(decisive - calendar.years)
        is_past = bool(calendar.years) and missing[-1] < max(calendar.years)
        why, then = ("没有载入", "载入") if is_past else ("尚未公布", "公布")
        yield f"暂定：{'、'.join(map(str, missing))}年放假安排{why}，只扣除周末；{then}后将重新计算"
