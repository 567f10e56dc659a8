"""A county of players who know nothing of each other and act at random, on the real engine and a made-up directory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from fuyuantong.clock.calendar import Calendar, load_calendar
from fuyuantong.clock.rule import Rule, Source
from fuyuantong.clock.terms import Term, Unit
from fuyuantong.protocol import (
    Await,
    Choice,
    Date,
    Field,
    File,
    Final,
    Flag,
    Json,
    Mechanism,
    Move,
    Number,
    Organ,
    Organs,
    Request,
    Rows,
    State,
    Time,
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
from fuyuantong.protocol.heeding import RegisterEvent, heed
from fuyuantong.protocol.offers import offers, requests_open_to
from fuyuantong.protocol.timing import due_of
from fuyuantong.protocol.trail import Actor, Record
from fuyuantong.protocol.transition import Draft
from fuyuantong.refusal import Refusal

MONDAY = date(2026, 8, 3)
CALENDAR = load_calendar()


@dataclass
class Directory:
    """A world in which every relation of an organ gives one other organ, and every house term a few days."""

    rng: Random
    calendar: Calendar = CALENDAR
    directory_version: int = 1
    drawn: int = 0

    def related(self, organ: str, relation: str, *, on: date) -> Sequence[str]:
        return (f"{relation} {organ}",)

    def organs_by_setting(self, key: str, *, near: str) -> Sequence[str]:
        return (f"setting {key}",)

    def house_rule(self, key: str, *, on: date, near: str) -> Rule:
        length = self.rng.choice([1, 3, 15, 40])
        return Rule(key=key, title=key, source=Source.HOUSE, basis="方案", term=Term(length, Unit.DAYS))

    def new_uid(self) -> str:
        self.drawn += 1
        return f"{self.drawn}"

    def take_number(self, serial: str, *, organ: str, on: date) -> str:
        return f"{serial}〔{on.year}〕{self.new_uid()}号"


@dataclass
class Played:
    """One matter on the table, and the matter that waits for it."""

    mechanism: Mechanism
    situation: Situation
    parent: str = ""
    trail: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return not self.situation.closed

    def __str__(self) -> str:
        return f"{self.mechanism.key} {self.situation.state}: {' · '.join(self.trail)}"


class County:
    """Play matters of these mechanisms, one act of somebody, or some days, at a time."""

    def __init__(self, mechanisms: Mapping[str, Mechanism], rng: Random) -> None:
        self.mechanisms, self.rng = mechanisms, rng
        self.world = Directory(rng)
        self.today = MONDAY
        self.matters: dict[str, Played] = {}
        self.ended = 0

    def open(self, mechanism: Mechanism) -> None:
        """Open a matter at one of its entries, with whatever it is carried."""
        entry = self.rng.choice(mechanism.entries)
        fields = {f.key: f for f in mechanism.fields}
        roles = {role.key: self._organ() for role in mechanism.roles if role.key in entry.carried and not role.many}
        values = {key: self._value(fields[key]) for key in entry.carried if key in fields}
        self._begin(mechanism, entry.state, roles=roles, values=values, by=roles.get(entry.by) or self._organ())

    def _begin(
        self,
        mechanism: Mechanism,
        entry: str,
        *,
        roles: Mapping[str, Json],
        values: Mapping[str, Json],
        by: str,
        uid: str = "",
        parent: str = "",
    ) -> None:
        uid = uid or self.world.new_uid()
        draft = open_matter(
            mechanism,
            uid,
            entry=entry,
            declaration="digest",
            roles=roles,
            values=values,
            acting=Acting(by, self.today),
            world=self.world,
        )
        self.matters[uid] = Played(mechanism, Situation(uid=uid), parent)
        self._record(uid, draft)

    def _record(self, uid: str, draft: Draft) -> None:
        """Fold the record of the draft, and let happen what it brings about elsewhere."""
        played = self.matters[uid]
        before = played.situation
        record = Record(
            matter=uid,
            seq=before.seq + 1,
            epoch=1,
            node="node",
            kind=draft.kind,
            act=draft.act,
            from_state=before.state,
            to_state=draft.to_state,
            actor=Actor("account", "post", before.holder),
            effective_on=draft.effective_on,
            recorded_at=datetime(2026, 8, 3, tzinfo=UTC),
            values=draft.values,
            resolved=draft.resolved,
        )
        played.situation = advance(before if before.seq else None, record)
        played.trail.append(f"{draft.act} → {draft.to_state}")
        for child in _objects(draft, "children"):
            self._begin_child(uid, child)
        recalled = draft.resolved.get("recalled")
        for child_uid in recalled if isinstance(recalled, list) else []:
            self._recall(str(child_uid))
        if played.situation.closed and not before.closed:
            self.ended += 1
            self._tell_parent(uid)

    def _begin_child(self, uid: str, told: Mapping[str, Any]) -> None:
        parent = self.matters[uid]
        state = parent.mechanism.state(parent.situation.state)
        assert isinstance(state, Await)
        child = self.mechanisms[state.child] if isinstance(state.child, str) else state.child
        known = {role.key for role in child.roles}
        shared = {key: organ for key, organ in parent.situation.roles.items() if key in known}
        carried = told.get("carried", {})
        roles = {**shared, **{key: value for key, value in carried.items() if key in known}, state.each: told["organ"]}
        values = {key: value for key, value in carried.items() if key not in known}
        entry = child.entry(state.entry)
        by = str(roles.get(entry.by) or parent.situation.holder)
        self._begin(child, entry.state, roles=roles, values=values, by=by, uid=told["uid"], parent=uid)

    def _recall(self, uid: str) -> None:
        child = self.matters.get(uid)
        if child:
            draft = recall_child(child.mechanism, child.situation, on=self.today, world=self.world)
            if draft:
                self._record(uid, draft)

    def _tell_parent(self, uid: str) -> None:
        child = self.matters[uid]
        parent = self.matters.get(child.parent)
        if parent is None or not parent.is_open:
            return
        draft = join_child(
            parent.mechanism,
            parent.situation,
            uid,
            ending=child.situation.state,
            outcomes={},
            on=self.today,
            world=self.world,
        )
        self._record(child.parent, draft)

    def step(self) -> str:
        """Let somebody do something to some open matter, or days pass; return the matter, or nothing."""
        uid = self.rng.choice([uid for uid, played in self.matters.items() if played.is_open])
        chance = self.rng.random()
        if chance < 0.15:
            self.let_pass(self.rng.choice([1, 4, 20, 90]))
        elif chance < 0.3:
            self._request(uid)
        elif chance < 0.33:
            self._hear(uid)
        else:
            self._move(uid)
        return uid

    def let_pass(self, days: int) -> None:
        """Let days pass; whatever lapses, lapses, until nothing more does."""
        self.today += timedelta(days=days)
        lapsed = True
        while lapsed:
            lapsed = max(map(self._lapse, list(self.matters)))

    def _lapse(self, uid: str) -> bool:
        played = self.matters[uid]
        for clock in played.situation.clocks:
            if not played.is_open:
                return False
            draft = lapse(played.mechanism, played.situation, clock, world=self.world, today=self.today)
            if draft:
                self._record(uid, draft)
                return True
        return False

    def _move(self, uid: str) -> None:
        played = self.matters[uid]
        draft = next(self._drafts(played), None)
        if draft:
            self._record(uid, draft)

    def _drafts(self, played: Played) -> Iterator[Draft]:
        """Yield what the holder can do today, in random order: a record for each move that nothing bars."""
        able = [each.move for each in offers(played.mechanism, played.situation, today=self.today) if not each.refusal]
        for move in self.rng.sample(able, k=len(able)):
            drafts = (self._try(played, move) for _ in range(40))
            draft = next(filter(None, drafts), None)
            if draft:
                yield draft

    def _try(self, played: Played, move: Move) -> Draft | None:
        """Fill in a move at random; a refusal only means that these values were wrong."""
        try:
            return make_move(
                played.mechanism,
                played.situation,
                move.key,
                values=self._values(played, move),
                acting=Acting(played.situation.holder, self.today),
                world=self.world,
            )
        except Refusal:
            return None

    def _hear(self, uid: str) -> None:
        """Let a register tell something of what the matter names."""
        played = self.matters[uid]
        said = played.situation.values
        words = [word for word in played.mechanism.heeds if said.get(word.by, "乙") != "乙"]
        for word in self.rng.sample(words, k=min(1, len(words))):
            draft = heed(
                played.mechanism,
                played.situation,
                RegisterEvent(word.register, word.event, "甲", "2020-01-01", "甲", "", "乙"),
                by=word.by,
                of_seq=1,
                slip=self.world.new_uid(),
                acting=Acting(played.situation.holder, self.today),
                world=self.world,
            )
            assert draft is not None
            self._record(uid, draft)

    def _request(self, uid: str) -> None:
        played = self.matters[uid]
        for slip in played.situation.requests:
            acting = Acting(played.situation.holder, self.today)
            self._record(uid, decline_request(played.situation, slip, reason="甲", acting=acting))
            return
        for organ in played.situation.parties:
            for request in requests_open_to(played.mechanism, played.situation, organ):
                if organ != played.situation.holder and self.rng.random() < 0.2:
                    self._ask(uid, request, organ)
                    return

    def _ask(self, uid: str, request: Request, organ: str) -> None:
        played = self.matters[uid]
        try:
            draft = admit_request(
                played.mechanism,
                played.situation,
                request,
                slip=self.world.new_uid(),
                values=self._values(played, request),
                acting=Acting(organ, self.today),
                world=self.world,
            )
        except Refusal:
            return
        self._record(uid, draft)

    def stranded(self, uid: str) -> str:
        """Return why a matter can never end, empty when it is in order: held, clocked, and something can be done."""
        played = self.matters[uid]
        situation = played.situation
        if situation.closed:
            return ""
        state = played.mechanism.state(situation.state)
        assert not isinstance(state, Final)
        if not situation.holder:
            return f"nobody holds {played}"
        clock, due_on = due_of(played.mechanism, situation)
        is_draft = isinstance(state, State) and bool(state.unclocked) and situation.holder == situation.initiator
        if not is_draft and (due_on is None or not situation.clocks[clock].running):
            return f"nobody is under a clock in {played}"
        waits = any(situation.clocks[each.clock].running for each in state.lapses if each.clock in situation.clocks)
        if waits or isinstance(state, Await) or self._can_act(played, days=0) or self._can_act(played, days=4_000):
            return ""
        return f"nothing can be done in {played}"

    def _can_act(self, played: Played, *, days: int) -> bool:
        today, self.today = self.today, self.today + timedelta(days=days)
        can = any(self._drafts(played))
        self.today = today
        return can

    def _values(self, played: Played, act: Move | Request) -> dict[str, Json]:
        optional = [key for key in act.may_ask if self.rng.random() < 0.5]
        fields = {f.key: f for f in played.mechanism.fields}
        if isinstance(act, Request) and act.rows:
            return self._row(played, act.rows)
        found = {}
        for key in [*act.asks, *optional]:
            root, _, column = key.partition(".")
            found[key] = self._column(played, root, column) if column else self._value(fields[root])
        return found

    def _row(self, played: Played, root: str) -> dict[str, Json]:
        """Fill in one row of a table, all but what is asked later."""
        rows = played.mechanism.value(root)
        assert isinstance(rows, Rows)
        return {column.key: self._value(column) for column in rows.typed}

    def _column(self, played: Played, root: str, column: str) -> Json:
        rows = played.mechanism.value(root)
        assert isinstance(rows, Rows)
        cell = next(each for each in rows.columns if each.key == column)
        given = played.situation.values.get(root)
        return [self._value(cell) for _ in (given if isinstance(given, list) else [])]

    def _organ(self) -> str:
        return f"organ {self.world.new_uid()}"

    def _value(self, wanted: Field) -> Json:
        match wanted:
            case Choice():
                return self.rng.choice(wanted.options)
            case Flag():
                return self.rng.random() < 0.5
            case Number():
                return wanted.at_least + 1
            case Date():
                return (self.today + timedelta(days=self.rng.randint(0, 60))).isoformat()
            case Time():
                return "09:30"
            case Organ():
                return self._organ()
            case Organs():
                return [self._organ() for _ in range(max(1, wanted.at_least) + self.rng.randint(0, 2))]
            case File():
                return ["ab" * 32]
            case Rows():
                count = max(1, wanted.at_least) + self.rng.randint(0, 1)
                return [{column.key: self._value(column) for column in wanted.typed} for _ in range(count)]
        return str(wanted.samples[0]) if wanted.samples else "甲"


def _objects(draft: Draft, key: str) -> list[dict[str, Any]]:
    told = draft.resolved.get(key)
    return [each for each in told if isinstance(each, dict)] if isinstance(told, list) else []
