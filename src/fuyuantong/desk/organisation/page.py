"""组织机构: who leads, who drives, who answers the telephone; entered by the office, read by the region's officials."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from fuyuantong.desk.administration.typed import day
from fuyuantong.desk.organ_tags import OrganTag, organs_to_choose, tags_by_id
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.organs.models import Organ, Region
from fuyuantong.organs.queries import account_by_username, organ_by_code
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.plans.models.organisation import Seat
from fuyuantong.plans.models.plan import Plan
from fuyuantong.plans.organisation import SECTIONS, TOPICS, SeatPart, Section, SectionKind, post_title
from fuyuantong.plans.queries.organisation import (
    adoptions,
    plan_of,
    plans_above,
    regions_with_organisation,
    seats_before,
    seats_on,
)
from fuyuantong.plans.services.organisation import NewSeat, adopt, leave_seat, take_seat
from fuyuantong.refusal import Concealed, Refusal


class NoOrganisation(Concealed):
    """Say that the region has no organisation, or none that the person may see."""

    key = "no-organisation"
    title = "没有该地的组织机构，或者您看不到它"


@dataclass(frozen=True, slots=True)
class ShownSeat:
    """One seat as it is shown."""

    seat: Seat
    title: str
    organ: OrganTag | None


@dataclass(frozen=True, slots=True)
class ShownSection:
    """One section with its seats."""

    key: str
    kind: SectionKind
    post: str
    seats: tuple[ShownSeat, ...]


@dataclass(frozen=True)
class Place:
    """The region that is shown, those that may be chosen, and whether the person is of its office."""

    region: Region
    choices: tuple[Region, ...]
    is_office: bool


@require_safe
@at_desk
def organisation(visit: Visit) -> HttpResponse:
    """Show who sits where, today or on the day that is asked for."""
    return _shown(visit)


@require_POST
@at_desk
def take(visit: Visit) -> HttpResponse:
    """Enter a seat."""
    fields = visit.request.POST

    def act(place: Place) -> None:
        new = NewSeat(
            section=fields.get("section", ""),
            part=fields.get("part", ""),
            valid_from=day(fields, "valid_from", title="生效日期"),
            organ=organ_by_code(fields["organ"]) if fields.get("organ") else None,
            account=account_by_username(fields["account"]) if fields.get("account") else None,
            **{key: fields.get(key, "") for key in ("theme", "person", "post", "phone", "note")},
        )
        take_seat(new, region_code=place.region.code, by=visit.account, now=visit.now)

    return _done(visit, act, "已登记。")


@require_POST
@at_desk
def leave(visit: Visit, seat: int) -> HttpResponse:
    """End a seat."""

    def act(place: Place) -> None:
        on = day(visit.request.POST, "valid_to", title="结束日期")
        leave_seat(seat, on=on, region_code=place.region.code, by=visit.account, now=visit.now)

    return _done(visit, act, "已结束，记录留在历史中。")


@require_POST
@at_desk
def adopt_plan(visit: Visit) -> HttpResponse:
    """Say which plan of a superior region the own one carries out."""

    def act(place: Place) -> None:
        plan = plan_of(place.region.code)
        wanted = visit.request.POST.get("above", "")
        above = next((one for one in plans_above(place.region.code) if str(one.uid) == wanted), None)
        if plan:
            adopt(plan, above, by=visit.account, now=visit.now)

    return _done(visit, act, "已更新两级衔接。")


def place_of(visit: Visit, wanted: str) -> Place:
    """
    Return the region that is asked for, else the nearest of the person's.

    Raises: `NoOrganisation` for one that is neither own nor above or below.
    """
    organs = {post.organ_id for post in visit.person.posts}
    own = list(dict.fromkeys(Organ.objects.filter(pk__in=organs).order_by("pk").values_list("region_code", flat=True)))
    choices = tuple(regions_with_organisation(own, on=visit.today))
    region = next((one for one in choices if not wanted or one.code == wanted), None)
    if region is None:
        raise NoOrganisation("该地没有登记，或者不在您所在地区的上下级之中", remedy="请从左侧“组织机构”进入。")
    offices = {post.organ_id for post in visit.person.posts if post.kind == PostKind.OFFICE}
    codes = Organ.objects.filter(pk__in=offices).values_list("region_code", flat=True)
    return Place(region, choices, region.code in set(codes))


def sections_of(place: Place, *, on: date) -> list[ShownSection]:
    """Return the sections of a region with their seats on a day."""
    found = seats_on(place.region.code, on=on)
    tags = tags_by_id({seat.organ_id for seats in found.values() for seat in seats if seat.organ_id}, on=on)
    return [
        ShownSection(
            section.value,
            SECTIONS[section],
            post_title(section),
            tuple(shown_seat(seat, tags) for seat in seats),
        )
        for section, seats in found.items()
    ]


def shown_seat(seat: Seat, tags: Mapping[int, OrganTag]) -> ShownSeat:
    """Return a seat with its title and the tag of its organ."""
    title = SECTIONS[Section(seat.section)].seats[SeatPart(seat.part)].title
    return ShownSeat(seat, title, tags.get(seat.organ_id) if seat.organ_id else None)


def sees_phones(visit: Visit) -> bool:
    """Tell whether the person acts for an organ: telephone numbers are for officials at work."""
    return visit.person.organ is not None


def day_asked(visit: Visit) -> date:
    """Return the day that the address asks for, today for what is none."""
    try:
        return date.fromisoformat(visit.request.GET.get("on", ""))
    except ValueError:
        return visit.today


def _done(visit: Visit, act: Callable[[Place], None], said: str) -> HttpResponse:
    region = visit.request.POST.get("region", "")
    try:
        act(place_of(visit, region))
    except Concealed:
        raise
    except Refusal as refusal:
        return _shown(visit, refusal=refusal)
    messages.success(visit.request, said)
    return redirect(f"{reverse('organisation')}?{urlencode({'region': region})}")


def _shown(visit: Visit, *, refusal: Refusal | None = None) -> HttpResponse:
    typed = visit.request.POST
    place, on = place_of(visit, typed.get("region", "") or visit.request.GET.get("region", "")), day_asked(visit)
    before = seats_before(place.region.code, on=on)
    tags = tags_by_id({seat.organ_id for seat in before if seat.organ_id}, on=on)
    plan: Plan | None = plan_of(place.region.code)
    context = {
        "place": place,
        "on": on,
        "sections": sections_of(place, on=on),
        "before": [(SECTIONS[Section(seat.section)].title, shown_seat(seat, tags)) for seat in before],
        "phones": sees_phones(visit),
        "plan": plan,
        "above": plans_above(place.region.code) if place.is_office and plan else [],
        "below": adoptions(place.region.code, on=visit.today),
        "organs": organs_to_choose(place.region.code, on=visit.today) if place.is_office else [],
        "topics": TOPICS,
        "refusal": refusal,
        "typed": typed,
        "today": visit.today,
    }
    return visit.page("desk/organisation/page.html", context)
