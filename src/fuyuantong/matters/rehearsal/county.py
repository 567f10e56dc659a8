"""The county at work: everything that people, clocks and the engine do, one after another in the order of time."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import connection

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.models.clock import Deferred
from fuyuantong.matters.rehearsal.agenda import ENGINE, Act, Agenda
from fuyuantong.matters.rehearsal.happenings import happening
from fuyuantong.matters.rehearsal.pace import Human, Steady, midnight_after, rungs_ahead
from fuyuantong.matters.rehearsal.papers import bring_in
from fuyuantong.matters.rehearsal.programme import PaperPlan, Plan
from fuyuantong.matters.rehearsal.stage import Stage
from fuyuantong.matters.rehearsal.stations import stations
from fuyuantong.matters.rehearsal.usual import usual_values
from fuyuantong.matters.rehearsal.walk import Part, Turn, Walk
from fuyuantong.matters.services.acts import Done
from fuyuantong.matters.services.deferred import open_deferred
from fuyuantong.matters.services.engine import lapse_one
from fuyuantong.matters.services.ladder import climb_one
from fuyuantong.matters.services.locks import standing_of
from fuyuantong.matters.services.rows import MATTER, matters_by
from fuyuantong.matters.services.trail import Standing
from fuyuantong.protocol import Final, Json
from fuyuantong.refusal import Refusal

NIGHT = time(0, 5)
HAPPENINGS_IN_A_HUNDRED = 6
TRIES = 4  # how often a matter that an example has left open is taken up again
TOUCHED = f"""
    SELECT {MATTER} FROM matter
    WHERE uid = ANY(ARRAY(SELECT (body->>'matter')::uuid FROM outbox WHERE id > %s AND id <= %s)) ORDER BY id
"""


@dataclass
class Journey:
    """A matter on its walk; `rests`: it is to be found where the walk ends. `tries` are left to go on after that."""

    walk: Walk
    rests: bool
    tries: int = TRIES


@dataclass
class County:
    """
    Play plans side by side inside one act (`session.acting`), up to a moment.

    Where something came between, a walk can go no further; the matter is then taken up again from where it stands.
    `stranded` says which walks that were, and why.
    """

    stage: Stage
    random: Random
    agenda: Agenda
    stranded: list[str] = field(default_factory=list)
    standings: dict[str, Standing] = field(default_factory=dict)
    _walked: set[str] = field(default_factory=set)
    _last_told: int = 0
    _looked_at: int = -1
    _put_off_until: date = date.max

    def play(self, plans: Iterable[Plan | PaperPlan], *, until: datetime) -> Iterator[datetime]:
        """Do everything that comes before the moment; yields the time as it goes on."""
        self.stage.standing = self.standings.__getitem__
        self._last_told = _last_word()
        for plan in plans:
            self.agenda.later(plan.opens_at, self._beginning(plan))
        self.agenda.later(_next_night(self.agenda.now), self._night, rank=ENGINE)
        yield from self.agenda.run(until=until)

    def _beginning(self, plan: Plan | PaperPlan) -> Act:
        def begin(now: datetime) -> None:
            mechanism = plan.way.mechanism
            subject = self.stage.sampler.subject(mechanism, now.date())
            usual = usual_values(mechanism, on=now.date(), random=self.random)
            subject |= {key: value for key, value in usual.items() if key in subject}
            title, known = " ".join(map(str, subject.values())), {**subject, **usual}
            begun = self._unless_refused(mechanism.key, lambda: self._begun(plan, title, known, now))
            if begun is None:
                return
            self.stage.known[begun.matter] = known
            is_straight = isinstance(plan, Plan) and plan.rests
            pace = Steady(self.random) if is_straight else Human(self.random)
            self._set_out(Journey(Walk(self.stage, pace, begun.matter, now), rests=is_straight), plan.steps)

        return begin

    def _begun(self, plan: Plan | PaperPlan, title: str, known: Mapping[str, Json], now: datetime) -> Done:
        if isinstance(plan, PaperPlan):
            return bring_in(plan.found, known, stage=self.stage, title=title, since=plan.since, now=now)
        return self.stage.open(plan.way.mechanism, plan.way.example, title=title, now=now, known=known)

    def _set_out(self, journey: Journey, steps: tuple[Part, ...]) -> None:
        self._walked.add(journey.walk.uid)
        self._look_around()
        self._go_on(journey, journey.walk.turns(steps))

    def _go_on(self, journey: Journey, turns: Iterator[Turn]) -> None:
        walk = journey.walk
        turn = self._unless_refused(walk.uid, lambda: next(turns, None))
        if turn is None:
            self._carry_on(journey)
            return

        def take(now: datetime) -> bool:
            turn.take(now)
            self._look_around()
            return True

        def go(now: datetime) -> None:
            if self._unless_refused(walk.uid, lambda: take(now)):
                self._go_on(journey, turns)
            else:
                self._carry_on(journey)

        self.agenda.later(turn.at, go)

    def _carry_on(self, journey: Journey) -> None:
        """Take up a matter that was left open, along any example that passes where it stands."""
        walk = journey.walk
        standing = self.standings[walk.uid]
        if journey.rests or not journey.tries or standing.situation.closed:
            return
        ends = [
            example.steps[number:]
            for example in standing.mechanism.examples
            for number, station in enumerate(stations(standing.mechanism, example))
            if station == standing.situation.state
        ]
        if ends:
            following = Walk(self.stage, Human(self.random), walk.uid, self.agenda.now)
            onward = Journey(following, rests=False, tries=journey.tries - 1)
            self._set_out(onward, self.random.choice(ends))

    def _unless_refused(self, what: str, act: Callable[[], object]) -> object:
        try:
            return act()
        except Refusal as refusal:
            self.stranded.append(f"{what} {refusal}")
            return None

    def _look_around(self) -> None:
        """Find every matter that was just touched, and what time will do to it."""
        before_told, self._last_told = self._last_told, _last_word()
        for row in matters_by(TOUCHED, (before_told, self._last_told)):
            uid = str(row.uid)
            standing, before = standing_of(row), self.standings.get(uid)
            self.standings[uid] = standing
            if not standing.situation.closed:
                self._expect(standing, before)

    def _expect(self, standing: Standing, before: Standing | None) -> None:
        self._expect_lapse(standing)
        if before is None or _stay(before) != _stay(standing):
            self._expect_rungs(standing)
        if before is None and standing.row.parent_id is None:
            self._adopt(standing)
        if self.random.randrange(100) < HAPPENINGS_IN_A_HUNDRED:
            at = Human(self.random).after(self.agenda.now, due=None, may_be_late=False)
            self.agenda.later(at, lambda now: self._happen(standing.situation.uid, now))

    def _expect_lapse(self, standing: Standing) -> None:
        state = standing.mechanism.state(standing.situation.state)
        uid, seq = standing.situation.uid, standing.situation.seq
        lapses = () if isinstance(state, Final) else state.lapses
        clocks = (standing.situation.clocks.get(lapse.clock) for lapse in lapses)
        due = min((clock.due_on for clock in clocks if clock and clock.running and clock.due_on), default=None)

        def lapse(now: datetime) -> None:
            if self.standings[uid].situation.seq == seq and lapse_one(uid, now=now):
                self._look_around()

        if due is not None:
            self.agenda.later(midnight_after(due), lapse, rank=ENGINE)

    def _expect_rungs(self, standing: Standing) -> None:
        uid, stay = standing.situation.uid, _stay(standing)

        def climb(now: datetime) -> None:
            if _stay(self.standings[uid]) == stay and climb_one(uid, now=now):
                self._look_around()

        if standing.row.due_on is not None:
            for at in rungs_ahead(standing.row.due_on, after=self.agenda.now, calendar=current_calendar()):
                self.agenda.later(at, climb, rank=ENGINE)

    def _adopt(self, standing: Standing) -> None:
        """Let someone take up a matter that another one opened."""
        uid = standing.situation.uid

        def take_up(now: datetime) -> None:
            if uid not in self._walked:
                self._carry_on(Journey(Walk(self.stage, Human(self.random), uid, now), rests=False))

        self.agenda.later(self.agenda.now + timedelta(minutes=5), take_up)

    def _happen(self, uid: str, now: datetime) -> None:
        if happening(self.standings[uid], stage=self.stage, random=self.random, now=now):
            self._look_around()

    def _night(self, now: datetime) -> None:
        """Open what was put off until today; asked for only when something was put off or falls due."""
        self.agenda.later(_next_night(now), self._night, rank=ENGINE)
        if self._last_told != self._looked_at:
            self._looked_at = self._last_told
            first = Deferred.objects.filter(done_at=None).order_by("due_on").values_list("due_on", flat=True).first()
            self._put_off_until = first or date.max
        if self._put_off_until <= now.astimezone(SHANGHAI).date():
            open_deferred(now=now)
            self._look_around()


def _last_word() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM outbox")
        (last,) = cursor.fetchone()
    return last


def _stay(standing: Standing) -> tuple[int, date | None]:
    return standing.row.stay_seq, standing.row.due_on


def _next_night(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(SHANGHAI).date() + timedelta(days=1), NIGHT, SHANGHAI)
