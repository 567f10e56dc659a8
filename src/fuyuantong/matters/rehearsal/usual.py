"""Meetings as the place's cadences have them: who convenes which, what it is called, who comes."""

from collections.abc import Mapping
from datetime import date
from random import Random

from fuyuantong.matters.place_settings import CADENCES_KEY, settings_of
from fuyuantong.matters.rehearsal.place import REGION
from fuyuantong.protocol import Entry, Json, Mechanism

QUARTERS = "一二三四"


def usual_values(mechanism: Mechanism, *, on: date, random: Random) -> dict[str, Json]:
    """Return what the forms of a meeting say by one of the place's cadences; nothing of what has no cadence."""
    event = mechanism.event
    lines = settings_of(REGION).lines(CADENCES_KEY, on=on) if event and event.convenor else ()
    kept = [line for line in lines if line["mechanism"] == mechanism.key]
    if event is None or not kept:
        return {}
    line = random.choice(kept)
    convenor = line["convenors"][0]
    return {
        "title": f"{_period(line['period'], on)}{line['title']}",
        event.series: line["value"],
        event.convenor: convenor,
        event.members: [code for code in line["members"] if code != convenor],
    }


def usual_opener(mechanism: Mechanism, entry: Entry, known: Mapping[str, Json]) -> str:
    """Return who begins a meeting by its cadence; empty where anybody may."""
    convenor = mechanism.event.convenor if mechanism.event else ""
    return str(known[convenor]) if convenor in known and mechanism.role(entry.by).via == f"field:{convenor}" else ""


def _period(period: str, on: date) -> str:
    if period == "quarter":
        return f"{on.year}年第{QUARTERS[(on.month - 1) // 3]}季度"
    return f"{on.year}年"
