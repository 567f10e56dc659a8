"""Reading the organisation of the cooperation: who sits where on a day, and who did before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from fuyuantong.organs.division_codes import level_of, prefix_of, regions_above
from fuyuantong.organs.models import Region
from fuyuantong.organs.queries import region_on
from fuyuantong.organs.vocabulary import RegionLevel
from fuyuantong.plans.models.organisation import Seat
from fuyuantong.plans.models.plan import Plan
from fuyuantong.plans.organisation import SECTIONS, SeatPart, Section
from fuyuantong.plans.vocabulary import VersionState

_NEXT = {RegionLevel.PROVINCE: RegionLevel.CITY, RegionLevel.CITY: RegionLevel.COUNTY}


@dataclass(frozen=True, slots=True)
class Adoption:
    """A region below, its plan in force if it has one, and whether that names ours as the one it carries out."""

    region: Region
    plan: Plan | None
    is_adopted: bool


def seats_on(region_code: str, *, on: date) -> dict[Section, list[Seat]]:
    """Return who sits where in a region on a day, by section, in the order of rank and theme."""
    found = Seat.objects.filter(region_code=region_code, valid_from__lte=on)
    running = found.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return _by_section(running.select_related("organ", "account"))


def seats_before(region_code: str, *, on: date) -> list[Seat]:
    """Return the seats of a region that are over on a day, the last ended first."""
    found = Seat.objects.filter(region_code=region_code, valid_to__lte=on)
    return list(found.select_related("organ", "account", "ended_by").order_by("-valid_to", "-pk"))


def regions_with_organisation(codes: Iterable[str], *, on: date) -> list[Region]:
    """Return, of the regions in sight of an official, those that have an organisation or a plan, nearest first."""
    own = list(codes)
    near = Q(pk=None)
    for code in own:
        near |= Q(region_code__in=regions_above(code)) | Q(region_code__startswith=prefix_of(code))
    known = {*Seat.objects.filter(near).values_list("region_code", flat=True)}
    known |= {*Plan.objects.filter(near).values_list("region_code", flat=True)}
    known |= {code for code in own if level_of(code) is not RegionLevel.TOWN}
    order = [above for code in own for above in regions_above(code)]
    ranked = sorted(known, key=lambda code: (order.index(code) if code in order else len(order), code))
    return [region for code in ranked if (region := region_on(code, on=on))]


def plan_of(region_code: str) -> Plan | None:
    """Return the plan that is in force in a region."""
    return _in_force().filter(region_code=region_code).select_related("above").order_by("-pk").first()


def plans_above(region_code: str) -> list[Plan]:
    """Return the plans in force of the regions above one."""
    return list(_in_force().filter(region_code__in=regions_above(region_code)[1:]).order_by("-region_code", "name"))


def adoptions(region_code: str, *, on: date) -> list[Adoption]:
    """Return the regions directly below one, with and without a plan that carries its plan out."""
    level = level_of(region_code)
    below = _NEXT.get(level) if level else None
    if below is None:
        return []
    regions = Region.objects.filter(code__startswith=prefix_of(region_code), level=below, valid_from__lte=on)
    living = regions.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).order_by("code")
    plans = {plan.region_code: plan for plan in _in_force().select_related("above").order_by("pk")}
    return [Adoption(one, plans.get(one.code), _carries_out(plans.get(one.code), region_code)) for one in living]


def _carries_out(plan: Plan | None, region_code: str) -> bool:
    return bool(plan and plan.above and plan.above.region_code == region_code)


def _in_force() -> QuerySet[Plan]:
    return Plan.objects.filter(versions__state=VersionState.PUBLISHED)


def _by_section(seats: Iterable[Seat]) -> dict[Section, list[Seat]]:
    ranks = {section: list(kind.seats) for section, kind in SECTIONS.items()}
    found: dict[Section, list[Seat]] = {section: [] for section in Section}
    for seat in seats:
        found[Section(seat.section)].append(seat)
    for section, rows in found.items():
        rows.sort(key=lambda seat: (seat.theme, ranks[section].index(SeatPart(seat.part)), seat.pk))
    return found
