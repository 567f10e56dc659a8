"""A pack: what a place's plan says, as facts that set the place up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fuyuantong.clock.terms import Term
from fuyuantong.organs.vocabulary import Branch, RelationKind
from fuyuantong.plans.organisation import SeatPart, Section
from fuyuantong.plans.wording import Wording
from fuyuantong.reading.values import Operator, Period


@dataclass(frozen=True, kw_only=True)
class PackOrgan:
    """Name an organ as the place founds it where the directory has none of that code or name."""

    code: str
    branch: Branch
    kind: str
    full: str
    short: str
    node: str
    online: bool

    @property
    def region(self) -> str:
        """Return the division that its code begins with."""
        return self.code.partition("-")[0]


@dataclass(frozen=True, kw_only=True)
class PackTerm:
    """Set the length of one term of the house, with its clause."""

    key: str
    term: Term
    basis: str


@dataclass(frozen=True, kw_only=True)
class PackNaming:
    """Name the organs that stand under a key of the place's settings, with the clause."""

    key: str
    organs: tuple[str, ...]
    basis: str


@dataclass(frozen=True, kw_only=True)
class Cadence:
    """
    Say what recurs in a place: how often, who convenes or reports it, and who takes part.

    `mechanism`, `field` and `value`: which matters it is, those of a mechanism that say this in that field; empty where
    there are none yet.
    """

    title: str
    clause: str
    period: Period | None
    times: int
    window: str
    convenors: tuple[str, ...]
    members: tuple[str, ...]
    mechanism: str = ""
    field: str = ""
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class Goal:
    """
    Name a figure that a place wants to reach or have reported.

    Unit: `value` in `unit` as printed; empty where no level is set.
    """

    indicator: str
    clause: str
    operator: Operator
    value: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class PackSeat:
    """Say who sits where in the organisation: organs and posts, never people."""

    section: Section
    part: SeatPart
    theme: str
    organ: str
    post: str
    note: str


@dataclass(frozen=True, kw_only=True)
class PackTask:
    """
    One obligation in our own words; `rows`: what it is of all that the system knows, by which it is measured.

    `opens`: of what sort the return is that the calendar opens for each of its periods.
    """

    wording: Wording
    rows: tuple[str, ...]
    opens: str = ""


@dataclass(frozen=True, kw_only=True)
class Pack:
    """
    What a plan lays down for its region.

    Shape: `office` serves the `serves` organ, `host` is where it sits; `plan` is the name of the plan and empty where
    the pack has no tasks; `above` is the name of the plan of the superior region that it adopts. Of `relations` each is
    from, relation, to.
    """

    key: str
    title: str
    document: str
    issued_on: date
    about: str
    region: str
    office: str
    host: str
    serves: str
    plan: str
    above: str
    regions: Mapping[str, str]
    organs: tuple[PackOrgan, ...]
    relations: tuple[tuple[str, RelationKind, str], ...]
    mechanisms: tuple[str, ...]
    basis: str
    terms: tuple[PackTerm, ...]
    named: tuple[PackNaming, ...]
    cadences: tuple[Cadence, ...]
    goals: tuple[Goal, ...]
    seats: tuple[PackSeat, ...]
    tasks: tuple[PackTask, ...]

    def text(self) -> str:
        """Return the tasks as a document: a heading, and one paragraph for each."""
        head = f"{self.plan}\n（据{self.document}整理，{self.issued_on}；以下为本平台的转述，以原文为准）\n"
        return head + "".join(f"{number}. {task.wording.text}\n" for number, task in enumerate(self.tasks, start=1))
