"""Conferences on their way: called by the office, with a court and a bureau at the table."""

from datetime import datetime

from tests.suggestions import COURT, HOUSING, OFFICE, County, act

from fuyuantong.matters.services.acts import open_by_hand
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
        "items": [{"item": "通报上半年行政诉讼情况"}],
        "items_by": now.date().isoformat(),
    }
    act(county, uid, "call", now=now, **(values | more))
    return uid


def convened(county: County, title: str, *, on: str, now: datetime, place: str = PLACE, series: str = QUARTERLY) -> str:
    """Call a conference and set its day at once; shape: its uid."""
    uid = called(county, title, now=now, series=series)
    act(county, uid, "set_agenda", now=now, held_on=on, place=place, **{"items.listing": ["列入"]})
    return uid
