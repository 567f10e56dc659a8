"""The state of the county in figures: how many organs, and how many matters stand where; no contents, for anyone."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from fuyuantong import catalogue
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.models.matter import Phase, Provenance
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Organ

_COUNTED = """
    SELECT mechanism, state, count(*) FILTER (WHERE phase = %(open)s),
        count(*) FILTER (WHERE phase = %(open)s AND due_on < %(today)s),
        count(*) FILTER (WHERE phase = %(closed)s), count(*) FILTER (WHERE provenance = %(training)s)
    FROM matter GROUP BY mechanism, state
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """How many matters wait for an act, how many of these are overdue, and how many are closed."""

    open: int
    overdue: int
    closed: int


@dataclass(frozen=True, slots=True)
class StateFigures:
    """The matters in one state of a mechanism."""

    key: str
    title: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class MechanismFigures:
    """The matters of one mechanism, and by its states in their declared order; a child's key is `parent/child`."""

    key: str
    title: str
    figures: Figures
    states: tuple[StateFigures, ...]


@dataclass(frozen=True, slots=True)
class CountyState:
    """Organs and matters at a moment; `training` counts the matters that are rehearsals."""

    on: date
    organs: int
    online: int
    figures: Figures
    training: int
    mechanisms: tuple[MechanismFigures, ...]

    def to_data(self) -> dict[str, Any]:
        """Return the state as plain data."""
        return {**asdict(self), "on": self.on.isoformat()}


def county_state(now: datetime) -> CountyState:
    """Return the figures of the whole county as of now, by one pass over the matters."""
    today = now.astimezone(SHANGHAI).date()
    living = Organ.objects.filter(valid_from__lte=today).exclude(valid_to__lte=today)
    with acting():
        rows = _counted(today)
    by_mechanism: dict[str, dict[str, Figures]] = {}
    for mechanism, state, opened, overdue, closed, _ in rows:
        by_mechanism.setdefault(mechanism, {})[state] = Figures(opened, overdue, closed)
    return CountyState(
        on=today,
        organs=living.count(),
        online=living.filter(online=True).count(),
        figures=_sum(figures for states in by_mechanism.values() for figures in states.values()),
        training=sum(row[-1] for row in rows),
        mechanisms=tuple(_figures(key, states) for key, states in sorted(by_mechanism.items())),
    )


def _counted(today: date) -> list[tuple[str, str, int, int, int, int]]:
    values = {"open": Phase.OPEN, "closed": Phase.CLOSED, "training": Provenance.TRAINING, "today": today}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, values)
        return cursor.fetchall()


def _figures(key: str, states: dict[str, Figures]) -> MechanismFigures:
    """Return the figures under the titles that the catalogue gives today; what it knows no more keeps its key."""
    try:
        mechanism = catalogue.mechanism(key)
    except KeyError:
        title, titles = key, dict.fromkeys(sorted(states), "")
    else:
        title = mechanism.title
        titles = {state.key: state.title for state in mechanism.states}
        titles |= dict.fromkeys(sorted(states.keys() - titles.keys()), "")
    return MechanismFigures(
        key=key,
        title=title,
        figures=_sum(states.values()),
        states=tuple(StateFigures(state, titles[state] or state, states[state]) for state in titles if state in states),
    )


def _sum(figures: Any) -> Figures:
    found = list(figures)
    return Figures(sum(f.open for f in found), sum(f.overdue for f in found), sum(f.closed for f in found))
