"""The tasks of a pack as a version of its plan: drafted, confirmed and published like any other."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from fuyuantong.matters.services.files import store_file
from fuyuantong.organs.models import Account, Organ
from fuyuantong.plans.drafting import ReadRow
from fuyuantong.plans.models.draft import DraftRow
from fuyuantong.plans.models.obligation import Obligation
from fuyuantong.plans.models.plan import Plan, PlanVersion
from fuyuantong.plans.pack import Pack
from fuyuantong.plans.services.deciding import confirm_rows
from fuyuantong.plans.services.evidence import Known, suggest_each
from fuyuantong.plans.services.publishing import Published, publish
from fuyuantong.plans.services.restating import Restated, draft_restated, rows_in
from fuyuantong.plans.vocabulary import VersionState
from fuyuantong.reading.reading import digest_of
from fuyuantong.reading.values import DocumentKind
from fuyuantong.refusal import Refusal

RULE: Final = "pack"
MIME: Final = "text/plain"


class DraftInTheWay(Refusal):
    """The plan of a pack has a draft about which people have not decided."""

    key = "draft-in-the-way"
    title = "方案还有待确认的草稿"


def tasks_are_there(pack: Pack) -> bool:
    """Tell whether the plan of a pack has a version that is the pack's, word by word."""
    same = PlanVersion.objects.filter(plan__region_code=pack.region, text_digest=digest_of(pack.text()))
    return same.filter(plan__name=pack.plan).exists()


def publish_tasks(pack: Pack, *, office: Organ, by: Account, now: datetime) -> Published:
    """
    Publish the tasks of a pack as the next version of its plan.

    Raises: `DraftInTheWay`; what `publish` refuses.
    """
    plan = Plan.objects.filter(region_code=pack.region, name=pack.plan).order_by("pk").first()
    if plan is None:
        plan = Plan.objects.create(region_code=pack.region, name=pack.plan, office=office, created_at=now)
    _adopt(plan, pack)
    if PlanVersion.objects.filter(plan=plan, state=VersionState.DRAFT).exists():
        raise DraftInTheWay(f"《{plan.name}》有待确认的草稿", remedy="请先发布这份草稿，再应用方案包。")
    restated = _restated(pack, now=now)
    version = draft_restated(plan, restated, by=by, now=now)
    confirm_rows(version, DraftRow.objects.filter(version=version).values_list("pk", flat=True), by=by, now=now)
    published = publish(version, by=by, now=now)
    _measure(version, pack, restated.rows, now=now)
    return published


def _adopt(plan: Plan, pack: Pack) -> None:
    """Let the plan name the one of the superior region that it adopts, as soon as that is there."""
    above = Plan.objects.filter(name=pack.above).exclude(pk=plan.pk).order_by("pk").first() if pack.above else None
    if above and plan.above_id is None:
        plan.above = above
        plan.save(update_fields=["above"])


def _restated(pack: Pack, *, now: datetime) -> Restated:
    """Return the text of a pack, and its tasks as rows that point into it."""
    text = pack.text()
    return Restated(
        digest=store_file(text.encode(), mime=MIME, now=now),
        file_name=f"{pack.key}.txt",
        text=text,
        front={
            "title": pack.plan,
            "doc_number": pack.document,
            "issuers": [],
            "issued_on": pack.issued_on.isoformat(),
            "doc_kind": DocumentKind.PLAN,
        },
        rows=rows_in(text, (task.wording for task in pack.tasks), rule=RULE),
    )


def _measure(version: PlanVersion, pack: Pack, rows: Sequence[ReadRow], *, now: datetime) -> None:
    """Say of each task what it is of all that the system knows, so that its evidence is found by that."""
    known = {
        row.signature: Known(rows=task.rows, opens=task.opens)
        for row, task in zip(rows, pack.tasks, strict=True)
        if task.rows
    }
    drafted = DraftRow.objects.filter(version=version, signature__in=known, continues__isnull=False)
    by_obligation = {
        continues: known[signature] for signature, continues in drafted.values_list("signature", "continues")
    }
    suggest_each(Obligation.objects.filter(pk__in=by_obligation), now=now, known=by_obligation)
