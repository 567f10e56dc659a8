"""Conferences on their way: called by the office, with a court and a bureau at the table."""

from datetime import datetime

from tests.suggestions import COURT, HOUSING, OFFICE, County, act

from fuyuantong.matters.models.link import Link, LinkKind
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.services.acts import open_by_hand
from fuyuantong.matters.services.files import store_file
from fuyuantong.matters.session import acting
from fuyuantong.protocol import Json

QUARTERLY = "季度常规会议"
PLACE = "县政府第二会议室"


def called(county: County, title: str, *, now: datetime, series: str = QUARTERLY, **more: Json) -> str:
    """Let the office announce a conference and ask for items; shape: its uid."""
    uid = open_by_hand("conference", title, by=county.by(OFFICE), now=now).matter
    values: dict[str, Json] = {
        "series": series,
        "title": title,
        "invitee_organs": [COURT, HOUSING],
        "guest_organs": [],
        "items": [{"item": "通报上半年行政诉讼情况", "ground": "每季度通报"}],
        "items_by": now.date().isoformat(),
    }
    act(county, uid, "call", now=now, **(values | more))
    return uid


def convened(
    county: County,
    title: str,
    *,
    on: str,
    now: datetime,
    place: str = PLACE,
    series: str = QUARTERLY,
    starts_at: str = "09:30",
    **more: Json,
) -> str:
    """Call a conference and set its day at once; shape: its uid."""
    uid = called(county, title, now=now, series=series)
    agenda = {"held_on": on, "starts_at": starts_at, "place": place, "items.listing": ["列入"]}
    act(county, uid, "set_agenda", now=now, **(agenda | more))
    return uid


def concluded(county: County, title: str, *, on: str, now: datetime, resolutions: list[Json]) -> list[str]:
    """Hold a conference and issue its minutes; shape: the uids of the matters that its resolutions became."""
    uid = convened(county, title, on=on, now=now)
    held = [{"person": "甲某", "post": "县法院副院长", "rank": "分管负责人"}]
    act(county, uid, "hold", now=now, attendance=held)
    circulated: dict[str, Json] = {
        "minutes": "会议议定以下事项。",
        "signer_organs": [COURT],
        "resolutions": resolutions,
    }
    act(county, uid, "circulate", now=now, **circulated, **{"items.outcome": ["会议同意。"]})
    for sheet in children_of(uid, "countersignature"):
        act(county, sheet, "sign", now=now, opinion="无异议")
    paper = store_file("会议纪要".encode(), mime="text/plain", now=now)
    act(county, uid, "issue", now=now, minutes_file=[paper], copied=[])
    return opened_by(uid)


def a_resolution(title: str, *, lead: str = HOUSING, due_by: str = "2026-12-31") -> Json:
    """Return a row of what was resolved."""
    return {"title": title, "content": "一个月内印发", "lead_organ": lead, "joint_organs": [], "due_by": due_by}


def children_of(uid: str, mechanism: str) -> list[str]:
    """Return the uids of the open children of a conference."""
    with acting():
        found = Matter.objects.filter(parent__uid=uid, mechanism=mechanism, phase=0).order_by("pk")
        return [str(one) for one in found.values_list("uid", flat=True)]


def child_at(uid: str, organ: str) -> str:
    """Return the uid of the open child that an organ holds."""
    with acting():
        return str(Matter.objects.get(parent__uid=uid, holder__code=organ, phase=0).uid)


def opened_by(uid: str) -> list[str]:
    """Return the uids of what a conference has opened."""
    with acting():
        links = Link.objects.filter(from_uid=uid, kind=LinkKind.OPENED).order_by("row_key")
        return [str(one) for one in links.values_list("to_uid", flat=True)]
