"""Which task of a new version is which of the one before, and what differs, field by field."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fuyuantong.plans.unit_aliases import known_as
from fuyuantong.plans.wording import Wording
from fuyuantong.reading.comparison import compare
from fuyuantong.reading.folding import fold
from fuyuantong.reading.values import (
    Due,
    Front,
    Obligation,
    Reading,
    Span,
    Target,
    Unit,
    Within,
)

FIELDS = ("clause", "title", "text", "units", "dues", "targets", "modality")
# another number or name of the same task is no change of what is owed
OUTER = frozenset({"clause", "title"})
RESTATED = 0.3  # share of the shorter text's character pairs that the other has


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field of a task before and after, as in `Wording.as_data`."""

    field: str
    before: Any
    after: Any


def paired(old: Sequence[Wording], new: Sequence[Wording]) -> dict[int, int]:
    """
    Return, for places of the new tasks, the place of the old task of which each is a version.

    Texts that are alike are (`reading.comparison`); so are two that say the same in other words: those left under one
    clause with the same units, of whose shorter text three tenths stand in the other.
    """
    changes = compare(_as_reading(old), _as_reading(new))
    pairs = {
        change.after: change.before for change in changes if change.after is not None and change.before is not None
    }
    taken = set(pairs.values())
    left = _by_place((place, one) for place, one in enumerate(old) if place not in taken)
    free = _by_place((place, one) for place, one in enumerate(new) if place not in pairs)
    for key in free.keys() & left.keys():
        if len(free[key]) == len(left[key]) == 1 and _restates(new[free[key][0]], old[left[key][0]]):
            pairs[free[key][0]] = left[key][0]
    return pairs


def differing(old: Wording, new: Wording) -> tuple[FieldChange, ...]:
    """Return the fields in which two wordings differ; how a time or a line is printed counts for nothing."""
    before, after = old.as_data(), new.as_data()
    first, second = _meant(old), _meant(new)
    return tuple(
        FieldChange(field=field, before=before[field], after=after[field])
        for field in FIELDS
        if first[field] != second[field]
    )


def is_changed(changes: Sequence[FieldChange]) -> bool:
    """Say whether more than number and name differs."""
    return any(change.field not in OUTER for change in changes)


def _by_place(wordings: Iterable[tuple[int, Wording]]) -> dict[tuple[str, frozenset[str]], list[int]]:
    """Return places of wordings by clause and units."""
    found: dict[tuple[str, frozenset[str]], list[int]] = {}
    for place, wording in wordings:
        key = wording.clause, frozenset(known_as(unit.name) for unit in wording.units)
        found.setdefault(key, []).append(place)
    return found


def _restates(one: Wording, other: Wording) -> bool:
    first, second = _pairs(one), _pairs(other)
    return (first & second).total() >= RESTATED * max(1, min(first.total(), second.total()))


def _pairs(wording: Wording) -> Counter[str]:
    said = "".join(fold(wording.text or wording.title).split())
    return Counter(said[at : at + 2] for at in range(len(said) - 1))


def _meant(wording: Wording) -> Mapping[str, object]:
    return {
        "clause": wording.clause,
        "title": wording.title,
        "text": "".join(fold(wording.text).split()),
        "units": frozenset(wording.units),
        "dues": frozenset((due.type, due.on, due.period, due.times, due.window, due.within) for due in wording.dues),
        "targets": wording.targets,
        "modality": wording.modality,
    }


def _as_reading(wordings: Sequence[Wording]) -> Reading:
    text = "\n".join(wording.text for wording in wordings)
    obligations, start = [], 0
    for wording in wordings:
        obligations.append(_as_obligation(wording, Span(start, start + len(wording.text))))
        start += len(wording.text) + 1
    return Reading(text=text, digest="", front=Front(), headings=(), sentences=(), obligations=tuple(obligations))


def _as_obligation(wording: Wording, span: Span) -> Obligation:
    due = wording.dues[0] if wording.dues else None
    units = tuple(Unit(unit.name, span) for unit in wording.units)
    return Obligation(
        clause=wording.clause,
        span=span,
        part=span,
        units=units,
        lead=tuple(unit for unit, worded in zip(units, wording.units, strict=True) if worded.is_lead),
        due=Due(
            type=due.type,
            on=due.on,
            period=due.period,
            times=due.times,
            within=Within(*due.within) if due.within else None,
        )
        if due
        else Due(),
        targets=tuple(
            Target(target.indicator, target.operator, float(target.value) if target.value else None, None, span)
            for target in wording.targets
        ),
        modality=wording.modality,
        rule="",
    )
