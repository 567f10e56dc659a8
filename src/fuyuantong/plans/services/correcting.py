"""Correcting what the reader found, and adding what it did not find; every change keeps what stood before."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from fuyuantong.organs.models import Account
from fuyuantong.plans.drafting import (
    LONGEST_CLAUSE,
    LONGEST_RAW,
    LONGEST_WINDOW,
    recurrences_in,
    signature_of,
    worded_due,
    worded_target,
)
from fuyuantong.plans.in_force import listed
from fuyuantong.plans.models.draft import Correction, DraftRow
from fuyuantong.plans.models.plan import PlanVersion
from fuyuantong.plans.pairing import FIELDS
from fuyuantong.plans.services.deciding import Decided
from fuyuantong.plans.services.guarding import NoSuchRow, open_draft, rows_in
from fuyuantong.plans.short_names import short_name
from fuyuantong.plans.vocabulary import Decision, RowOrigin
from fuyuantong.plans.wording import Wording
from fuyuantong.reading.dues import due_in
from fuyuantong.reading.folding import fold
from fuyuantong.reading.targets import targets_in
from fuyuantong.reading.values import DueType, Span
from fuyuantong.refusal import Refusal

LONGEST_TITLE = 200
LONGEST_TEXT = 5_000


class BadWording(Refusal):
    """A task lacks what the ledger needs, or holds more than fits."""

    key = "bad-wording"
    title = "任务内容有误"
    remedy = "请更正字数后重新提交。"


@transaction.atomic
def correct_row(version: PlanVersion, row_id: int, wording: Wording, *, by: Account, now: datetime) -> int:
    """
    Put what a person says in the place of what was read. Shape: how many fields changed.

    Raises: `NotTheOffice`; `NotADraft`; `NoSuchRow`; `Decided` for a row that is left out or merged; `BadWording`.
    """
    draft = open_draft(version, by=by, now=now)
    (row,) = rows_in(draft, [row_id])
    if row.decision not in (Decision.OPEN, Decision.CONFIRMED):
        raise Decided("不列入或已并入的任务不能修改", remedy="请先恢复为待确认，再修改。")
    return record_wording(row, wording, by=by, now=now)


def record_wording(row: DraftRow, wording: Wording, *, by: Account, now: datetime) -> int:
    """Give a row another wording, with a correction for each field that changed. Raises: `BadWording`."""
    check_wording(wording)
    before, after = row.wording, wording.as_data()
    changed = [field for field in FIELDS if _plain(before[field]) != _plain(after[field])]
    Correction.objects.bulk_create(
        Correction(
            row=row,
            field=field,
            read=row.read[field] if row.read else None,
            before=before[field],
            after=after[field],
            by=by,
            at=now,
        )
        for field in changed
    )
    row.wording = after
    row.save()
    return len(changed)


@transaction.atomic
def add_row(
    version: PlanVersion, wording: Wording, *, span: Span | None = None, by: Account, now: datetime
) -> DraftRow:
    """
    Add a task that the reader did not find; `span` is where its words stand in the text.

    Raises: `NotTheOffice`; `NotADraft`; `BadWording`.
    """
    draft = open_draft(version, by=by, now=now)
    check_wording(wording)
    end = len(draft.text)
    if span is None:
        start = draft.text.find(wording.text) if wording.text else -1
        span = Span(start, start + len(wording.text)) if start >= 0 else None
    return DraftRow.objects.create(
        version=draft,
        place=span.start if span else end,
        origin=RowOrigin.ADDED,
        span_start=span.start if span else 0,
        span_end=span.end if span else 0,
        part_start=span.start if span else 0,
        part_end=span.end if span else 0,
        signature=signature_of(wording.text or wording.title),
        wording=wording.as_data(),
    )


@transaction.atomic
def pair_row(version: PlanVersion, row_id: int, number: int | None, *, by: Account, now: datetime) -> None:
    """
    Say which obligation of the version in force a row continues, by its number; None if it is a new task.

    Raises: `NotTheOffice`; `NotADraft`; `NoSuchRow` if row or obligation is not there, or another row continues it.
    """
    draft = open_draft(version, by=by, now=now)
    (row,) = rows_in(draft, [row_id])
    row.continues = None
    if number is not None:
        row.continues = listed(draft.plan).filter(number=number).first()
        others = DraftRow.objects.filter(version=draft, continues=row.continues).exclude(pk=row.pk)
        if row.continues is None or others.exists():
            raise NoSuchRow(
                f"执行中的方案没有第 {number} 项任务，或者已有另一行对应它", remedy="请核对序号。", field="continues"
            )
    row.save()


def said_in(version: PlanVersion, span: Span) -> Wording:
    """Return the words of a stretch of the text as a task, with the times and targets that they name."""
    folded, text = fold(version.text), span.of(version.text).strip()
    clause = next((found["clause"] for found in reversed(version.headings) if found["span"][0] <= span.start), "")
    issued_on = version.front.get("issued_on")
    own = due_in(folded, span, issued_on=date.fromisoformat(issued_on) if issued_on else None)
    more = [due for due in recurrences_in(folded, span) if due.period != own.period]
    return Wording(
        clause=clause,
        title=short_name(text),
        text=text,
        dues=tuple(worded_due(due) for due in (own, *more) if due.raw),
        targets=tuple(worded_target(target) for target in targets_in(folded, version.text, span)),
    )


def check_wording(wording: Wording) -> None:
    """Check that the ledger can hold a wording. Raises: `BadWording` naming the field."""
    for field, text, most, least in (
        ("clause", wording.clause, LONGEST_CLAUSE, 0),
        ("title", wording.title, LONGEST_TITLE, 1),
        ("text", wording.text, LONGEST_TEXT, 0),
        *(("units", unit.name, LONGEST_RAW, 1) for unit in wording.units),
        *(("dues", due.raw, LONGEST_RAW, 0) for due in wording.dues),
        *(("dues", due.window, LONGEST_WINDOW, 0) for due in wording.dues),
        *(("targets", target.indicator, LONGEST_RAW, 1) for target in wording.targets),
    ):
        if not least <= len(text.strip()) <= most:
            raise BadWording(f"{_TITLES[field]}应为 {least} 至 {most} 字，现为 {len(text)} 字", field=field)
    names = [unit.name for unit in wording.units]
    if len(set(names)) != len(names):
        raise BadWording("同一单位写了两次", remedy="每个单位只写一次，牵头单位注明牵头即可。", field="units")
    if any(due.type is DueType.DATE and due.on is None for due in wording.dues):
        raise BadWording("完成时限选了日期，但没有填写日期", remedy="请填写日期，或改选周期、长期。", field="dues")
    if any(target.value and not _DECIMAL.fullmatch(target.value) for target in wording.targets):
        raise BadWording("指标的目标值应为数字", remedy="请只填数字，单位填在后面一格。", field="targets")


_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", re.ASCII)
_TITLES: Mapping[str, str] = {
    "clause": "条款号", "title": "任务名称", "text": "任务内容", "units": "单位名称", "dues": "时限原文",
    "targets": "指标名称",
}  # fmt: skip


def _plain(value: Any) -> Any:
    # what comes back from JSON has lists where a wording has tuples
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
