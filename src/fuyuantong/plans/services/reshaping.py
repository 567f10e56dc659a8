"""Making one task of several rows of a draft, or two of one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from fuyuantong.organs.models import Account
from fuyuantong.plans.drafting import signature_of
from fuyuantong.plans.models.draft import DraftRow
from fuyuantong.plans.models.plan import PlanVersion
from fuyuantong.plans.services.correcting import record_wording
from fuyuantong.plans.services.deciding import Decided
from fuyuantong.plans.services.guarding import open_draft, rows_in
from fuyuantong.plans.short_names import short_name
from fuyuantong.plans.vocabulary import Decision, RowOrigin
from fuyuantong.plans.wording import WordedUnit, Wording
from fuyuantong.refusal import Refusal

Value = TypeVar("Value")
LIVE = frozenset({Decision.OPEN, Decision.CONFIRMED})


class BadCut(Refusal):
    """A task is split inside its words, and two tasks are needed to make one."""

    key = "bad-cut"
    title = "不能这样拆分或合并"


@transaction.atomic
def merge_rows(version: PlanVersion, ids: Iterable[int], *, by: Account, now: datetime) -> DraftRow:
    """
    Make one task of several rows: the first takes the words, units, dues and targets of the others.

    Shape: the first, open again; the others point to it. Raises: `NotTheOffice`; `NotADraft`; `NoSuchRow`; `BadCut`
    for fewer than two; `Decided` if one is left out or merged; `BadWording` if the words together are too many.
    """
    draft = open_draft(version, by=by, now=now)
    first, *others = rows_in(draft, ids)
    if not others:
        raise BadCut("只选了一行", remedy="请勾选要合并的两行或几行。")
    _require_live((first, *others))
    wordings = [Wording.from_data(row.wording) for row in (first, *others)]
    record_wording(first, _joined(wordings), by=by, now=now)
    _reopen(first)
    for row in others:
        row.decision, row.merged_into, row.decided_by, row.decided_at = Decision.MERGED, first, by, now
    DraftRow.objects.bulk_update(others, ["decision", "merged_into", "decided_by", "decided_at"])
    return first


@transaction.atomic
def split_row(version: PlanVersion, row_id: int, at: int, *, by: Account, now: datetime) -> DraftRow:
    """
    Split a task before a character of its words; both parts keep units and times, and are open.

    Shape: the new second part. Raises: as `merge_rows`; `BadCut` if a part would be empty.
    """
    draft = open_draft(version, by=by, now=now)
    (row,) = rows_in(draft, [row_id])
    _require_live([row])
    wording = Wording.from_data(row.wording)
    begin, rest = wording.text[:at].strip(), wording.text[at:].strip()
    if at <= 0 or not begin or not rest:
        raise BadCut("断开处不在任务内容之内", remedy="请选择从哪一句断开。", field="at")
    names = [unit.name for unit in wording.units]
    second = replace(wording, text=rest, title=short_name(rest, units=names))
    start = draft.text.find(rest, row.part_start)
    added = DraftRow.objects.create(
        version=draft,
        place=start if start >= 0 else row.place,
        origin=RowOrigin.SPLIT,
        span_start=row.span_start,
        span_end=row.span_end,
        part_start=start if start >= 0 else row.part_start,
        part_end=start + len(rest) if start >= 0 else row.part_end,
        rule=row.rule,
        signature=signature_of(rest),
        wording=second.as_data(),
        sources=row.sources,
    )
    record_wording(row, replace(wording, text=begin, title=short_name(begin, units=names)), by=by, now=now)
    _reopen(row)
    return added


def _joined(wordings: Sequence[Wording]) -> Wording:
    first = wordings[0]
    leads = {unit.name for wording in wordings for unit in wording.units if unit.is_lead}
    names = _each_once(unit.name for wording in wordings for unit in wording.units)
    return replace(
        first,
        text="\n".join(_each_once(wording.text for wording in wordings)),
        units=tuple(WordedUnit(name=name, is_lead=name in leads) for name in names),
        dues=_each_once(due for wording in wordings for due in wording.dues),
        targets=_each_once(target for wording in wordings for target in wording.targets),
    )


def _each_once(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(values))


def _require_live(rows: Iterable[DraftRow]) -> None:
    if any(row.decision not in LIVE for row in rows):
        raise Decided("其中有不列入或已并入的任务", remedy="请先恢复为待确认，再拆分或合并。")


def _reopen(row: DraftRow) -> None:
    row.decision, row.reason, row.decided_by, row.decided_at = Decision.OPEN, "", None, None
    row.save()
