"""Deciding about the rows and sentences of a draft: confirmed, left out with a reason, opened again, judged."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from fuyuantong.matters.services.words import said
from fuyuantong.organs.models import Account
from fuyuantong.plans.models.draft import DraftRow, PlanSentence
from fuyuantong.plans.models.plan import PlanVersion
from fuyuantong.plans.services.guarding import NoSuchRow, open_draft, rows_in
from fuyuantong.plans.vocabulary import DECISION_TITLES, Decision
from fuyuantong.reading.values import SentenceKind
from fuyuantong.refusal import Refusal

LONGEST_REASON = 400
JUDGED_REASON = "所在句子已判定为{}"
JUDGED = frozenset({SentenceKind.DUTY, SentenceKind.DEFINITION, SentenceKind.CONTEXT})


class Decided(Refusal):
    """A row about which somebody has decided otherwise."""

    key = "row-decided"
    title = "这一行已经处理过"


class BadReason(Refusal):
    """A task is left out for a reason."""

    key = "bad-reason"
    title = "须说明不列入的理由"


class BadJudgement(Refusal):
    """A sentence is a duty, a definition or background."""

    key = "bad-judgement"
    title = "不能这样判定"


@transaction.atomic
def confirm_rows(version: PlanVersion, ids: Iterable[int], *, by: Account, now: datetime) -> int:
    """
    Confirm rows of a draft, and take in standing ones. Shape: how many were not confirmed before.

    Raises: `NotTheOffice`; `NotADraft`; `NoSuchRow`; `Decided` for a row that is left out or merged.
    """
    draft = open_draft(version, by=by, now=now)
    rows = rows_in(draft, ids)
    for row in rows:
        _require(row, Decision.OPEN, Decision.CONFIRMED)
    fresh = [row for row in rows if row.decision == Decision.OPEN]
    return _decide(fresh, Decision.CONFIRMED, by=by, now=now)


@transaction.atomic
def dismiss_rows(version: PlanVersion, ids: Iterable[int], reason: str, *, by: Account, now: datetime) -> int:
    """
    Leave rows out of the ledger, with a reason that stays beside them.

    Raises: `NotTheOffice`; `NotADraft`; `NoSuchRow`; `BadReason`; `Decided` for a row that is merged.
    """
    draft = open_draft(version, by=by, now=now)
    words = said(reason, longest=LONGEST_REASON, refusal=BadReason, field="reason")
    rows = rows_in(draft, ids)
    for row in rows:
        _require(row, Decision.OPEN, Decision.CONFIRMED, Decision.DISMISSED)
    return _decide(rows, Decision.DISMISSED, by=by, now=now, reason=words)


@transaction.atomic
def reopen_row(version: PlanVersion, row_id: int, *, by: Account, now: datetime) -> None:
    """Take back what was decided about a row; a merged one stands by itself again. Raises: as `confirm_rows`."""
    draft = open_draft(version, by=by, now=now)
    rows = rows_in(draft, [row_id])
    rows[0].merged_into = None
    _decide(rows, Decision.OPEN, by=by, now=now)


@transaction.atomic
def judge_sentence(version: PlanVersion, start: int, kind: str, *, by: Account, now: datetime) -> None:
    """
    Say what the sentence at a place is; open rows of one that lays nothing down are left out by that.

    Raises: `NotTheOffice`; `NotADraft`; `BadJudgement`; `NoSuchRow` if no sentence begins there.
    """
    draft = open_draft(version, by=by, now=now)
    if kind not in JUDGED:
        raise BadJudgement("句子应判定为任务、定义或背景表述之一", remedy="请重新选择。", field="kind")
    sentence = PlanSentence.objects.filter(version=draft, start=start).first()
    if sentence is None:
        raise NoSuchRow("原文中没有从这里开始的句子", remedy="方案可能刚刚重新读取过，请刷新页面。")
    sentence.judged_kind, sentence.judged_by, sentence.judged_at = kind, by, now
    sentence.save()
    if kind != SentenceKind.DUTY:
        rows = DraftRow.objects.filter(
            version=draft, span_start=sentence.start, span_end=sentence.end, decision=Decision.OPEN
        )
        reason = JUDGED_REASON.format(SentenceKind(kind).word)
        _decide(list(rows), Decision.DISMISSED, by=by, now=now, reason=reason)


def _decide(rows: list[DraftRow], decision: Decision, *, by: Account, now: datetime, reason: str = "") -> int:
    for row in rows:
        row.decision, row.reason, row.decided_by, row.decided_at = decision, reason, by, now
    return DraftRow.objects.bulk_update(rows, ["decision", "reason", "decided_by", "decided_at", "merged_into"])


def _require(row: DraftRow, *decisions: Decision) -> None:
    if row.decision not in decisions:
        raise Decided(
            f"“{row.wording['title']}”{DECISION_TITLES[Decision(row.decision)]}", remedy="请先恢复为待确认，再办理。"
        )
