"""A task as people type it into its form."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from fuyuantong.plans.services.correcting import BadWording
from fuyuantong.plans.wording import WordedDue, WordedTarget, WordedUnit, Wording
from fuyuantong.reading.values import DueType, Modality, Operator, Period

BLANK_UNITS = 3
BLANK_DUES = 2
BLANK_TARGETS = 1
MOST = 60
Kind = TypeVar("Kind", bound=StrEnum)


def typed_wording(given: Mapping[str, str], before: Wording) -> Wording:
    """
    Return the task that a form says; what a form cannot show (a term from an event) stays as it was.

    Raises: `BadWording` for what is no date, number or word of the lists.
    """
    return Wording(
        clause=given.get("clause", "").strip(),
        title=given.get("title", "").strip(),
        text=given.get("text", "").replace("\r\n", "\n").strip(),
        units=tuple(
            WordedUnit(name=name, is_lead=f"lead-{place}" in given)
            for place in range(MOST)
            if (name := given.get(f"unit-{place}", "").strip())
        ),
        dues=tuple(_due(given, place, before) for place in range(MOST) if given.get(f"due-type-{place}")),
        targets=tuple(_target(given, place) for place in range(MOST) if given.get(f"target-{place}", "").strip()),
        modality=_word(Modality, given.get("modality", ""), "modality"),
    )


def _due(given: Mapping[str, str], place: int, before: Wording) -> WordedDue:
    kind = _word(DueType, given[f"due-type-{place}"], "dues")
    raw = given.get(f"due-raw-{place}", "").strip()
    kept = next((due.within for due in before.dues if due.within and due.raw == raw), None)
    period = given.get(f"due-period-{place}", "")
    recurs = kind is DueType.PERIOD
    return WordedDue(
        type=kind,
        on=_day(given.get(f"due-on-{place}", "")) if kind is DueType.DATE else None,
        period=_word(Period, period, "dues") if recurs and period else None,
        times=_times(given.get(f"due-times-{place}", "")) if recurs else None,
        window=given.get(f"due-window-{place}", "").strip() if recurs else "",
        within=kept if kind is DueType.NONE else None,
        raw=raw,
    )


def _target(given: Mapping[str, str], place: int) -> WordedTarget:
    return WordedTarget(
        indicator=given[f"target-{place}"].strip(),
        operator=_word(Operator, given.get(f"target-operator-{place}", ""), "targets"),
        value=given.get(f"target-value-{place}", "").strip(),
        unit=given.get(f"target-unit-{place}", "").strip(),
    )


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said.strip()) if said.strip() else None
    except ValueError:
        raise BadWording(f"“{said[:20]}”不是日期", remedy="请按 2026-11-30 的样子填写。", field="dues") from None


def _times(said: str) -> int | None:
    clean = said.strip()
    if not clean:
        return None
    if not (clean.isascii() and clean.isdecimal() and 0 < int(clean) < 1000):
        raise BadWording(f"“{clean[:20]}”不是次数", remedy="请填 1 至 999 的整数，或者留空。", field="dues")
    return int(clean)


def _word(kind: type[Kind], said: str, field: str) -> Kind:
    try:
        return kind(said)
    except ValueError:
        raise BadWording(f"“{said[:20]}”不在可选项中", remedy="请重新选择。", field=field) from None
