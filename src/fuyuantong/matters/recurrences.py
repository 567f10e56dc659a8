"""Whether a problem was raised before: earlier matters to the same organs that look alike, and what people found of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q

from fuyuantong import catalogue
from fuyuantong.clock.terms import Term, end_of
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.models.link import Link, LinkKind
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.models.party import Party
from fuyuantong.matters.place_settings import PlaceSettings, settings_of
from fuyuantong.matters.sight import Reader, visible_to
from fuyuantong.organs.staffing import start_of
from fuyuantong.protocol import Closing, Json, Recurs
from fuyuantong.protocol.recurrence import Likeness, likeness, organs_said

ALIKE: Final = "recurrence-likeness"
MOST_COMPARED: Final = 100
MOST_TOLD: Final = 5
LONGEST_CHAIN: Final = 20
MOST_LISTED: Final = 200
NEVER_RAISED: Final = (Closing.WITHDRAWN, Closing.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Former:
    """A closed matter that may have raised the same problem, and why it is thought so."""

    matter: Matter
    why: Likeness


@dataclass(frozen=True, slots=True)
class Recurrence:
    """One matter of which a person said that it raises a former one's problem again."""

    matter: Matter
    former: Matter
    organs: frozenset[str]


def recurs_of(mechanism: str) -> Recurs | None:
    """Return what makes a matter of that mechanism raise a problem again; None where nothing is declared."""
    found = catalogue.MECHANISMS.get(mechanism)
    return found.recurs if found else None


def formers(reader: Reader, row: Matter, values: Mapping[str, Json], *, on: date) -> list[Former]:
    """
    Return the closed matters that may have raised the problem of this one, the most alike first; none judged yet.

    `values` are those of the matter with what is drafted. Only matters that the reader sees are compared, the latest
    hundred to the same organs within the house's term: what is seen by nobody here proposes nothing.
    """
    recurs = recurs_of(row.mechanism)
    organs = organs_said(recurs, values) if recurs else frozenset()
    if recurs is None or not organs:
        return []
    place = settings_of(row.region_code)
    threshold = place.threshold(ALIKE, on=on)
    found: list[Former] = []
    for former in _to(organs, recurs, row, reader, since=_since(recurs, place, on)):
        other = recurs_of(former.mechanism)
        if other is None or not organs & organs_said(other, former.values):
            continue
        why = likeness((recurs, values), (other, former.values), one_mechanism=former.mechanism == row.mechanism)
        if why and why.percent >= threshold:
            found.append(Former(former, why))
    bound = _bound_to(row.uid) if found else frozenset()
    fresh = (one for one in found if one.matter.uid not in bound)
    return sorted(fresh, key=lambda one: -one.why.percent)[:MOST_TOLD]


def _bound_to(uid: UUID) -> frozenset[UUID]:
    """Return what a person has judged already, and what is bound otherwise: a relayed suggestion does not recur."""
    links = Link.objects.filter(Q(from_uid=uid) | Q(to_uid=uid)).values_list("from_uid", "to_uid")
    return frozenset((*chain_of_recurrence(uid), *(end for link in links for end in link)))


def chain_of_recurrence(uid: UUID) -> list[UUID]:
    """Return the matters that raise one problem with this one, before and after it, as far as the reader sees; itself too."""
    with connection.cursor() as cursor:
        cursor.execute(_CHAIN, {"uid": uid, "most": LONGEST_CHAIN})
        return [found for (found,) in cursor.fetchall()]


def recurrences(reader: Reader, *, since: date) -> list[Recurrence]:
    """Return what was found to have recurred in matters begun since a day, as far as the reader sees, the latest first."""
    again = visible_to(reader).filter(
        uid__in=Link.objects.filter(kind=LinkKind.RECURS).values("from_uid"), opened_at__gte=start_of(since)
    )
    rows = {row.uid: row for row in again.order_by("-id")[:MOST_LISTED]}
    links = Link.objects.filter(from_uid__in=rows, kind=LinkKind.RECURS)
    pairs = list(links.values_list("from_uid", "to_uid"))
    before = {row.uid: row for row in visible_to(reader).filter(uid__in=[former for _, former in pairs])}
    found = [
        Recurrence(rows[uid], before[former], _shared(rows[uid], before[former]))
        for uid, former in pairs
        if former in before
    ]
    return sorted(found, key=lambda one: -one.matter.pk)


def _shared(row: Matter, former: Matter) -> frozenset[str]:
    """Return the organs to which both were raised; while this one only drafts to whom, those of the former."""
    theirs = _organs(former)
    return (_organs(row) or theirs) & theirs


def _organs(row: Matter) -> frozenset[str]:
    recurs = recurs_of(row.mechanism)
    return organs_said(recurs, row.values) if recurs else frozenset()


def _since(recurs: Recurs, place: PlaceSettings, on: date) -> datetime:
    term = place.house_rule(recurs.within, on=on).term
    if term is None:
        return start_of(on)
    return start_of(end_of(Term(-term.length, term.unit), on, calendar=current_calendar()))


def _to(organs: frozenset[str], recurs: Recurs, row: Matter, reader: Reader, *, since: datetime) -> Sequence[Matter]:
    kin = [key for key, one in catalogue.MECHANISMS.items() if one.recurs and one.recurs.kin == recurs.kin]
    taking_part = Party.objects.filter(organ__code__in=organs).values("matter_id")
    closed = visible_to(reader).filter(
        pk__in=taking_part, mechanism__in=kin, phase=Phase.CLOSED, closed_at__gte=since, parent=None
    )
    # what is begun after this one is not a former one, whatever became of it first
    before = closed.filter(pk__lt=row.pk).exclude(closed_kind__in=NEVER_RAISED)
    return list(before.order_by("-pk")[:MOST_COMPARED])


_CHAIN: Final = """
    WITH RECURSIVE chain(uid) AS (
        SELECT %(uid)s::uuid
        UNION
        SELECT CASE WHEN link.from_uid = chain.uid THEN link.to_uid ELSE link.from_uid END
        FROM chain JOIN link ON chain.uid IN (link.from_uid, link.to_uid) WHERE link.kind = 'recurs'
    )
    SELECT uid FROM chain LIMIT %(most)s
"""
