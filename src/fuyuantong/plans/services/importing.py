"""Bringing an office's own task ledger in: its rows are published as a plan, and keep their notes of progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.words import said
from fuyuantong.organs.models import Account
from fuyuantong.plans.models.draft import DraftRow
from fuyuantong.plans.models.obligation import Obligation
from fuyuantong.plans.models.plan import Plan
from fuyuantong.plans.models.progress import ProgressNote
from fuyuantong.plans.services.closing import close
from fuyuantong.plans.services.deciding import confirm_rows
from fuyuantong.plans.services.guarding import office_of
from fuyuantong.plans.services.publishing import Published, publish
from fuyuantong.plans.services.restating import Restated, draft_restated, rows_in
from fuyuantong.plans.task_table import TaskRead
from fuyuantong.plans.vocabulary import NoteKind
from fuyuantong.reading.values import DocumentKind
from fuyuantong.refusal import Refusal

RULE: Final = "table"
LONGEST_NAME: Final = 200
DONE: Final = "原台账注明已完成"


class BadLedger(Refusal):
    """A table of tasks that cannot be taken as it is."""

    key = "bad-ledger"
    title = "任务台账不能导入"


@dataclass(frozen=True, kw_only=True)
class LedgerTable:
    """A table as it was read: the stored file by its digest, how the plan is to be called, and the rows to be taken."""

    digest: str
    file_name: str
    name: str
    tasks: Sequence[TaskRead]


@transaction.atomic
def import_ledger(table: LedgerTable, *, by: Account, now: datetime) -> tuple[Plan, Published]:
    """
    Publish the rows of a table as a plan of the region whose office the account is, all of them or none.

    Notes of progress stay beside their obligations; what the table calls done is closed.
    Raises: `NotTheOffice`; `BadLedger` for no rows, rows with faults, and a name that is taken.
    """
    office = office_of(by, now=now)
    name = said(table.name, longest=LONGEST_NAME, refusal=BadLedger, field="name")
    _check(table)
    if Plan.objects.filter(region_code=office.region_code, name=name).exists():
        raise BadLedger(f"已有名为《{name}》的方案", remedy="请另起名称，例如加上年份。", field="name")
    plan = Plan.objects.create(region_code=office.region_code, name=name, office=office, created_at=now)
    text = "\n".join(task.wording.text for task in table.tasks)
    version = draft_restated(
        plan,
        Restated(
            digest=table.digest,
            file_name=table.file_name,
            text=text,
            front={
                "title": name,
                "doc_number": None,
                "issuers": [],
                "issued_on": today(now).isoformat(),
                "doc_kind": DocumentKind.PLAN,
            },
            rows=rows_in(text, (task.wording for task in table.tasks), rule=RULE),
        ),
        by=by,
        now=now,
    )
    rows = DraftRow.objects.filter(version=version).order_by("place", "pk")
    confirm_rows(version, [row.pk for row in rows], by=by, now=now)
    published = publish(version, by=by, now=now)
    for task, row in zip(table.tasks, rows.select_related("continues").all(), strict=True):
        _keep_progress(row.continues, task, by=by, now=now)
    return plan, published


def _check(table: LedgerTable) -> None:
    wrong = [task.number for task in table.tasks if task.faults]
    if wrong:
        rows = "、".join(map(str, wrong[:10]))
        raise BadLedger(
            f"第 {rows} 行还有错误，一行也没有导入", remedy="请在 Excel 中改正后重新上传，或者不导入这些行。"
        )
    if not table.tasks:
        raise BadLedger("没有可以导入的行", remedy="请至少保留一行。")


def _keep_progress(obligation: Obligation, task: TaskRead, *, by: Account, now: datetime) -> None:
    if task.note:
        ProgressNote.objects.create(obligation=obligation, kind=NoteKind.IMPORTED, text=task.note, by=by, at=now)
    if task.is_done:
        close(obligation, DONE, by=by, now=now)
