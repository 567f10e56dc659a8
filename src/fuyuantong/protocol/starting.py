"""How a clock starts: from which day, by which rule, and not beyond which day."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from fuyuantong.clock.acts import BeyondCeiling
from fuyuantong.clock.periods import find_period
from fuyuantong.clock.rule import Ceiling, Roll, Rule, Source
from fuyuantong.clock.running import RunningClock
from fuyuantong.clock.terms import SHANGHAI, Unit, due_on
from fuyuantong.protocol.clocks import Clock
from fuyuantong.protocol.entering import Entering
from fuyuantong.protocol.offers import guards_hold
from fuyuantong.protocol.world import World
from fuyuantong.refusal import Refusal


class NoTermApplies(Refusal):
    """No term of the clock, or more than one, fits what is known."""

    key = "no-term-applies"
    title = "不能确定适用的期限"


class DayMissing(Refusal):
    """A clock rests on a day that was never given."""

    key = "day-missing"
    title = "缺少计算期限所需的日期"


def rule_of(key: str, on: date, world: World, *, near: str) -> Rule:
    """Return the rule of a law row, or of a term that the place of `near` sets for itself."""
    if key.startswith("house:"):
        return world.house_rule(key, on=on, near=near)
    return find_period(key, on=on).as_rule()


@dataclass(frozen=True)
class Starting:
    """One clock of the matter that enters a state, and the values by which it runs."""

    clock: Clock
    entering: Entering

    def begun(self) -> RunningClock:
        """Return the clock as it begins. Raises: `BeyondCeiling`, `NoTermApplies`, `DayMissing`."""
        return self._running(self._first_day(), at=self.entering.acting.at)

    def moved(self, running: RunningClock) -> RunningClock:
        """Return the clock by what was given anew: from the day on which it began, with its stops and extensions."""
        begins_anew = self.clock.since in self.entering.given
        started_on = self._first_day() if begins_anew else running.started_on
        fresh = self._running(started_on, at=running.started_at)
        return replace(fresh, trigger=running.trigger, stops=running.stops, extensions=running.extensions)

    def _first_day(self) -> date:
        given = self.entering.acting.starts.get(self.clock.key)
        if given is not None:
            return given
        return self._day(self.clock.since) if self.clock.since else self.entering.acting.on

    def _running(self, started_on: date, *, at: datetime | None) -> RunningClock:
        rule = self._rule(started_on)
        counts_hours = rule.term is not None and rule.term.unit is Unit.HOURS
        return RunningClock(
            name=self.clock.title,
            started_on=started_on,
            trigger=self._trigger(),
            rule=rule,
            event_on=self._day(self.clock.before) if rule.is_before else None,
            started_at=_moment(started_on, at) if counts_hours else None,
        )

    def _trigger(self) -> str:
        if self.clock.since and self.clock.key not in self.entering.acting.starts:
            return self.entering.mechanism.value(self.clock.since).title
        return self.entering.move.title if self.entering.move else self.entering.state.title

    def _rule(self, started_on: date) -> Rule:
        term = self._term(started_on)
        if self.clock.until:
            return self._fixed(self.clock.until, started_on, ceiling=term)
        if term is None:
            return self._fixed(self.clock.before, started_on, ceiling=None)
        return term

    def _term(self, started_on: date) -> Rule | None:
        clock, entering = self.clock, self.entering
        terms = [term for term in clock.terms() if guards_hold(term.when, entering.values, entering.facts)]
        if len(terms) == 1:
            return rule_of(terms[0].key, started_on, entering.world, near=entering.acting.organ)
        if clock.terms():
            raise NoTermApplies(f"“{clock.title}”有 {len(terms)} 个期限符合现有情况", remedy="请核对所选类型。")
        return None

    def _fixed(self, field: str, started_on: date, *, ceiling: Rule | None) -> Rule:
        """Return the rule of the day in a field, or that of its ceiling where nobody is here to name an earlier day."""
        day = self._day(field)
        title = self.entering.mechanism.value(field).title
        limit = Ceiling(ceiling.key, ceiling.title, ceiling.basis, ceiling.term) if ceiling and ceiling.term else None
        latest = due_on(limit.term, started_on, calendar=self.entering.world.calendar) if limit else day
        if ceiling and limit and day > latest:
            if field not in self.entering.given:
                return ceiling
            raise BeyondCeiling(
                f"“{title}”{day} 晚于上限 {latest}（自 {started_on} 起{limit.term.title}）",
                basis=limit.basis,
                remedy=f"请把“{title}”改为 {latest} 或之前。",
                field=field,
            )
        return Rule(
            key=f"until:{field}",
            title=self.clock.title,
            source=Source.FIXED,
            basis=limit.basis if limit else f"文书指定：{title}",
            fixed_on=day,
            ceiling=limit,
            roll=Roll.NONE if self.clock.before else Roll.BY_LAW,
        )

    def _day(self, field: str) -> date:
        value = self.entering.values.get(field)
        if not isinstance(value, str):
            title = self.entering.mechanism.value(field).title
            raise DayMissing(f"“{self.clock.title}”须依“{title}”计算", remedy=f"请填写“{title}”。", field=field)
        return date.fromisoformat(value)


def _moment(started_on: date, at: datetime | None) -> datetime:
    """Return the moment from which hours count: the one that is known, else the end of the day."""
    if at is not None and at.astimezone(SHANGHAI).date() == started_on:
        return at
    return datetime.combine(started_on, time(23, 59), SHANGHAI)
