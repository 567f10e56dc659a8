"""How an example is played: where it stands after each step, when people act, in which order things happen."""

from datetime import date, datetime, timedelta
from random import Random

import pytest

from fuyuantong import catalogue
from fuyuantong.clock.calendar import load_calendar
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.rehearsal.agenda import ENGINE, Agenda
from fuyuantong.matters.rehearsal.pace import Brisk, office_hour, working_days_after
from fuyuantong.matters.rehearsal.reach import arrival, begins_on
from fuyuantong.matters.rehearsal.stations import stations
from fuyuantong.matters.rehearsal.ways import ways_to_ask, ways_to_rest
from fuyuantong.protocol import Final

FRIDAY = datetime(2026, 8, 7, 10, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize("key", list(catalogue.MECHANISMS))
def test_every_example_stands_at_its_end_after_its_last_step(key: str) -> None:
    mechanism = catalogue.MECHANISMS[key]

    assert [stations(mechanism, one)[-1] for one in mechanism.examples] == [one.ends for one in mechanism.examples]


def test_there_is_a_way_to_every_state_in_which_a_matter_can_rest() -> None:
    found = {(way.goal[0].key, way.goal[1]) for way in ways_to_rest()}

    for mechanism in catalogue.MECHANISMS.values():
        open_states = {state.key for state in mechanism.states if not isinstance(state, Final)}
        assert {state for key, state in found if key == mechanism.key} >= open_states


def test_a_way_is_begun_in_time_to_arrive() -> None:
    calendar, day = load_calendar(), date(2026, 8, 7)
    for way in (*ways_to_rest(), *ways_to_ask()):
        begins = begins_on(way, arrives_on=day, calendar=calendar)
        assert abs(arrival(way, begins, calendar=calendar) - day) <= timedelta(days=12)


def test_things_happen_in_the_order_of_time_and_people_before_the_engine() -> None:
    done: list[str] = []
    agenda = Agenda(FRIDAY)
    for name, minutes, rank in (("late", 9, 0), ("engine", 5, ENGINE), ("person", 5, 0), ("never", 99, 0)):
        agenda.later(FRIDAY + timedelta(minutes=minutes), lambda now, name=name: done.append(name), rank=rank)

    list(agenda.run(until=FRIDAY + timedelta(hours=1)))

    assert done == ["person", "engine", "late"]


def test_nothing_is_put_before_what_is_done_now() -> None:
    agenda = Agenda(FRIDAY)
    agenda.later(FRIDAY - timedelta(days=1), lambda now: None)

    assert list(agenda.run(until=FRIDAY + timedelta(hours=1))) == [FRIDAY]


def test_people_work_on_working_days() -> None:
    assert working_days_after(FRIDAY, 1, calendar=load_calendar()) == date(2026, 8, 10)


def test_people_work_in_office_hours_and_not_over_lunch() -> None:
    random = Random(1)
    hours = {office_hour(date(2026, 8, 7), random).hour for _ in range(500)}

    assert hours == {8, 9, 10, 11, 14, 15, 16, 17}


@pytest.mark.django_db
def test_who_is_brisk_acts_within_days_and_never_backwards() -> None:
    pace = Brisk(Random(1), days=1)
    moments = [pace.after(FRIDAY, due=None, may_be_late=False) for _ in range(20)]

    assert {moment.date() for moment in moments} == {date(2026, 8, 7), date(2026, 8, 10)}
    assert all(moment > FRIDAY for moment in moments)
