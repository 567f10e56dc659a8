"""The county at work: everything that people, clocks and the engine do, one after another in the order of time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.models.clock import Deferred
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.rehearsal.happenings import happening
from fuyuantong.matters.rehearsal.pace import Human, Pace, Steady, midnight_after, rungs_ahead
from fuyuantong.matters.rehearsal.papers import bring_in
from fuyuantong.matters.rehearsal.programme import PaperPlan, Plan
from fuyuantong.matters.rehearsal.stage import Stage
from fuyuantong.matters.rehearsal.walk import Part, Turn, Walk
from fuyuantong.matters.rehearsal.ways import Way
from fuyuantong.matters.services.deferred import open_deferred
from fuyuantong.matters.services.engine import lapse_one
from fuyuantong.matters.services.ladder import climb_one
from fuyuantong.matters.services.locks import standing_of
from fuyuantong.matters.services.trail import Standing
from fuyuantong.protocol import Final
from fuyuantong.refusal import Refusal

NIGHT = time(0, 5)
HAPPENINGS_IN_A_HUNDRED = 6
PEOPLE, ENGINE = 0, 1

TOUCHED = """
    SELECT matter.*, (SELECT max(id) FROM outbox) AS last_told FROM matter
    WHERE uid IN (SELECT (body->>'matter')::uuid FROM outbox WHERE id > %(last)s) ORDER BY id
"""

Act = Callable[[datetime], object]


@dataclass
class County:
    """
    Play plans side by side inside one act (`session.acting`), up to a moment.

    A walk that can go no further because something came between stays where it is, as matters do. `stranded` says
    which and why.
    """

    stage: Stage
    random: Random
    now: datetime
    stranded: list[str] = field(default_factory=list)
    standings: dict[str, Standing] = field(default_factory=dict)
    _waiting: list[tuple[datetime, int, int, Act]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)
    _walked: set[str] = field(default_factory=set)
    _last_told: int = 0
    _looked_at: int = -1
    _put_off_until: date = date.max

    def play(self, plans: Iterable[Plan | PaperPlan], *, until: datetime) -> Iterator[datetime]:
        """Do everything that comes before the moment; yields the time as it goes on."""
        self.stage.standing = self.standings.__getitem__
        self._last_told = Outbox.objects.order_by("-id").values_list("id", flat=True).first() or 0
        for plan in plans:
            self.later(plan.opens_at, self._importing(plan) if isinstance(plan, PaperPlan) else self._opening(plan))
        self.later(_next_night(self.now), self._night, rank=ENGINE)
        while self._waiting and self._waiting[0][0] < until:
            self.now, _, _, act = heappop(self._waiting)
            act(self.now)
            yield self.now

    def later(self, at: datetime, act: Act, *, rank: int = PEOPLE) -> None:
        """Let something be done at a moment, not before what is done now; of two at once people go first."""
        heappush(self._waiting, (max(at, self.now), rank, next(self._order), act))

    def _opening(self, plan: Plan) -> Act:
        def begin(now: datetime) -> None:
            way = plan.way
            begun = self.stage.open(way.mechanism, way.example, title=self._title(way), now=now)
            self._set_out(begun.matter, way.steps, Steady(self.random) if plan.rests else Human(self.random))

        return begin

    def _importing(self, plan: PaperPlan) -> Act:
        def bring(now: datetime) -> None:
            way = plan.found.way
            begun = bring_in(plan.found, stage=self.stage, title=self._title(way), since=plan.since, now=now)
            self._set_out(begun.matter, way.example.steps[plan.found.done :], Human(self.random))

        return bring

    def _title(self, way: Way) -> str:
        titled = [found for found in way.mechanism.fields if found.key == "title" and found.samples]
        return str(self.random.choice(titled[0].samples)) if titled else way.example.title

    def _set_out(self, uid: str, steps: tuple[Part, ...], pace: Pace) -> None:
        self._walked.add(uid)
        self._look_around()
        walk = Walk(self.stage, pace, uid, self.now)
        self._go_on(walk, walk.turns(steps))

    def _go_on(self, walk: Walk, turns: Iterator[Turn]) -> None:
        turn = self._unless_refused(walk, lambda: next(turns, None))
        if turn is None:
            return

        def take(now: datetime) -> None:
            before = len(self.stranded)
            self._unless_refused(walk, lambda: turn.take(now))
            if len(self.stranded) == before:
                self._look_around()
                self._go_on(walk, turns)

        self.later(turn.at, take)

    def _unless_refused(self, walk: Walk, act: Callable[[], object]) -> object:
        try:
            return act()
        except Refusal as refusal:
            self.stranded.append(f"{walk.uid} {self.standings[walk.uid].situation.state} {refusal}")
            return None

    def _look_around(self) -> None:
        """Find every matter that was just touched, and what time will do to it."""
        for row in Matter.objects.raw(TOUCHED, {"last": self._last_told}):
            self._last_told = row.last_told
            uid = str(row.uid)
            standing, before = standing_of(row), self.standings.get(uid)
            self.standings[uid] = standing
            self._expect(standing, before)

    def _expect(self, standing: Standing, before: Standing | None) -> None:
        if standing.situation.closed:
            return
        self._expect_lapse(standing)
        if before is None or (before.row.stay_seq, before.row.due_on) != (standing.row.stay_seq, standing.row.due_on):
            self._expect_rungs(standing)
        if before is None and standing.row.parent_id is None:
            self._adopt(standing)
        if self.random.randrange(100) < HAPPENINGS_IN_A_HUNDRED:
            at = Human(self.random).after(self.now, due=None, may_be_late=False)
            self.later(at, lambda now: self._happen(standing.situation.uid, now))

    def _expect_lapse(self, standing: Standing) -> None:
        state = standing.mechanism.state(standing.situation.state)
        uid, seq = standing.situation.uid, standing.situation.seq
        lapses = () if isinstance(state, Final) else state.lapses
        clocks = (standing.situation.clocks.get(lapse.clock) for lapse in lapses)
        due = min((clock.due_on for clock in clocks if clock and clock.running and clock.due_on), default=None)
        if due is None:
            return

        def lapse(now: datetime) -> None:
            if self.standings[uid].situation.seq == seq and lapse_one(uid, now=now):
                self._look_around()

        self.later(midnight_after(due), lapse, rank=ENGINE)

    def _expect_rungs(self, standing: Standing) -> None:
        row, uid = standing.row, standing.situation.uid
        stay = (row.stay_seq, row.due_on)

        def climb(now: datetime) -> None:
            found = self.standings[uid].row
            if (found.stay_seq, found.due_on) == stay and climb_one(uid, now=now):
                self._look_around()

        if row.due_on is not None:
            for at in rungs_ahead(row.due_on, after=self.now, calendar=current_calendar()):
                self.later(at, climb, rank=ENGINE)

    def _adopt(self, standing: Standing) -> None:
        """Let someone take up a matter that another one opened."""
        uid = standing.situation.uid
        if uid in self._walked:
            return
        fitting = [
            example
            for example in standing.mechanism.examples
            if standing.mechanism.entry(example.entry).state == standing.situation.state
        ]
        if fitting:
            steps = self.random.choice(fitting).steps
            self.later(self.now + timedelta(minutes=5), lambda now: self._set_out(uid, steps, Human(self.random)))

    def _happen(self, uid: str, now: datetime) -> None:
        if happening(self.standings[uid], stage=self.stage, random=self.random, now=now):
            self._look_around()

    def _night(self, now: datetime) -> None:
        """Open what was put off until today; asked for only when something was put off or falls due."""
        self.later(_next_night(now), self._night, rank=ENGINE)
        if self._last_told != self._looked_at:
            self._looked_at = self._last_told
            first = Deferred.objects.filter(done_at=None).order_by("due_on").values_list("due_on", flat=True).first()
            self._put_off_until = first or date.max
        if self._put_off_until <= now.astimezone(SHANGHAI).date():
            open_deferred(now=now)
            self._look_around()


def _next_night(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(SHANGHAI).date() + timedelta(days=1), NIGHT, SHANGHAI)
