"""Who sits where: seats taken and left, and plans that adopt the one of the superior region."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from fuyuantong.organs.division_codes import regions_above
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.services import check_living
from fuyuantong.plans.models.organisation import Seat
from fuyuantong.plans.models.plan import Plan
from fuyuantong.plans.organisation import FIELD_TITLES, SECTIONS, SINGLE, SeatPart, Section, post_title
from fuyuantong.plans.services.guarding import NotTheOffice, check_office, office_of
from fuyuantong.refusal import Refusal

LONGEST = {"theme": 60, "person": 60, "post": 100, "phone": 40, "note": 400}


class BadSeat(Refusal):
    """A seat of which something is missing, too long, or taken already."""

    key = "bad-seat"
    title = "机构登记有误"


class BadAdoption(Refusal):
    """A plan adopts the one of a region above its own."""

    key = "bad-adoption"
    title = "不能这样衔接"


@dataclass(frozen=True, kw_only=True)
class NewSeat:
    """What is said of a seat when it is taken."""

    section: str
    part: str
    valid_from: date
    theme: str = ""
    organ: Organ | None = None
    account: Account | None = None
    person: str = ""
    post: str = ""
    phone: str = ""
    note: str = ""


@transaction.atomic
def take_seat(new: NewSeat, *, region_code: str, by: Account, now: datetime) -> Seat:
    """
    Enter who sits where from a day on; who sat there before is ended apart.

    Raises: `NotTheOffice` if the account is not of the region's office; `BadSeat` naming the field; `OrganNotLiving`.
    """
    check_office_of(region_code, by=by, now=now)
    said = {key: " ".join(getattr(new, key).split()) for key in LONGEST}
    if new.account is not None:
        said["person"] = said["person"] or new.account.display_name
    _check(new, said)
    if new.organ is not None:
        check_living(new.organ, on=new.valid_from)
    taken = Seat.objects.filter(region_code=region_code, section=new.section, part=new.part).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=new.valid_from)
    )
    if (new.section, new.part) not in SINGLE:
        taken = taken.filter(organ=new.organ, **{key: said[key] for key in ("theme", "person", "post")})
    if taken.exists():
        raise BadSeat("同样的登记还在有效期内", remedy="有变动的，请先结束原有登记，再登记新的。")
    return Seat.objects.create(
        region_code=region_code,
        section=new.section,
        part=new.part,
        organ=new.organ,
        account=new.account,
        valid_from=new.valid_from,
        entered_by=by,
        entered_at=now,
        **said,
    )


@transaction.atomic
def leave_seat(seat_id: int, *, on: date, region_code: str, by: Account, now: datetime) -> Seat:
    """
    End a seat: `on` is the first day without it; the row stays as history.

    Raises: `NotTheOffice`; `BadSeat` if it is not there, ended already, or the day lies before its beginning.
    """
    check_office_of(region_code, by=by, now=now)
    seat = Seat.objects.select_for_update(of=("self",)).filter(pk=seat_id, region_code=region_code).first()
    if seat is None or seat.valid_to is not None:
        raise BadSeat("该登记已经结束，或者不在本地名册中", remedy="请刷新页面核对。")
    if on <= seat.valid_from:
        raise BadSeat(f"结束日期应晚于登记生效的 {seat.valid_from}", remedy="请更正日期。", field="valid_to")
    Seat.objects.filter(pk=seat.pk).update(valid_to=on, ended_by=by, ended_at=now)
    seat.refresh_from_db()
    return seat


@transaction.atomic
def adopt(plan: Plan, above: Plan | None, *, by: Account, now: datetime) -> None:
    """
    Say which plan of a superior region a plan carries out; None takes it back.

    Raises: `NotTheOffice`; `BadAdoption` if the other is not of a region above.
    """
    check_office(plan, by=by, now=now)
    if above is not None and above.region_code not in regions_above(plan.region_code)[1:]:
        raise BadAdoption(f"《{above.name}》不是上级地区的方案", remedy="请选择上级市、省的方案。", field="above")
    Plan.objects.filter(pk=plan.pk).update(above=above)


def check_office_of(region_code: str, *, by: Account, now: datetime) -> None:
    """Check that an account is of the office of a region. Raises: `NotTheOffice`."""
    if office_of(by, now=now).region_code != region_code:
        raise NotTheOffice("组织机构由本地领导小组办公室登记", remedy="请由该地领导小组办公室的人员办理。")


def _check(new: NewSeat, said: dict[str, str]) -> None:
    if new.section not in set(Section):
        raise BadSeat("没有这一类登记", remedy="请从页面上选择。", field="section")
    section = Section(new.section)
    kinds = SECTIONS[section].seats
    if new.part not in set(SeatPart) or SeatPart(new.part) not in kinds:
        raise BadSeat(f"“{SECTIONS[section].title}”没有这一席位", remedy="请从页面上选择。", field="part")
    kind = kinds[SeatPart(new.part)]
    for key in kind.needs:
        if not (new.organ if key == "organ" else said[key]):
            title = post_title(section) if key == "post" else FIELD_TITLES[key]
            raise BadSeat(f"登记{kind.title}须写明{title}", remedy=f"请填写{title}。", field=key)
    for key, longest in LONGEST.items():
        if len(said[key]) > longest:
            raise BadSeat(f"{FIELD_TITLES[key]}不超过 {longest} 字", remedy="请精简。", field=key)
