"""What became of events: who came, by rank, and how far that is which they resolved."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models.fields.json import KeyTransform

from fuyuantong.matters.events import EventRow, event_mechanisms
from fuyuantong.matters.models.link import Link, LinkKind
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.sight import Reader, visible_to
from fuyuantong.protocol import Choice, Holding
from fuyuantong.protocol.mechanism import DONE
from fuyuantong.protocol.values import field_of


@dataclass(frozen=True)
class Outcome:
    """
    What became of an event, as far as its reader sees.

    Shape: `came` counts people by rank; of what it `resolved` so many are `done`, so many are `overdue`, the others run
    or were given up.
    """

    came: Counter[str] = field(default_factory=Counter)
    resolved: int = 0
    done: int = 0
    overdue: int = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.came + other.came,
            self.resolved + other.resolved,
            self.done + other.done,
            self.overdue + other.overdue,
        )


def is_held(event: EventRow, outcome: Outcome) -> bool:
    """Tell whether an event took place: somebody is entered as present, or it came to its end and was not cancelled."""
    return event.holding is not Holding.CANCELLED and (bool(outcome.came) or not event.is_open)


def ranks() -> tuple[str, ...]:
    """Return the ranks by which those present are counted."""
    found: dict[str, None] = {}
    for mechanism, event in event_mechanisms().values():
        column = field_of(mechanism, event.attendance) if event.attendance else None
        found |= dict.fromkeys(column.options if isinstance(column, Choice) else ())
    return tuple(found)


def outcomes_of(reader: Reader, events: Sequence[EventRow], *, today: date) -> Mapping[int, Outcome]:
    """Return what became of some events, by the id of the matter."""
    opened = _opened(reader, events, today=today)
    came = _came(events)
    return {one.id: Outcome(came.get(one.id, Counter())) + opened.get(one.id, Outcome()) for one in events}


def _came(events: Iterable[EventRow]) -> dict[int, Counter[str]]:
    """Count those present by rank, one statement for each mechanism that has ranks."""
    came: dict[int, Counter[str]] = {}
    events = list(events)
    for key, (_, event) in event_mechanisms().items():
        table, _, column = event.attendance.partition(".")
        ids = [one.id for one in events if one.mechanism.key == key]
        if not table or not ids:
            continue
        rows = Matter.objects.filter(pk__in=ids).values_list("pk", KeyTransform(table, "values"))
        for matter, present in rows:
            came[matter] = Counter(str(row.get(column)) for row in present or ())
    return came


def _opened(reader: Reader, events: Iterable[EventRow], *, today: date) -> dict[int, Outcome]:
    """Count what events opened and how far that is, as far as the reader sees it."""
    ids = {one.uid: one.id for one in events}
    links = Link.objects.filter(from_uid__in=ids, kind=LinkKind.OPENED).values_list("to_uid", "from_uid")
    opener = {opened: ids[by] for opened, by in links}
    found: dict[int, Outcome] = {}
    rows = visible_to(reader).filter(uid__in=opener).values_list("uid", "phase", "due_on", "closed_kind")
    for uid, phase, due_on, kind in rows:
        is_overdue = phase == Phase.OPEN and due_on is not None and due_on < today
        one = Outcome(resolved=1, done=int(kind in DONE), overdue=int(is_overdue))
        found[opener[uid]] = found.get(opener[uid], Outcome()) + one
    return found
