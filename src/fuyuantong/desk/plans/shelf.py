"""What every page of plans begins with: how far the person sees plans, and the version that is asked for."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from fuyuantong.desk.visit import Visit
from fuyuantong.plans.models.plan import PlanVersion
from fuyuantong.plans.queries.documents import NoSuchPlan, keeps, shelf_of, version_on
from fuyuantong.plans.vocabulary import VersionState


@dataclass(frozen=True)
class Opened:
    """A version that the person may read; `is_kept`: it is of the office that keeps the plan."""

    version: PlanVersion
    is_kept: bool

    @cached_property
    def is_draft(self) -> bool:
        """Say whether the person may change it."""
        return self.is_kept and self.version.state == VersionState.DRAFT


def opened(visit: Visit, uid: UUID, number: int | None = None) -> Opened:
    """Return a version for reading. Raises: `NoSuchPlan`."""
    shelf = shelf_of(visit.account, at=visit.now)
    version = version_on(shelf, uid, number, at=visit.now)
    return Opened(version, keeps(version.plan, shelf, at=visit.now))


def opened_by_office(visit: Visit, uid: UUID, number: int | None = None) -> Opened:
    """Return a version for the office that keeps it. Raises: `NoSuchPlan`."""
    found = opened(visit, uid, number)
    if not found.is_kept:
        raise NoSuchPlan("这一页只对管理该方案的领导小组办公室开放", remedy="请从方案列表进入。")
    return found
