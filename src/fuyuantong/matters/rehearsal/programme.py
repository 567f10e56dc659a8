"""The programme of a demo county: which matters begin when, so that in the end every state is seen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.counting import working_days_between
from fuyuantong.clock.terms import last_working_day, next_working_day
from fuyuantong.matters.rehearsal.pace import office_hour
from fuyuantong.matters.rehearsal.papers import PaperWay, paper_ways
from fuyuantong.matters.rehearsal.reach import begins_on, lapses_on
from fuyuantong.matters.rehearsal.walk import Part
from fuyuantong.matters.rehearsal.ways import Way, ways_by_hand, ways_to_ask, ways_to_rest, whole_ways

AT_REST_IN_A_HUNDRED = 40  # at most, when there are too few matters for everything
PAPER_ONE_IN = 30  # matters ran on paper before
LONGEST_REST = 12  # working days since a matter came to rest where it is found


@dataclass(frozen=True)
class Plan:
    """A matter to come; `rests`: it goes straight to its goal and is still there in the end."""

    way: Way
    opens_at: datetime
    rests: bool

    @property
    def steps(self) -> tuple[Part, ...]:
        """Return what is to be done with it."""
        return self.way.steps


@dataclass(frozen=True)
class PaperPlan:
    """A matter that stands on paper since a day and is brought in at a moment."""

    found: PaperWay
    since: date
    opens_at: datetime

    @property
    def way(self) -> Way:
        """Return the whole of its example."""
        return self.found.way

    @property
    def steps(self) -> tuple[Part, ...]:
        """Return what was not done on paper."""
        return self.way.steps[self.found.done :]


def programme(matters: int, *, first: date, last: date, random: Random, calendar: Calendar) -> list[Plan | PaperPlan]:
    """
    Return the plans of so many matters in order of time.

    Some from paper in the first weeks; then every open state and every waiting request, every example, and the rest by
    chance. With few matters there is a choice of each.
    """
    papers = [
        _paper(found, first, random, calendar) for found in random.sample(list(paper_ways()), matters // PAPER_ONE_IN)
    ]
    matters -= len(papers)
    rests = _mixed([*ways_to_rest(), *ways_to_ask()], random)[: matters * AT_REST_IN_A_HUNDRED // 100]
    wholes = _mixed(list(whole_ways()), random)[: matters - len(rests)]
    chance = list(_by_chance(matters - len(rests) - len(wholes), random))
    plans: list[Plan | PaperPlan] = [
        *papers,
        *(_resting(way, last, random, calendar) for way in rests),
        *(Plan(way, _some_time(first, last, random, calendar), rests=False) for way in (*wholes, *chance)),
    ]
    return sorted(plans, key=lambda plan: plan.opens_at)


def _by_chance(count: int, random: Random) -> Iterator[Way]:
    """Yield ways of a mechanism drawn first, so that many examples do not mean many matters."""
    ways: dict[str, list[Way]] = {}
    for way in ways_by_hand():
        ways.setdefault(way.mechanism.key, []).append(way)
    for _ in range(count):
        yield random.choice(ways[random.choice(list(ways))])


def _mixed(ways: list[Way], random: Random) -> list[Way]:
    """Return the ways one mechanism after another, each mechanism's own in a drawn order."""
    random.shuffle(ways)
    by_mechanism: dict[str, list[Way]] = {}
    for way in ways:
        by_mechanism.setdefault(way.mechanism.key, []).append(way)
    return list(_in_turn([by_mechanism[key] for key in sorted(by_mechanism)]))


def _in_turn(groups: Sequence[list[Way]]) -> Iterator[Way]:
    for number in range(max(map(len, groups))):
        yield from (group[number] for group in groups if number < len(group))


def _resting(way: Way, last: date, random: Random, calendar: Calendar) -> Plan:
    mechanism, state = way.goal
    arrives = _days_before(last, 1, calendar)
    lapses = lapses_on(mechanism, state, arrives, calendar=calendar)
    room = working_days_between(arrives, lapses, calendar=calendar) * 2 // 3 if lapses else LONGEST_REST
    arrives = _days_before(last, 1 + random.randrange(max(room, 1)), calendar)
    begins = last_working_day(begins_on(way, arrives_on=arrives, calendar=calendar), calendar=calendar)
    return Plan(way, office_hour(begins, random), rests=True)


def _paper(found: PaperWay, first: date, random: Random, calendar: Calendar) -> PaperPlan:
    """Return a plan of the first month; the matter came to its place some days before."""
    opens_on = next_working_day(first + timedelta(days=random.randrange(1, 30)), calendar=calendar)
    return PaperPlan(found, opens_on - timedelta(days=random.randrange(1, 12)), office_hour(opens_on, random))


def _some_time(first: date, last: date, random: Random, calendar: Calendar) -> datetime:
    day = first + timedelta(days=random.randrange((last - first).days - 2))
    return office_hour(next_working_day(day, calendar=calendar), random)


def _days_before(day: date, count: int, calendar: Calendar) -> date:
    while count:
        day -= timedelta(days=1)
        count -= calendar.is_working_day(day)
    return day
