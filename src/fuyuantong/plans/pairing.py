"""Which task of a new version is which of the one before, and what differs, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field of a task before and after, as in `Wording.as_data`."""

    field: str
    before: Any
    after: Any


def paired(old: Sequence[Wording], new: Sequence[Wording]) -> dict[int, int]:
    """Return, for places of the new tasks, the place of the old task of which each is a version."""
    changes = compare(_as_reading(old), _as_reading(new))
    return {change.after: change.before for change in changes if change.after is not None and change.before is not None}


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
