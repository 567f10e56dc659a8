"""Which meeting of a series is due by the place's cadence and not prepared: for the office and who convenes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from fuyuantong.catalogue import MECHANISMS
from fuyuantong.desk.organ_tags import OrganTag, tags_by_code
from fuyuantong.desk.time_left import TimeLeft, time_left
from fuyuantong.desk.visit import Visit
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.events import Beginning, Kind, begun_since
from fuyuantong.matters.place_settings import settings_of
from fuyuantong.matters.sight import Reader
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.plans.cadences import Recurrence, recurring


@dataclass(frozen=True, slots=True)
class Owed:
    """
    A meeting that is due and not prepared.

    `prepared` of `times` are; `undecided`: how many are begun and do not say yet of which series they are. `way` leads
    to where the person's own organ prepares it, empty when another convenes it.
    """

    title: str
    clause: str
    left: TimeLeft
    convenors: tuple[OrganTag, ...]
    times: int
    prepared: int
    undecided: int
    way: str


def meetings_owed(visit: Visit, reader: Reader) -> list[Owed]:
    """Return what is due in the region of the chosen organ and not prepared, as far as the person sees."""
    own = visit.person.organ
    if own is None:
        return []
    found = [
        one
        for one in recurring(settings_of(own.code.partition("-")[0]), on=visit.today)
        if own.code in one.cadence.convenors or visit.person.holds(PostKind.OFFICE)
    ]
    if not found:
        return []
    first = min(one.occurrence.starts_on for one in found)
    kinds = {one: Kind(one.cadence.mechanism, one.cadence.value) for one in found}
    begun = begun_since(reader, first, kinds=kinds.values())
    tags = tags_by_code({code for one in found for code in one.cadence.convenors}, on=visit.today)
    owed = [_owed(visit, one, kinds[one], begun, tags, own.code) for one in found]
    return sorted((one for one in owed if one.prepared < one.times), key=lambda one: one.left.due_on)


def _owed(
    visit: Visit, one: Recurrence, kind: Kind, begun: Iterable[Beginning], tags: dict[str, OrganTag], own: str
) -> Owed:
    due, cadence = one.occurrence, one.cadence
    alike = [event for event in begun if event.kind == kind]
    prepared = [event for event in alike if event.on is None or due.starts_on <= event.on <= due.due_on]
    return Owed(
        title=one.title,
        clause=cadence.clause,
        left=time_left(due.due_on, today=visit.today, calendar=current_calendar()),
        convenors=tuple(tags[code] for code in cadence.convenors if code in tags),
        times=cadence.times,
        prepared=len(prepared),
        undecided=sum(event.kind == Kind(kind.mechanism) for event in begun),
        way=_way(one, kind) if own in cadence.convenors else "",
    )


def _way(one: Recurrence, kind: Kind) -> str:
    """Return the address at which a meeting of that series is begun, its first form drafted."""
    entry = next((entry for entry in MECHANISMS[kind.mechanism].entries if not entry.opened), None)
    if entry is None:
        return ""
    asked = urlencode({"title": one.title, "kind": kind.series})
    return f"{reverse('opening', args=[kind.mechanism, entry.state])}?{asked}"
