"""Fields: what a move asks of the person who makes it."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


class Prefill(StrEnum):
    """
    What of the affair that a new matter is about stands in its first form.

    TITLE: what it is called, with its number. HOLDER: the organ that has to act on it. STANDING: by which period, since
    when, until when and how much overdue.

    Of a case in court CASE: its number, INSTANCE, CAUSE: what it is about, COURT: the organ that hears it, SUED: the organ
    sued, SERVED: when that was served, HEARD: when it will be heard, EFFECTIVE: since when its judgment is in force.
    SIMILAR: the similar cases of which a court was warned, in words; with them SUED. CLOSED: what a closed matter is
    called, with its number.
    """

    TITLE = "title"
    HOLDER = "holder"
    STANDING = "standing"
    CASE = "case"
    CAUSE = "cause"
    INSTANCE = "instance"
    COURT = "court"
    SUED = "sued"
    SERVED = "served"
    HEARD = "heard"
    EFFECTIVE = "effective"
    SIMILAR = "similar"
    CLOSED = "closed"


class Tells(StrEnum):
    """
    What the register takes over from a matter about a case, once it is said.

    FINDING: what was found of the head of the organ sued, in the words of the courts, RANK: of which rank the head is; the
    register finds the hearing by CASE, SUED, HEARD. ANSWER: that the organ whose act says it has answered, on the day
    on which the act counts; it finds the case by CASE.
    """

    FINDING = "finding"
    RANK = "rank"
    ANSWER = "answer"


@dataclass(frozen=True)
class Field:
    """
    Name one value of a matter.

    `secret`: kept apart from the record, which holds a commitment only. `help`: one line beside the input.
    `samples`: plausible values for guide, tests and training data, never real ones. `prefill`: what is laid into the
    first form of a matter that is begun about another affair. `tells`: what a register takes over from it.
    """

    key: str
    title: str
    _: KW_ONLY
    help: str = ""
    secret: bool = False
    indexed: bool = False
    samples: tuple[Json, ...] = ()
    prefill: Prefill | None = None
    tells: Tells | None = None


@dataclass(frozen=True)
class Text(Field):
    """
    Ask for words; `check` names a rule of `checks.py` such as `case-number`.

    `only_while`: the words name a row of a register, and one that stands so there when it is named; empty: however it
    stands, as does what the register does not have. Unit: `at_most` characters.
    """

    _: KW_ONLY
    check: str = ""
    only_while: tuple[str, ...] = ()
    at_most: int = 4_000


@dataclass(frozen=True)
class Choice(Field):
    """Ask for one of finitely many terms; guards may read it."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class Flag(Field):
    """Ask for yes or no; guards may read it."""


@dataclass(frozen=True)
class Number(Field):
    """Ask for a whole number in `unit` (money in 分)."""

    _: KW_ONLY
    unit: str = ""
    at_least: int = 0


@dataclass(frozen=True)
class Date(Field):
    """Ask for a day in Asia/Shanghai."""


@dataclass(frozen=True)
class Time(Field):
    """Ask for a time of day in Asia/Shanghai. Unit: minutes, as `"09:30"`."""


@dataclass(frozen=True)
class Organ(Field):
    """Ask for one organ; a role may be bound by it."""


@dataclass(frozen=True)
class Organs(Field):
    """Ask for several distinct organs; with `at_least=0` none is an answer."""

    _: KW_ONLY
    at_least: int = 1


@dataclass(frozen=True)
class File(Field):
    """Ask for one or more uploaded documents; the record holds their digests."""


@dataclass(frozen=True)
class Matter(Field):
    """Say which other matter a row is about; only what begins a table fills it in, and most rows are about none."""


@dataclass(frozen=True)
class Unfinished:
    """
    Begin a table with what earlier matters brought about and is still open, oldest first.

    `opened`: the mechanism of what is open; it was opened by matters of this mechanism in the same region whose Choice
    field `same` says the same. `text`: the Text column that says what it is, `cause`: the Text column that says who has
    to act and by when; `matter`: the Matter column that keeps which one it is. Whoever fills in the table may strike
    and change rows.
    """

    opened: str
    _: KW_ONLY
    same: str
    text: str
    cause: str
    matter: str


@dataclass(frozen=True)
class Received:
    """
    Begin a table with what came back: one row for each child of the last round that ended as accepted.

    `of`: the Await of the children; `columns`: for columns of the table the outcome that stands in each. Whoever fills
    in the table may strike and change rows.
    """

    of: str
    _: KW_ONLY
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Rows(Field):
    """
    Ask for a table; with `at_least=0` none is an answer. Columns named in `later` are asked by a later move as
    `"rows.column"`, for every row.

    With `identity` rows live apart from the matter's values, are added one by one and keep their key. `begins_with`:
    what is laid into its first form.
    """

    columns: tuple[Field, ...]
    _: KW_ONLY
    at_least: int = 0
    identity: bool = False
    later: tuple[str, ...] = ()
    begins_with: Unfinished | Received | None = None

    @property
    def typed(self) -> tuple[Field, ...]:
        """Return the columns that a person fills in who adds a row."""
        return tuple(one for one in self.columns if one.key not in self.later and not isinstance(one, Matter))
