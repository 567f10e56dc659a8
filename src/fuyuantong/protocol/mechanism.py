"""Words of shape: roles, states, endings, entries, and the mechanism that they make."""

from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from fuyuantong.protocol.acts import Heeds, Lapse, Move, Opens, Request
from fuyuantong.protocol.clocks import Clock
from fuyuantong.protocol.events import Event, Holding
from fuyuantong.protocol.examples import Example, Truth
from fuyuantong.protocol.fields import Field

LANGUAGE = 1  # raised whenever the meaning of a word changes (core.md R9)


class Branch(StrEnum):
    """The side of the table on which an organ sits."""

    GOVERNMENT = "government"
    COURT = "court"
    PROCURATORATE = "procuratorate"
    PARTY = "party"
    OTHER = "other"


class Closing(StrEnum):
    """How a matter ends."""

    ACCEPTED = "accepted"
    DECIDED = "decided"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"
    SETTLED = "settled"


DONE = frozenset({Closing.ACCEPTED, Closing.DECIDED, Closing.SETTLED})  # what was begun came to its end


@dataclass(frozen=True)
class Role:
    """
    Name a part that an organ plays.

    `via` says how the organ is found: `""` at the entry (its opener, or carried), `"field:KEY"` by an Organ field
    (by an Organs field with `many`), `"RELATION:ROLE"` derived from a bound role through the directory
    (`superior_of:receiver`), `"setting:KEY"` by the place's setting. A role bound anew takes along what was
    derived from it. Roles of one matter are distinct organs unless `may_be_same` names the other. A `many` role can
    ask and be copied but never hold. `branches`: on which sides its organ may sit, the usual
    one first; on any when empty.
    """

    key: str
    title: str
    _: KW_ONLY
    branches: tuple[Branch, ...] = ()
    via: str = ""
    many: bool = False
    may_be_same: tuple[str, ...] = ()

    def takes(self, branch: str) -> bool:
        """Tell whether an organ of that branch may play the part."""
        return not self.branches or branch in self.branches


@dataclass(frozen=True)
class State:
    """
    A station of the matter: one role holds it and is judged by one clock.

    Without a clock either `unclocked` (a reason; only in an unissued entry state held by its initiator) or
    `review` (a setting: the interval at which the holder must say why the matter is still open). `inner`: before
    issue, seen by the holder's organ alone.
    """

    key: str
    title: str
    _: KW_ONLY
    holder: str
    judged_by: str = ""
    unclocked: str = ""
    review: str = ""
    inner: bool = False
    moves: tuple[Move, ...] = ()
    lapses: tuple[Lapse, ...] = ()
    help: str = ""


@dataclass(frozen=True)
class Tally:
    """
    One rule of a ballot over the endings of the children; the first that holds decides.

    `how`: `all` (every ending is in `endings`), `any` (some is), `count` (at least `n` are), `otherwise`.
    `early`: tried at each ending, not only when all have ended.
    """

    how: str
    endings: tuple[str, ...] = ()
    _: KW_ONLY
    to: str
    n: int = 0
    early: bool = False
    sets: Mapping[str, bool] = field(default_factory=dict)
    opens: tuple[Opens, ...] = ()


@dataclass(frozen=True)
class Await:
    """
    A state in which the holder collects: one child matter for each organ of the Organs field `per` (or of the
    Organ column `"ROWS.COLUMN"` of rows with identity), bound in the child to the role `each`.

    `child`: a Mechanism of its own, or the key of one in the catalogue; `entry`: its entry, the first when empty.
    `carry` as in `Opens`; roles of the same key are carried by themselves. `in_turn`: the next
    child is opened when the one before has ended. `text`: the field whose digest is voted on; every entry from
    another state is a new round. `leftover`: what happens to open children when the parent goes on: `leave`, or
    `recall` to their one Final of kind superseded. `outcomes`: fields of the child that come back with its ending.
    """

    key: str
    title: str
    _: KW_ONLY
    holder: str
    judged_by: str
    child: "Mechanism | str"
    per: str
    each: str
    ballot: tuple[Tally, ...]
    entry: str = ""
    carry: Mapping[str, str] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()
    text: str = ""
    in_turn: bool = False
    leftover: str = "recall"
    moves: tuple[Move, ...] = ()
    lapses: tuple[Lapse, ...] = ()
    help: str = ""


@dataclass(frozen=True)
class Final:
    """
    An ending.

    `by`: roles that may close (kinds accepted and decided). `needs`: what every path here must have made:
    `"number"`, `"document:KEY"`, `"opened:MECHANISM"`, `"field:KEY"`, `"field:ROWS.COLUMN"`. `basis`: the rule by
    which kinds other than accepted and decided may end without a reason given. `set_aside`: on what evidence an
    ending by lapse is lifted (民诉法86).
    """

    key: str
    title: str
    _: KW_ONLY
    kind: Closing
    by: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    basis: str = ""
    set_aside: str = ""


@dataclass(frozen=True)
class Entry:
    """
    A state in which a matter may begin.

    `by`: the role bound to the opener. `opened`: only through `opens` or as a child, never by hand. `carried`:
    roles and fields that are known from the first record (`by` included when opened).
    """

    state: str
    _: KW_ONLY
    by: str
    opened: bool = False
    carried: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recurs:
    """
    What makes a matter raise the same problem again that one closed before raised to the same organ.

    `kin`: matters of every mechanism that says the same are compared. `organ`: the Organ or Organs field that says to
    whom. `same`: Choice fields whose terms must be equal, between matters of one mechanism. `words`: texts (a Text, or
    a column `"rows.column"`) of which one of either matter must be alike. `within`: how long ago the former one may have
    been closed. It only proposes: that it is the same problem, a person says.
    """

    kin: str
    _: KW_ONLY
    organ: str
    words: tuple[str, ...]
    within: str
    same: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figures:
    """
    A table in which an organ reports figures that the registers may know too: they are shown beside it, and never put in.

    `rows`: the Rows field; of its columns `name` is the Choice that names a figure, `above` and `below` the Numbers of
    its line. `period`: the Text field that names the time (2026年第三季度). `by`: the role whose figures they are.
    """

    rows: str
    _: KW_ONLY
    name: str
    above: str
    below: str
    period: str
    by: str

    def columns(self) -> tuple[str, ...]:
        """Return its columns as `"rows.column"`."""
        return tuple(f"{self.rows}.{column}" for column in (self.name, self.above, self.below))


@dataclass(frozen=True)
class Mechanism:
    """
    A protocol: who holds a matter, what the holder may do next, by when, and how it ends.

    `supersedes`: for each state of the version before, the state in which its running matters go on.
    A child declared inside an Await is a Mechanism too; it needs no basis and implements nothing by itself. `event`: a
    matter of this mechanism stands in the calendar.
    """

    key: str
    title: str
    _: KW_ONLY
    version: int = 1
    chapter: str = ""
    purpose: str = ""
    basis: str = ""
    implements: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    fields: tuple[Field, ...] = ()
    clocks: tuple[Clock, ...] = ()
    entries: tuple[Entry, ...] = ()
    states: tuple[State | Await | Final, ...] = ()
    requests: tuple[Request, ...] = ()
    heeds: tuple[Heeds, ...] = ()
    examples: tuple[Example, ...] = ()
    truths: tuple[Truth, ...] = ()
    recurs: Recurs | None = None
    figures: Figures | None = None
    supersedes: Mapping[str, str] = field(default_factory=dict)
    event: Event | None = None

    def state(self, key: str) -> State | Await | Final:
        """Return the state of that key. Raises: `KeyError`."""
        return _named(self.states, key)

    def role(self, key: str) -> Role:
        """Return the role of that key. Raises: `KeyError`."""
        return _named(self.roles, key)

    def value(self, key: str) -> Field:
        """Return the field of that key. Raises: `KeyError`."""
        return _named(self.fields, key)

    def clock(self, key: str) -> Clock:
        """Return the clock of that key. Raises: `KeyError`."""
        return _named(self.clocks, key)

    def request(self, key: str) -> Request:
        """Return the request of that key. Raises: `KeyError`."""
        return _named(self.requests, key)

    def entry(self, state: str = "") -> Entry:
        """Return the entry at that state, the first one when empty. Raises: `KeyError`."""
        for entry in self.entries:
            if state in ("", entry.state):
                return entry
        raise KeyError(state)

    def holding(self, state: str) -> Holding:
        """Return whether the event takes place that a matter in that state is. Raises: `KeyError`."""
        found = self.state(state)
        if isinstance(found, Final) and found.kind not in DONE:
            return Holding.CANCELLED
        is_open_day = self.event is not None and state in self.event.tentative
        return Holding.TENTATIVE if is_open_day else Holding.CONFIRMED

    def children(self) -> tuple["Mechanism", ...]:
        """Return the mechanisms declared inside this one's Awaits; what several of them await is one."""
        found: list[Mechanism] = []
        for state in self.states:
            if isinstance(state, Await) and isinstance(state.child, Mechanism) and state.child not in found:
                found.append(state.child)
        return tuple(found)


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_K = TypeVar("_K", bound=_Keyed)


def _named(things: Iterable[_K], key: str) -> _K:
    for thing in things:
        if thing.key == key:
            return thing
    raise KeyError(key)
