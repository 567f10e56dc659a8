"""A world without a database, and a matter that walks: what the engine's tests are driven with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache

from fuyuantong.clock.calendar import Calendar, load_calendar
from fuyuantong.clock.rule import Rule, Source
from fuyuantong.clock.terms import Term, Unit
from fuyuantong.protocol import (
    Json,
    Mechanism,
)
from fuyuantong.protocol.decision import (
    admit_request,
    decline_request,
    join_child,
    lapse,
    make_move,
    open_matter,
    recall_child,
)
from fuyuantong.protocol.entering import Acting
from fuyuantong.protocol.fold import Situation, advance
from fuyuantong.protocol.trail import Actor, Record
from fuyuantong.protocol.transition import Draft

COURT, BUREAU, OTHER, SUPERIOR, OFFICE = "court-1", "bureau-1", "bureau-2", "county-1", "office-1"
MONDAY = "2026-08-03"

TERMS = {
    "house:sign": Term(3, Unit.WORKING_DAYS),
    "house:assess": Term(10, Unit.WORKING_DAYS),
    "house:call": Term(24, Unit.HOURS),
    "house:notice": Term(-3, Unit.DAYS),
    "house:longer": Term(15, Unit.DAYS),
    "house:review": Term(3, Unit.MONTHS),
}


@cache
def packaged_calendar() -> Calendar:
    """Return the calendar of the gazetted notices."""
    return load_calendar()


@dataclass
class FakeWorld:
    """A directory, settings and serials as plain data; a drawn number is remembered."""

    relations: Mapping[tuple[str, str], Sequence[str]] = field(
        default_factory=lambda: {(BUREAU, "superior_of"): (SUPERIOR,), (OTHER, "superior_of"): ("county-2",)}
    )
    settings: Mapping[str, Sequence[str]] = field(default_factory=lambda: {"copies": (OFFICE,)})
    calendar: Calendar = field(default_factory=packaged_calendar)
    directory_version: int = 7
    uids: int = 0
    numbers: list[str] = field(default_factory=list)
    asked: list[tuple[str, str, date]] = field(default_factory=list)

    def related(self, organ: str, relation: str, *, on: date) -> Sequence[str]:
        self.asked.append((organ, relation, on))
        return self.relations.get((organ, relation), ())

    def organs_by_setting(self, key: str, *, near: str) -> Sequence[str]:
        return self.settings.get(key, ())

    def house_rule(self, key: str, *, on: date, near: str) -> Rule:
        return Rule(key=key, title=key, source=Source.HOUSE, basis="联动工作方案", term=TERMS[key])

    def new_uid(self) -> str:
        self.uids += 1
        return f"uid-{self.uids}"

    def take_number(self, serial: str, *, organ: str, on: date) -> str:
        self.numbers.append(f"{organ}〔{on.year}〕{len(self.numbers) + 1}号")
        return self.numbers[-1]


def acting(organ: str, on: str, **more: object) -> Acting:
    """Return who acts on which day."""
    return replace(Acting(organ, date.fromisoformat(on)), **more)


class Matter:
    """A matter that walks: each act is drafted, recorded and folded; `draft` is the last one."""

    def __init__(self, mechanism: Mechanism, world: FakeWorld | None = None) -> None:
        self.mechanism = mechanism
        self.world = world or FakeWorld()
        self.situation: Situation = Situation(uid="matter-1")
        self.records: list[Record] = []

    def take(self, draft: Draft | None) -> "Matter":
        assert draft is not None
        self.draft = draft
        before = self.situation
        record = Record(
            matter=before.uid,
            seq=before.seq + 1,
            epoch=1,
            node="node-1",
            kind=draft.kind,
            act=draft.act,
            from_state=before.state,
            to_state=draft.to_state,
            actor=Actor("account-1", "post-1", before.holder or COURT),
            effective_on=draft.effective_on,
            recorded_at=datetime(2026, 8, 3, 1, 2, 3, 4, tzinfo=UTC),
            values=draft.values,
            resolved=draft.resolved,
        )
        self.records.append(record)
        self.situation = advance(before if before.seq else None, record)
        return self

    def open(
        self,
        entry: str = "",
        *,
        on: str = MONDAY,
        by: str = COURT,
        roles: Mapping[str, Json] | None = None,
        values: Mapping[str, Json] | None = None,
        **more: object,
    ) -> "Matter":
        draft = open_matter(
            self.mechanism,
            self.situation.uid,
            entry=entry,
            declaration="digest-1",
            roles=roles or {},
            values=values or {},
            acting=acting(by, on, **more),
            world=self.world,
        )
        return self.take(draft)

    def move(
        self,
        key: str,
        values: Mapping[str, Json] | None = None,
        *,
        on: str = MONDAY,
        by: str = "",
        answers: str = "",
        **more: object,
    ) -> "Matter":
        draft = make_move(
            self.mechanism,
            self.situation,
            key,
            values=values or {},
            acting=acting(by or self.situation.holder, on, **more),
            world=self.world,
            answers=answers,
        )
        return self.take(draft)

    def lapse_of(self, clock: str, *, today: str) -> Draft | None:
        return lapse(self.mechanism, self.situation, clock, world=self.world, today=date.fromisoformat(today))

    def lapse(self, clock: str, *, today: str) -> "Matter":
        return self.take(self.lapse_of(clock, today=today))

    def join(
        self, child: int, ending: str, *, on: str = MONDAY, outcomes: Mapping[str, Json] | None = None
    ) -> "Matter":
        uid = list(self.situation.children)[child]
        draft = join_child(
            self.mechanism,
            self.situation,
            uid,
            ending=ending,
            outcomes=outcomes or {},
            on=date.fromisoformat(on),
            world=self.world,
        )
        return self.take(draft)

    def ask(
        self,
        request: str,
        values: Mapping[str, Json] | None = None,
        *,
        by: str = COURT,
        on: str = MONDAY,
        slip: str = "slip-1",
    ) -> "Matter":
        draft = admit_request(
            self.mechanism,
            self.situation,
            self.mechanism.request(request),
            slip=slip,
            values=values or {},
            acting=acting(by, on),
            world=self.world,
        )
        return self.take(draft)

    def decline(self, slip: str = "slip-1", *, reason: str = "尚在核实", by: str = "", on: str = MONDAY) -> "Matter":
        by = by or self.situation.holder
        return self.take(decline_request(self.situation, slip, reason=reason, acting=acting(by, on)))

    def recall(self, *, on: str = MONDAY) -> "Matter":
        on_day = date.fromisoformat(on)
        return self.take(recall_child(self.mechanism, self.situation, on=on_day, world=self.world))

    def due(self, clock: str) -> str:
        """Return the last day of a clock as text."""
        return str(self.situation.clocks[clock].due_on)

    def told(self, key: str) -> Json:
        """Return what the last record says under a key of `resolved`."""
        return self.draft.resolved.get(key)

    def clock_told(self, clock: str) -> Json:
        """Return what the last record did to a clock, nothing when it left it alone."""
        events = self.told("clocks")
        event = events.get(clock) if isinstance(events, dict) else None
        return event["do"] if isinstance(event, dict) else None
