"""Words of time: guards, terms, clocks and what lengthens them."""

from dataclasses import KW_ONLY, dataclass


@dataclass(frozen=True)
class Is:
    """
    Guard: the Choice or Flag field, or the fact, named `of` has one of `values`. Several guards mean: all.

    A fact that no move has set is `False`.
    """

    of: str
    values: tuple[str | bool, ...]

    def __init__(self, of: str, *values: str | bool) -> None:
        object.__setattr__(self, "of", of)
        object.__setattr__(self, "values", values)


Guards = tuple[Is, ...]


@dataclass(frozen=True)
class Term:
    """Name the length of a clock: a row of `periods.csv` (`"JY-01"`) or a setting (`"house:sign-for"`)."""

    key: str
    _: KW_ONLY
    when: Guards = ()


@dataclass(frozen=True)
class Clock:
    """
    Name a deadline that lives in the matter.

    Its life is one stay in the states that it judges (`State.judged_by`), runs over (`keeps`) or rests in
    (`stops`). It starts when the matter enters that set, on the effective date of the record that leads there,
    or on the day that the Date field `since` gives; it ends when the matter leaves the set; entering anew is a
    new lap. A move with `restarts` begins a new lap inside the set. A date, or the choice of a case, that is given
    anew inside the set moves the clock; it still counts from its first day.

    `term`, or `cases` of which exactly one applies by its guard, say how long it runs. With `until` a Date field
    gives the last day, and the term, if any, is the ceiling that this day may not pass: the step that gives a later
    day is refused; where an earlier step gave it, the clock runs by the term. With `before` a Date field gives an
    event: the term (of negative length) counts back from it, without one the event day is the last.
    """

    key: str
    title: str
    term: str = ""
    _: KW_ONLY
    cases: tuple[Term, ...] = ()
    until: str = ""
    before: str = ""
    since: str = ""
    keeps: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()

    def terms(self) -> tuple[Term, ...]:
        """Return the terms of which exactly one applies; none for a bare `until` or `before`."""
        return (Term(self.term),) if self.term else self.cases


@dataclass(frozen=True)
class Extends:
    """A move lengthens the running `clock` by a `term`, or to the day in the Date field `until`."""

    clock: str
    _: KW_ONLY
    term: str = ""
    until: str = ""
