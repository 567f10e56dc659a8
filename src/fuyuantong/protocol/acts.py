"""Words of acting: moves of the holder, lapses of the engine, requests of the others, and what they bring about."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field

from fuyuantong.protocol.clocks import Extends, Guards


@dataclass(frozen=True)
class Opens:
    """
    Open a matter of another mechanism (by key, checked in the catalogue) at one of its opened entries.

    `carry` gives each role and field that the entry needs: a key of this matter (role or field), a column of
    the row as `"row.COLUMN"`, or a constant as `"=term"`. `each`: one matter for every row of that Rows field.
    `after`: not now but when this term has run from the effective date (look-back).
    """

    mechanism: str
    entry: str
    carry: Mapping[str, str] = field(default_factory=dict)
    _: KW_ONLY
    when: Guards = ()
    each: str = ""
    after: str = ""


@dataclass(frozen=True)
class Draws:
    """
    Touch a row that one keeper holds: `reserve`, `commit`, `release` an amount of a fund, or `claim` a unique key.

    Only in a state whose holder is the `keeper`. `by` names the field that gives the amount or the key. Not executed
    yet: the library loads no mechanism that draws.
    """

    act: str
    of: str
    by: str
    _: KW_ONLY
    keeper: str


@dataclass(frozen=True)
class Enters:
    """
    Write a row into a register; `fields` are the values that it takes. The date `falls_due` may open a matter.

    Not executed yet: the library loads no mechanism that enters.
    """

    register: str
    fields: tuple[str, ...]
    _: KW_ONLY
    falls_due: str = ""


@dataclass(frozen=True)
class Move:
    """
    An act of the holder that leads `to` a state (its own for a note that changes values only).

    `asks` must be given, `may_ask` may. `when`: guards. `sets`: facts. `numbers`: takes the next number of that
    serial of the holder. `drafts`: the document drawn up. `copies`: who receives a copy (a role key, an Organs
    field, `setting:KEY`). `at_most` times per matter, after which the move leads to `beyond` when that is given.
    `renews`: why a lap may repeat without bound. `not_before` / `until`: the named clock must / must not be past.
    `signed`: takes effect after the organ's own chain of posts. `restarts`: clocks that begin a new lap.
    """

    key: str
    title: str
    _: KW_ONLY
    to: str
    asks: tuple[str, ...] = ()
    may_ask: tuple[str, ...] = ()
    when: Guards = ()
    sets: Mapping[str, bool] = field(default_factory=dict)
    signed: bool = False
    numbers: str = ""
    drafts: str = ""
    copies: tuple[str, ...] = ()
    opens: tuple[Opens, ...] = ()
    draws: tuple[Draws, ...] = ()
    enters: tuple[Enters, ...] = ()
    extends: tuple[Extends, ...] = ()
    restarts: tuple[str, ...] = ()
    at_most: int = 0
    beyond: str = ""
    renews: str = ""
    not_before: str = ""
    until: str = ""
    help: str = ""


@dataclass(frozen=True)
class Lapse:
    """
    The engine's act when the clock passes; effective on the due date.

    Into a Final only when that Final names `set_aside`.
    """

    clock: str
    _: KW_ONLY
    to: str
    title: str = "逾期"
    when: Guards = ()
    sets: Mapping[str, bool] = field(default_factory=dict)
    opens: tuple[Opens, ...] = ()


@dataclass(frozen=True)
class Heeds:
    """
    Obey a register: when the row that the Text field `by` names has that `event`, the engine acts by itself.

    In one of `states` it leads the matter `to` a state, with `before` only as long as that day has not come. Without
    `to` it writes into `by` the name under which the row goes on. Otherwise the event is put on the trail and changes
    nothing.
    """

    register: str
    event: str
    _: KW_ONLY
    by: str
    states: tuple[str, ...] = ()
    before: str = ""
    to: str = ""


@dataclass(frozen=True)
class Request:
    """
    A typed act of a party (`by`: role keys) that does not hold, while the matter is in one of `states`.

    Exactly one of: `grants` (a move of the holder, prefilled with what was asked; the holder may refuse it with a
    reason; answered within `answer_by`), `demand` (a right: the engine leads the matter to that state, or refuses
    by rule), `rows` (adds one row to that Rows field).
    """

    key: str
    title: str
    _: KW_ONLY
    by: tuple[str, ...]
    states: tuple[str, ...]
    asks: tuple[str, ...] = ()
    may_ask: tuple[str, ...] = ()
    when: Guards = ()
    grants: str = ""
    answer_by: str = ""
    demand: str = ""
    rows: str = ""
