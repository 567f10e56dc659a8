"""Reading plans: which there are around a person, and one version with its text, sentences and rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Q

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.organs.division_codes import prefix_of, regions_above
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.queries import posts_held
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.plans.models.draft import DraftRow, PlanSentence
from fuyuantong.plans.models.obligation import Obligation
from fuyuantong.plans.models.plan import Plan, PlanVersion
from fuyuantong.plans.queries.offices import kept_by
from fuyuantong.plans.vocabulary import Decision, VersionState
from fuyuantong.reading.values import SentenceKind
from fuyuantong.refusal import Concealed

SHOWN = frozenset({VersionState.PUBLISHED, VersionState.SUPERSEDED})


class NoSuchPlan(Concealed):
    """A plan that is not there, or not for this person."""

    key = "no-such-plan"
    title = "没有这份方案"


@dataclass(frozen=True, slots=True)
class Shelf:
    """
    How far a person sees plans at a moment.

    `regions` are those of its posts: a plan is read in its region, and in those above and below. `offices` are the
    organs whose office the person is: drafts are theirs alone.
    """

    regions: frozenset[str]
    offices: frozenset[int]


@dataclass(frozen=True, slots=True)
class ListedPlan:
    """A plan as the list shows it: the version in force, else the last one; counts of obligations and of open rows."""

    plan: Plan
    version: PlanVersion
    draft: PlanVersion | None
    obligations: int
    closed: int
    waiting: int


def shelf_of(account: Account, *, at: datetime) -> Shelf:
    """Return how far an account sees plans at a moment; nobody without a post sees any."""
    posts = posts_held(account, at=at)
    organs = Organ.objects.in_bulk({post.organ_id for post in posts})
    return Shelf(
        regions=frozenset(organ.region_code for organ in organs.values()),
        offices=frozenset(post.organ_id for post in posts if post.kind == PostKind.OFFICE),
    )


def keeps(plan: Plan, shelf: Shelf, *, at: datetime) -> bool:
    """Say whether a person is of the office that keeps a plan, or that came after it."""
    return kept_by(plan, shelf.offices, on=at.astimezone(SHANGHAI).date())


def plans_on(shelf: Shelf, *, at: datetime) -> list[ListedPlan]:
    """Return the plans that a person may read, nearest region first, the latest first within each."""
    plans = list(Plan.objects.filter(near(shelf)).select_related("office").prefetch_related("versions").order_by("-pk"))
    kept = {plan.office_id: plan for plan in plans}
    offices = {office for office, plan in kept.items() if keeps(plan, shelf, at=at)}
    counted, waiting = _counts(plans), _waiting(plans)
    found = [
        _listed(plan, counted.get(plan.pk, (0, 0)), waiting.get(plan.pk, 0), is_kept=plan.office_id in offices)
        for plan in plans
    ]
    return sorted((one for one in found if one is not None), key=lambda one: one.plan.region_code not in shelf.regions)


def plan_on(shelf: Shelf, uid: UUID) -> Plan:
    """Return a plan that a person may read. Raises: `NoSuchPlan`."""
    plan = Plan.objects.filter(near(shelf), uid=uid).select_related("office").first()
    if plan is None:
        raise NoSuchPlan("没有这份方案，或者您所在的地区看不到它", remedy="请从方案列表进入。")
    return plan


def version_on(shelf: Shelf, uid: UUID, number: int | None, *, at: datetime) -> PlanVersion:
    """
    Return a version that a person may read; without a number the one in force, else the draft, else the last.

    Raises: `NoSuchPlan`; drafts and what cannot be read are shown to the office alone.
    """
    plan = plan_on(shelf, uid)
    found = [version for version in versions_of(plan) if number in (None, version.number)]
    if not keeps(plan, shelf, at=at):
        found = [version for version in found if version.state in SHOWN]
    order = [
        VersionState.PUBLISHED,
        VersionState.DRAFT,
        VersionState.UNREADABLE,
        VersionState.SUPERSEDED,
        VersionState.ABANDONED,
    ]
    if not found:
        raise NoSuchPlan("没有这份方案的这一版，或者它还没有发布", remedy="请从方案列表进入。")
    return min(found, key=lambda version: (order.index(VersionState(version.state)), -version.number))


def versions_of(plan: Plan) -> list[PlanVersion]:
    """Return the versions of a plan, the latest first."""
    found = PlanVersion.objects.filter(plan=plan).select_related("plan__office", "uploaded_by", "published_by")
    return list(found.order_by("-number"))


def sentences_of(version: PlanVersion) -> list[PlanSentence]:
    """Return the sentences of a version in their order."""
    return list(PlanSentence.objects.filter(version=version).order_by("start", "end"))


def questions_of(version: PlanVersion) -> list[int]:
    """Return where the sentences begin that need a human and that nobody has judged."""
    found = PlanSentence.objects.filter(version=version, kind=SentenceKind.NEEDS_HUMAN, judged_kind="")
    return list(found.order_by("start").values_list("start", flat=True))


def rows_of(version: PlanVersion) -> list[DraftRow]:
    """Return the rows of a version in the order of the text. Shape: corrections and who decided are loaded."""
    found = DraftRow.objects.filter(version=version).select_related("decided_by", "continues")
    return list(found.prefetch_related("corrections"))


def row_of(version: PlanVersion, row_id: int) -> DraftRow:
    """Return one row of a version. Raises: `NoSuchPlan`."""
    row = DraftRow.objects.filter(version=version, pk=row_id).select_related("continues").first()
    if row is None:
        raise NoSuchPlan("草稿中没有这一行", remedy="方案可能刚刚重新读取过，请回到草稿页。")
    return row


def near(shelf: Shelf) -> Q:
    """Return the condition that a plan is of a region of the shelf, or of one above or below it."""
    if not shelf.regions:
        return Q(pk=None)
    each = (
        Q(region_code__in=regions_above(region)) | Q(region_code__startswith=prefix_of(region))
        for region in shelf.regions
    )
    return reduce(or_, each)


def _counts(plans: Sequence[Plan]) -> dict[int, tuple[int, int]]:
    found = Obligation.objects.filter(plan__in=plans).values("plan")
    counted = found.annotate(every=Count("pk"), done=Count("pk", filter=Q(closed_on__isnull=False)))
    return {row["plan"]: (row["every"], row["done"]) for row in counted}


def _waiting(plans: Sequence[Plan]) -> dict[int, int]:
    rows = DraftRow.objects.filter(
        version__plan__in=plans, version__state=VersionState.DRAFT, decision=Decision.OPEN, is_standing=False
    )
    return dict(rows.values_list("version__plan").annotate(Count("pk")).order_by())


def _listed(plan: Plan, counted: tuple[int, int], waiting: int, *, is_kept: bool) -> ListedPlan | None:
    versions: Iterable[PlanVersion] = plan.versions.all()
    seen = frozenset(VersionState) - {VersionState.ABANDONED} if is_kept else SHOWN
    shown = sorted((one for one in versions if one.state in seen), key=lambda one: one.number)
    if not shown:
        return None
    in_force = next((one for one in shown if one.state == VersionState.PUBLISHED), shown[-1])
    draft = next((one for one in shown if one.state == VersionState.DRAFT), None)
    every, done = counted
    return ListedPlan(plan, in_force, draft, every - done, done, waiting)
