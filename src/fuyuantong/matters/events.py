"""Matters that are events in time (conferences, consultations): what stands in the calendar of a reader."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from django.db.models import Case, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KT

from fuyuantong import catalogue
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.sight import Reader, visible_to
from fuyuantong.protocol import Event, Holding, Mechanism

MOST: Final = 500
WHEN_AND_WHERE: Final = ("begins", "ends", "place")  # what may be said of an event beside its day


@dataclass(frozen=True, slots=True)
class Kind:
    """Which events are meant: of one mechanism, of one series of it; empty for all."""

    mechanism: str = ""
    series: str = ""


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event: a matter, its day, the time of day if that is said, and whether it takes place."""

    id: int
    uid: UUID
    mechanism: Mechanism
    title: str
    number: str
    state: str
    on: date
    begins: time | None
    ends: time | None
    place: str
    series: str
    holding: Holding
    is_open: bool
    restricted: bool
    holder_id: int | None
    initiator_id: int

    @property
    def kind(self) -> str:
        """Return which sort of event it is: its series where one convenes by series, else what its mechanism is called."""
        event = self.mechanism.event
        if not self.series or (event and event.convenor):
            return self.series or self.mechanism.title
        return f"{self.mechanism.title}（{self.series}）"


@dataclass(frozen=True, slots=True)
class Changes:
    """How often day, time, place or holding of an event have changed, and when last."""

    count: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Beginning:
    """An event that takes place or is being prepared; `on` is None while its day is not set."""

    kind: Kind
    on: date | None


EVERY: Final = Kind()


def event_mechanisms() -> Mapping[str, tuple[Mechanism, Event]]:
    """Return the mechanisms whose matters are events, by key."""
    return {key: (found, found.event) for key, found in catalogue.MECHANISMS.items() if found.event}


def events_between(reader: Reader, first: date, last: date, *, kind: Kind = EVERY) -> tuple[EventRow, ...]:
    """
    Return the events that a reader sees from one day to another, by day; at most `MOST` + 1 of them.

    Those of all mechanisms in one statement, which looks at every matter of such a mechanism that the reader sees: few
    beside the others.
    """
    wanted = {key: found for key, found in event_mechanisms().items() if kind.mechanism in ("", key)}
    if not wanted:
        return ()
    found = (
        _with_event(visible_to(reader).filter(mechanism__in=wanted), wanted)
        .filter(event_on__gte=first.isoformat(), event_on__lte=last.isoformat())
        .filter(**({"event_series": kind.series} if kind.series else {}))
        .order_by("event_on", "event_begins", "pk")
    )
    return tuple(_row(row) for row in found.defer("values", "fold")[: MOST + 1])


def begun_since(reader: Reader, first: date, *, kinds: Iterable[Kind]) -> tuple[Beginning, ...]:
    """
    Return the events of some series that a reader sees and that take place, or are being prepared.

    Those whose day is on `first` or later, and open ones without a day; also those that do not say their series yet.
    """
    wanted = {key: found for key, found in event_mechanisms().items() if key in {kind.mechanism for kind in kinds}}
    if not wanted:
        return ()
    rows = _with_event(visible_to(reader).filter(mechanism__in=wanted), wanted).filter(
        Q(event_on__gte=first.isoformat()) | Q(event_on=None, phase=Phase.OPEN)
    )
    found = rows.order_by("pk").values_list("mechanism", "state", "event_series", "event_on")
    return tuple(
        Beginning(Kind(key, series or ""), date.fromisoformat(on) if on else None)
        for key, state, series, on in found
        if wanted[key][0].holding(state) is not Holding.CANCELLED
    )


def changes_of(events: Iterable[EventRow]) -> Mapping[int, Changes]:
    """Return how often each event was changed, as the records shown to the present reader tell it; by matter."""
    by_mechanism: dict[str, list[int]] = {}
    for one in events:
        by_mechanism.setdefault(one.mechanism.key, []).append(one.id)
    changes: dict[int, Changes] = {}
    for key, ids in by_mechanism.items():
        mechanism, event = event_mechanisms()[key]
        changes |= _changes(mechanism, event, ids)
    return changes


def _with_event(matters: QuerySet[Matter], wanted: Mapping[str, tuple[Mechanism, Event]]) -> QuerySet[Matter]:
    """Read out of the values of each matter what its mechanism declares to be day, time, place and series."""

    def of_each(part: str) -> Case:
        fields = {key: getattr(event, part) for key, (_, event) in wanted.items()}
        given = (When(mechanism=key, then=KT(f"values__{field}")) for key, field in fields.items() if field)
        return Case(*given, default=Value(""), output_field=TextField())

    return matters.annotate(**{f"event_{part}": of_each(part) for part in ("on", *WHEN_AND_WHERE, "series")})


def _row(row: Matter) -> EventRow:
    mechanism = declared(row.mechanism, row.declaration_id)
    return EventRow(
        id=row.pk,
        uid=row.uid,
        mechanism=mechanism,
        title=row.title,
        number=row.number,
        state=row.state,
        on=date.fromisoformat(row.event_on),
        begins=time.fromisoformat(row.event_begins) if row.event_begins else None,
        ends=time.fromisoformat(row.event_ends) if row.event_ends else None,
        place=row.event_place or "",
        series=row.event_series or "",
        holding=mechanism.holding(row.state),
        is_open=row.closed_at is None,
        restricted=row.secrecy > 0,
        holder_id=row.holder_id,
        initiator_id=row.initiator_id,
    )


def _changes(mechanism: Mechanism, event: Event, ids: Sequence[int]) -> dict[int, Changes]:
    fields = [event.on, *(getattr(event, part) for part in WHEN_AND_WHERE)]
    asked = {f"told_{n}": KT(f"values__{field}") for n, field in enumerate(filter(None, fields))}
    told = Record.objects.filter(matter_id__in=ids).annotate(**asked).order_by("matter_id", "seq")
    changes: dict[int, Changes] = {}
    standing: dict[int, tuple[Holding, tuple[str | None, ...]]] = {}
    for matter, state, at, *said in told.values_list("matter_id", "to_state", "recorded_at", *asked):
        before = standing.get(matter)
        known, known_said = before or (Holding.CONFIRMED, (None,) * len(said))
        now_said = tuple(new or old for new, old in zip(said, known_said, strict=True))
        standing[matter] = (mechanism.holding(state) if state else known, now_said)
        if before is None:
            changes[matter] = Changes(0, at)
        elif standing[matter] != before:
            changes[matter] = Changes(changes[matter].count + 1, at)
    return changes
