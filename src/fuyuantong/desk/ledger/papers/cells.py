"""Cells of an office's table, read as what they are to stand for: days, organs, yes and no, states."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Q

from fuyuantong.desk.ledger.papers.targets import CLOCK, FIELD, NUMBER, ROLE, SINCE, STATE, TITLE, binding_fields
from fuyuantong.organs.models import OrganName
from fuyuantong.protocol import Date, Flag, Json, Mechanism, Number, Organ, Organs, Time, fields
from fuyuantong.protocol.amendments import Paper
from fuyuantong.protocol.values import Fault, field_of
from fuyuantong.tables.cells import Unread, day_of, flag_of, time_of

_BETWEEN = re.compile(r"[、，,;；\n]+")


@dataclass
class Names:
    """The organs by every name they bear on a day; looked up at once for a whole table."""

    on: date
    _codes: dict[str, set[str]] = field(default_factory=dict)

    def learn(self, names: Iterable[str]) -> None:
        """Look up several names at once."""
        asked = {name for name in names if name not in self._codes}
        self._codes.update({name: set() for name in asked})
        wanted = Q(full__in=asked) | Q(short__in=asked) | Q(organ__code__in=asked)
        found = OrganName.objects.filter(wanted, valid__contains=self.on).values_list("organ__code", "full", "short")
        for code, full, short in found:
            for name in {code, full, short} & asked:
                self._codes[name].add(code)

    def code(self, name: str) -> str:
        """Return the code of the organ of that name. Raises: `Unread`."""
        self.learn((name,))
        found = sorted(self._codes[name])
        if len(found) != 1:
            raise Unread(f"有 {len(found)} 个单位叫“{name}”，请写全称" if found else f"没有“{name}”这个单位，请写全称")
        return found[0]


@dataclass(frozen=True, slots=True)
class Reading:
    """A row read: the paper matter that it describes, and what could not be read, by target."""

    title: str
    paper: Paper
    faults: tuple[Fault, ...]


def read_row(cells: Mapping[str, str], mechanism: Mechanism, *, names: Names) -> Reading:
    """Return what a row says; `cells` by target, blank ones left out."""
    faults: list[Fault] = []

    def each(prefix: str, read: Callable[[str, str], Json]) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for target, text in cells.items():
            if target.startswith(prefix):
                key = target.removeprefix(prefix)
                try:
                    found[key] = read(key, text)
                except Unread as fault:
                    faults.append(Fault(target, str(fault)))
        return found

    roles = each(ROLE, lambda key, text: _role(mechanism, key, text, names))
    bound = {key: roles[role] for role, key in binding_fields(mechanism).items() if role in roles}
    values = bound | each(FIELD, lambda key, text: _value(mechanism, key, text, names))
    starts = each(CLOCK, lambda key, text: day_of(text))
    since = _since(cells.get(SINCE, ""), names.on, faults)
    paper = Paper(
        state=_state(mechanism, cells.get(STATE, ""), faults),
        roles=roles,
        values=values,
        since=since,
        number=cells.get(NUMBER, ""),
        clock_starts={key: date.fromisoformat(str(start)) for key, start in starts.items()},
    )
    return Reading(cells.get(TITLE, ""), paper, tuple(faults))


def _since(text: str, today: date, faults: list[Fault]) -> date:
    try:
        return date.fromisoformat(day_of(text))
    except Unread as fault:
        faults.append(Fault(SINCE, str(fault) if text else "须写明进入当前环节的日期"))
        return today


def _state(mechanism: Mechanism, text: str, faults: list[Fault]) -> str:
    found = [state.key for state in mechanism.states if text in (state.title, state.key)]
    if len(found) == 1:
        return found[0]
    known = "、".join(state.title for state in mechanism.states)
    faults.append(Fault(STATE, f"没有“{text[:40]}”这一环节；可写：{known}" if text else f"须写明当前环节：{known}"))
    return mechanism.entry().state


def _role(mechanism: Mechanism, key: str, text: str, names: Names) -> Json:
    many = mechanism.role(key).many
    return [names.code(name) for name in _several(text)] if many else names.code(text.strip())


def _value(mechanism: Mechanism, key: str, text: str, names: Names) -> Json:
    return _READ.get(type(field_of(mechanism, key)), _as_it_is)(text, names)


def _several(text: str) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in _BETWEEN.split(text) if name.strip()))


def _as_it_is(text: str, names: Names) -> Json:
    return text


def _number(text: str, names: Names) -> Json:
    plain = text.replace(",", "").replace("，", "")
    if plain.isascii() and plain.removeprefix("-").isdecimal():
        return int(plain)
    raise Unread(f"“{text[:40]}”应为整数")


_READ: Final[Mapping[type[fields.Field], Callable[[str, Names], Json]]] = {
    Date: lambda text, names: day_of(text),
    Time: lambda text, names: time_of(text),
    Flag: lambda text, names: flag_of(text),
    Number: _number,
    Organ: lambda text, names: names.code(text.strip()),
    Organs: lambda text, names: [names.code(name) for name in _several(text)],
}
