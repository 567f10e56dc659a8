"""What a task says, as read or as a person has it: a value that is kept as JSON and compared field by field."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from fuyuantong.reading.values import DueType, Modality, Operator, Period


@dataclass(frozen=True, kw_only=True)
class WordedUnit:
    """Name a responsible unit in the words of the document."""

    name: str
    is_lead: bool = False


@dataclass(frozen=True, kw_only=True)
class WordedDue:
    """Say by when, or how often, a task falls due; `within` is a term from an event: length, unit, trigger."""

    type: DueType
    on: date | None = None
    period: Period | None = None
    times: int | None = None
    window: str = ""
    within: tuple[int, str, str] | None = None
    raw: str = ""


@dataclass(frozen=True, kw_only=True)
class WordedTarget:
    """
    Name a figure to be reached.

    Unit: `value` in `unit` as printed, a decimal in words ("90", "0.5"); empty where no level is set.
    """

    indicator: str
    operator: Operator
    value: str = ""
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """
    Say what a task is: whose, by when, to what target.

    `title` is its short name in the ledger, `text` the words of the document; `dues` holds the one date as well as
    every recurrence of the same item (温县 二(一)2: 2021-07-10 and 每半年).
    """

    clause: str
    title: str
    text: str
    units: tuple[WordedUnit, ...] = ()
    dues: tuple[WordedDue, ...] = ()
    targets: tuple[WordedTarget, ...] = ()
    modality: Modality = Modality.MUST

    def as_data(self) -> dict[str, Any]:
        """Return it as values that JSON knows."""
        data = asdict(self)
        for due in data["dues"]:
            due["on"] = due["on"].isoformat() if due["on"] else None
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Wording":
        """Return what `as_data` gave."""
        return cls(
            clause=data["clause"],
            title=data["title"],
            text=data["text"],
            units=tuple(WordedUnit(**unit) for unit in data["units"]),
            dues=tuple(_due(due) for due in data["dues"]),
            targets=tuple(WordedTarget(**{**one, "operator": Operator(one["operator"])}) for one in data["targets"]),
            modality=Modality(data["modality"]),
        )


def _due(data: Mapping[str, Any]) -> WordedDue:
    return WordedDue(
        type=DueType(data["type"]),
        on=date.fromisoformat(data["on"]) if data["on"] else None,
        period=Period(data["period"]) if data["period"] else None,
        times=data["times"],
        window=data["window"],
        within=tuple(data["within"]) if data["within"] else None,
        raw=data["raw"],
    )
