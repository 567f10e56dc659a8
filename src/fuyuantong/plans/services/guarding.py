"""Who may change a plan, and when: the office that keeps it, as long as the version is a draft."""

from collections.abc import Iterable
from datetime import datetime

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.queries import posts_held
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.plans.models.draft import DraftRow
from fuyuantong.plans.models.plan import Plan, PlanVersion
from fuyuantong.plans.queries.offices import kept_by
from fuyuantong.plans.vocabulary import VersionState
from fuyuantong.refusal import Refusal


class NotTheOffice(Refusal):
    """Only the office that keeps a plan changes it."""

    key = "not-the-office"
    title = "没有办理权限"


class NotADraft(Refusal):
    """A version that is published or cannot be read is not changed."""

    key = "not-a-draft"
    title = "该版本不能修改"


class NoSuchRow(Refusal):
    """A row of the draft that is not there any more."""

    key = "no-such-row"
    title = "没有这一行"


def office_of(account: Account, *, now: datetime) -> Organ:
    """
    Return the organ whose office the account is.

    Raises: `NotTheOffice` if it holds no such post.
    """
    held = next((post for post in posts_held(account, at=now) if post.kind == PostKind.OFFICE), None)
    if held is None:
        raise NotTheOffice("您没有领导小组办公室的职务", remedy="请由领导小组办公室的人员办理。")
    return Organ.objects.get(pk=held.organ_id)


def check_office(plan: Plan, *, by: Account, now: datetime) -> None:
    """Check that an account is of the office that keeps a plan, or that came after it. Raises: `NotTheOffice`."""
    if not keeps(by, plan, now=now):
        raise NotTheOffice(
            f"《{plan.name}》由领导小组办公室管理，您没有该办公室的职务", remedy="请由领导小组办公室的人员办理。"
        )


def keeps(account: Account, plan: Plan, *, now: datetime) -> bool:
    """Tell whether an account is of the office that keeps a plan, or that came after it."""
    offices = {post.organ_id for post in posts_held(account, at=now) if post.kind == PostKind.OFFICE}
    return kept_by(plan, offices, on=now.astimezone(SHANGHAI).date())


def open_draft(version: PlanVersion, *, by: Account, now: datetime) -> PlanVersion:
    """
    Return a draft for changing, locked until the transaction ends.

    Raises: `NotTheOffice`; `NotADraft`.
    """
    found = PlanVersion.objects.select_for_update(of=("self",)).select_related("plan__office").get(pk=version.pk)
    check_office(found.plan, by=by, now=now)
    if found.state != VersionState.DRAFT:
        raise NotADraft("只有待确认的草稿可以修改", remedy="请刷新页面；已发布的方案需要调整的，请上传新版本。")
    return found


def rows_in(version: PlanVersion, ids: Iterable[int]) -> list[DraftRow]:
    """Return rows of a version in the order of the text. Raises: `NoSuchRow` if one is missing."""
    wanted = set(ids)
    rows = list(DraftRow.objects.filter(version=version, pk__in=wanted))
    if not rows or len(rows) != len(wanted):
        raise NoSuchRow("所选的任务不在这份草稿中", remedy="可能有人刚刚重新读取了方案，请刷新页面后再办。")
    return rows
