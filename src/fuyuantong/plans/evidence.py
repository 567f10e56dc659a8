"""By what the progress of an obligation is measured: a declared query over what really happened."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final

from fuyuantong.protocol import Await, Mechanism
from fuyuantong.protocol import Final as Ending
from fuyuantong.protocol.mechanism import DONE


class Source(StrEnum):
    """What is counted."""

    MATTERS = "matters"
    RETURNS = "returns"
    ACTIVITIES = "activities"
    REGISTER = "register"
    INDICATOR = "indicator"
    DOCUMENT = "document"


class Whose(StrEnum):
    """Whose matters are counted: of the organ that owes it, of any unit that the obligation names, of everyone."""

    ORGAN = "organ"
    UNITS = "units"
    REGION = "region"


class Window(StrEnum):
    """In what time something counts."""

    PERIOD = "period"
    SINCE = "since"


SOURCE_TITLES: Final = {
    Source.MATTERS: "办理的事项",
    Source.RETURNS: "报送的材料",
    Source.ACTIVITIES: "开展的活动",
    Source.REGISTER: "名册中的登记",
    Source.INDICATOR: "指标数值",
    Source.DOCUMENT: "人工举证",
}
WHOSE_TITLES: Final = {
    Whose.ORGAN: "承担单位自己参与的",
    Whose.UNITS: "各责任单位参与的",
    Whose.REGION: "本地区全部的",
}
WINDOW_TITLES: Final = {Window.PERIOD: "本期内", Window.SINCE: "自方案施行以来"}


@dataclass(frozen=True, kw_only=True)
class Query:
    """
    Say what counts as evidence of an obligation, in what time, and how much of it is enough.

    Shape: `mechanism` is a key of the catalogue (`parent/child` for a child), `rows` are ids of what a mechanism
    implements, by which one is found as soon as there is one; `named` says in words what is counted when there is
    none yet. `at`: the endings or states that count, empty for every ending by which a matter was done. `field` and
    `value` narrow to matters that say so (the series of a conference). `role`: the part that the organ must have in
    them, empty for any. `number` of them are enough, or `percent` of those due, closed in time, when that is set.
    `beside`: a level that nothing computes yet and a person must find reached. `why` explains a suggestion.
    `entry`: where each due item opens a matter of its own, by which alone it is then judged; `carry`: what goes into
    the fields of that entry, in words as in `plans.calendar_openings`.
    """

    source: Source
    mechanism: str = ""
    rows: tuple[str, ...] = ()
    named: str = ""
    at: tuple[str, ...] = ()
    field: str = ""
    value: str = ""
    role: str = ""
    whose: Whose = Whose.ORGAN
    window: Window = Window.PERIOD
    number: int = 1
    percent: int | None = None
    beside: str = ""
    why: str = ""
    entry: str = ""
    carry: tuple[tuple[str, str], ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return it as values that JSON knows; what is as usual is left out."""
        told = {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name) != one.default}
        return {name: _as_list(value) for name, value in told.items()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Query":
        """Return what `as_data` gave. Raises: `KeyError`, `ValueError`, `TypeError` for what it never gives."""
        return cls(
            **{
                **data,
                "source": Source(data["source"]),
                "rows": tuple(data.get("rows", ())),
                "at": tuple(data.get("at", ())),
                "carry": tuple((key, words) for key, words in data.get("carry", ())),
                "whose": Whose(data.get("whose", Whose.ORGAN)),
                "window": Window(data.get("window", Window.PERIOD)),
            }
        )


def _as_list(value: object) -> object:
    return [_as_list(one) for one in value] if isinstance(value, tuple) else value


BY_HAND: Final = Query(source=Source.DOCUMENT)


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A query whose mechanism is in the catalogue: the key under which its matters stand, and what counts."""

    key: str
    mechanism: Mechanism
    endings: tuple[str, ...]
    states: tuple[str, ...]


def counted(query: Query, catalogue: Mapping[str, Mechanism]) -> Counted | None:
    """Return what a query counts, None when nothing in the catalogue can tell: then it waits for evidence by hand."""
    found = _mechanism(query, dict(walk(catalogue)))
    if found is None:
        return None
    key, mechanism = found
    wanted = query.at or tuple(ending.key for ending in endings_of(mechanism) if ending.kind in DONE)
    endings = {ending.key for ending in endings_of(mechanism)}
    return Counted(
        key=key,
        mechanism=mechanism,
        endings=tuple(state for state in wanted if state in endings),
        states=tuple(state for state in wanted if state not in endings),
    )


def endings_of(mechanism: Mechanism) -> tuple[Ending, ...]:
    """Return the endings of a mechanism."""
    return tuple(state for state in mechanism.states if isinstance(state, Ending))


def walk(catalogue: Mapping[str, Mechanism]) -> Iterator[tuple[str, Mechanism]]:
    """Yield every mechanism of a catalogue with the key of its matters, each child after its parent."""
    for key, mechanism in catalogue.items():
        yield from _family(key, mechanism)


def _family(key: str, mechanism: Mechanism) -> Iterator[tuple[str, Mechanism]]:
    yield key, mechanism
    for state in mechanism.states:
        if isinstance(state, Await) and isinstance(state.child, Mechanism):
            yield from _family(f"{key}/{state.child.key}", state.child)


def _mechanism(query: Query, known: Mapping[str, Mechanism]) -> tuple[str, Mechanism] | None:
    if query.mechanism:
        return (query.mechanism, known[query.mechanism]) if query.mechanism in known else None
    return implementing(query.rows, known) or _titled(query.named, known)


def implementing(rows: Sequence[str], known: Mapping[str, Mechanism]) -> tuple[str, Mechanism] | None:
    """Return the mechanism that is nothing but the first row that one implements, as far as there is such a one."""
    for row in rows:
        found = [(key, mechanism) for key, mechanism in known.items() if row in mechanism.implements]
        if found:
            return min(found, key=lambda one: len(one[1].implements))
    return None


def _titled(title: str, known: Mapping[str, Mechanism]) -> tuple[str, Mechanism] | None:
    return next(((key, mechanism) for key, mechanism in known.items() if title and mechanism.title == title), None)
