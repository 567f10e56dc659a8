"""Cadences that a place keeps: which of them a matter belongs to, and when each falls due again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fuyuantong.matters.place_settings import CADENCES_KEY, PlaceSettings
from fuyuantong.plans.ledger_rules import ledger_rules
from fuyuantong.plans.pack import Cadence
from fuyuantong.plans.periods import Occurrence, Rhythm, occurrences, period_title
from fuyuantong.reading.values import DueType, Period


@dataclass(frozen=True)
class Recurrence:
    """A cadence in its present period: by when it is due, and how often in that time."""

    cadence: Cadence
    occurrence: Occurrence

    @property
    def title(self) -> str:
        """Return what is due. Example: 2026年第四季度常规联席会议."""
        return f"{period_title(self.occurrence.period)}{self.cadence.title}"


def cadences_of(place: PlaceSettings, *, on: date) -> Iterator[Cadence]:
    """Yield what recurs in a place."""
    for line in place.lines(CADENCES_KEY, on=on):
        told = {**line, "convenors": tuple(line["convenors"]), "members": tuple(line["members"])}
        yield Cadence(**{**told, "period": Period(line["period"]) if line["period"] else None})


def cadence_of(place: PlaceSettings, *, mechanism: str, field: str, value: str, on: date) -> Cadence | None:
    """Return the cadence to which matters of a mechanism belong that say this in that field; None when none is kept."""
    wanted = (mechanism, field, value)
    return next((one for one in cadences_of(place, on=on) if (one.mechanism, one.field, one.value) == wanted), None)


def recurring(place: PlaceSettings, *, on: date) -> Iterator[Recurrence]:
    """Yield the cadences that name a mechanism and have a cycle, each in the period that runs on a day."""
    regularly = ledger_rules(place, on=on).regularly
    for one in cadences_of(place, on=on):
        if one.mechanism and one.period:
            rhythm = Rhythm(type=DueType.PERIOD, period=one.period, window=one.window)
            found = occurrences(rhythm, since=date(on.year - 1, 1, 1), today=on, regularly=regularly)
            yield Recurrence(one, found[-1])
