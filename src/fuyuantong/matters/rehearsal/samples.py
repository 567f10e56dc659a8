"""Plausible values for what a move asks, from the samples of its fields; never real persons."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from fuyuantong.clock.terms import next_working_day
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.protocol import (
    Choice,
    Date,
    Field,
    File,
    Flag,
    Json,
    Mechanism,
    Number,
    Organ,
    Organs,
    Rows,
    Text,
    Time,
)
from fuyuantong.protocol.fold import Situation
from fuyuantong.protocol.mechanism import Await, Final, Role
from fuyuantong.protocol.values import field_of

CASE_NUMBER = "case-number"
EVENT_AHEAD = timedelta(days=20)
ANSWER_AHEAD = timedelta(days=10)

HOURS = ("09:00", "09:30", "14:30", "15:00")
SPECIMEN_NAME = "演练材料.txt"


@dataclass(frozen=True)
class Sampler:
    """
    Fill in forms.

    `casting` gives fresh organs for a role or for anyone, `file` the digest of a stored specimen.
    """

    casting: Callable[[Role | None, int, Situation], Sequence[str]]
    file: str
    random: Random

    @property
    def names(self) -> dict[str, str]:
        """Return what the specimen is called, by its digest."""
        return {self.file: SPECIMEN_NAME}

    def values(
        self,
        mechanism: Mechanism,
        situation: Situation,
        asks: Sequence[str],
        *,
        given: Mapping[str, Json],
        today: date,
        children: int,
    ) -> dict[str, Json]:
        """Return a value for everything asked; what an example gives stands, `children` is how many are awaited."""
        filled: dict[str, Json] = dict(given)
        for key in asks:
            if key not in filled:
                filled[key] = self._asked(mechanism, situation, key, today, children)
        return filled

    def subject(self, mechanism: Mechanism, today: date) -> dict[str, Json]:
        """Return what a matter is about, by the fields that say so: its title, else its first two texts."""
        texts = [found for found in mechanism.fields if isinstance(found, Text) and found.samples and not found.secret]
        titled = [found for found in texts if found.key == "title"] or texts[:2]
        return {found.key: self._sampled(found, today) for found in titled}

    def row(self, mechanism: Mechanism, situation: Situation, key: str, *, today: date) -> dict[str, Json]:
        """Return one row of a table, without the columns that are asked later."""
        table = mechanism.value(key)
        return self._row(table, mechanism, situation, today) if isinstance(table, Rows) else {}

    def _asked(self, mechanism: Mechanism, situation: Situation, key: str, today: date, children: int) -> Json:
        found = field_of(mechanism, key)
        if "." in key:
            rows = situation.values.get(key.partition(".")[0])
            count = len(rows) if isinstance(rows, list) else 0
            return [self._value(found, mechanism, situation, today, children) for _ in range(count)]
        return self._value(found, mechanism, situation, today, children)

    def _value(self, found: Field, mechanism: Mechanism, situation: Situation, today: date, children: int) -> Json:
        if isinstance(found, Organ | Organs):
            return self._organs(found, mechanism, situation, children)
        if isinstance(found, Date):
            return _day(found, mechanism, situation, today).isoformat()
        if found.samples:
            return self._sampled(found, today)
        if isinstance(found, Rows):
            return [self._row(found, mechanism, situation, today) for _ in range(max(1, found.at_least, children))]
        return self._plain(found)

    def _sampled(self, found: Field, today: date) -> Json:
        """Return a sample; of a case number its court and kind, with a year and a number of its own."""
        sample = self.random.choice(found.samples)
        if isinstance(found, Text) and found.check == CASE_NUMBER and isinstance(sample, str):
            sample = re.sub(r"^（\d{4}）", f"（{today.year}）", sample)
            return re.sub(r"\d+号$", f"{self.random.randrange(1, 90)}号", sample)
        return sample

    def _plain(self, found: Field) -> Json:
        if isinstance(found, Choice):
            return found.options[0]
        if isinstance(found, Flag):
            return False
        if isinstance(found, Number):
            return found.at_least + self.random.randrange(1, 20)
        if isinstance(found, Time):
            return self.random.choice(HOURS)
        return [self.file] if isinstance(found, File) else f"（演练）{found.title}"

    def _row(self, table: Rows, mechanism: Mechanism, situation: Situation, today: date) -> dict[str, Json]:
        return {column.key: self._value(column, mechanism, situation, today, 1) for column in table.typed}

    def _organs(self, found: Field, mechanism: Mechanism, situation: Situation, children: int) -> Json:
        role = next((role for role in mechanism.roles if role.via == f"field:{found.key}"), None)
        if isinstance(found, Organ):
            return self.casting(role, 1, situation)[0]
        awaited = any(isinstance(state, Await) and state.per == found.key for state in mechanism.states)
        count = max(found.at_least, children if awaited else 1) if isinstance(found, Organs) else 1
        return list(self.casting(role, count, situation))


def _day(found: Field, mechanism: Mechanism, situation: Situation, today: date) -> date:
    """Return a day that suits the clocks resting on the field: ahead of what runs, today for what began."""
    if any(clock.before == found.key for clock in mechanism.clocks):
        return next_working_day(today + EVENT_AHEAD, calendar=current_calendar())
    resting = [clock.key for clock in mechanism.clocks if clock.until == found.key]
    lengthened = [
        wish.clock
        for state in mechanism.states
        if not isinstance(state, Final)
        for move in state.moves
        for wish in move.extends
        if wish.until == found.key
    ]
    if not resting and not lengthened:
        return today
    running = [situation.clocks[key].due_on for key in (*resting, *lengthened) if key in situation.clocks]
    return max((today, *(due for due in running if due))) + ANSWER_AHEAD
