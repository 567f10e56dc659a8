"""What one clock runs by: a period of law, a term of the house, or a date that was fixed, each with its basis."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fuyuantong.clock.terms import Term, term_from
from fuyuantong.refusal import Refusal


class BadRule(Refusal):
    """A rule that says nothing, or two things at once."""

    key = "bad-rule"
    title = "期限规则有误"


class Source(StrEnum):
    """Say who set the length: the law, the place itself, or an official who named a date."""

    LAW = "law"
    HOUSE = "house"
    FIXED = "fixed"

    @property
    def word(self) -> str:
        """Return the source as people call it."""
        return {"law": "法定期限", "house": "本地约定期限", "fixed": "指定日期"}[self.value]


class Roll(StrEnum):
    """
    Say what happens to a last day that is a rest day.

    BY_LAW: forward to the next working day for terms in days, months and years and for fixed dates, not at all for
    hours and for terms before an event. NONE: a fixed date that is the event itself (a meeting on a Saturday).
    BACKWARD: the working day before, only for terms before an event, only where a place says so.
    Basis: 民法典203；民诉法85③；行诉解释48.
    """

    BY_LAW = "by_law"
    NONE = "none"
    BACKWARD = "backward"


@dataclass(frozen=True)
class Ceiling:
    """Keep the period of law that a house term or a fixed date may not go beyond."""

    key: str
    title: str
    basis: str
    term: Term

    def to_data(self) -> dict[str, object]:
        """Return the ceiling as strings and whole numbers."""
        return {"key": self.key, "title": self.title, "basis": self.basis, "term": self.term.to_data()}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """
    Say by what one clock runs: exactly one of a term and a fixed date.

    `key` is ours: JY-01 (a row of periods.csv), house:sign-for (a setting), until:reply_by (a field of the matter).
    Raises: `BadRule` if it has neither or both, or a roll that cannot be meant.
    """

    key: str
    title: str
    source: Source
    basis: str
    term: Term | None = None
    fixed_on: date | None = None
    ceiling: Ceiling | None = None
    roll: Roll = Roll.BY_LAW
    is_verified: bool = True

    def __post_init__(self) -> None:
        """Refuse a rule that says nothing, or two things at once."""
        if (self.term is None) == (self.fixed_on is None):
            raise BadRule(f"{self.title}：期限长度与指定日期须且只能有一个", remedy="请二者择一。")
        if (self.source is Source.FIXED) != (self.fixed_on is not None):
            raise BadRule(f"{self.title}：只有指定日期的规则来源为“指定日期”", remedy="请更正规则来源。")
        if self.roll is Roll.BACKWARD and not self.is_before:
            raise BadRule(
                f"{self.title}：只有事件之前的期限可以提前到上一个工作日",
                basis="民法典第203条",
                remedy="请改为依法顺延。",
            )
        if not self.basis:
            raise BadRule(f"{self.title}：缺少依据", remedy="请写明法律条文、方案条款或者指定日期的文书。")

    @property
    def is_before(self) -> bool:
        """Tell whether the term is counted back from an event."""
        return self.term is not None and self.term.is_before

    @property
    def said(self) -> str:
        """Return the length or the date for people."""
        return self.term.title if self.term is not None else f"指定至{self.fixed_on}"

    def to_data(self) -> dict[str, object]:
        """Return the rule as a mapping of strings, booleans, whole numbers and nulls."""
        return {
            "key": self.key,
            "title": self.title,
            "source": self.source.value,
            "basis": self.basis,
            "term": self.term.to_data() if self.term else None,
            "fixed_on": self.fixed_on.isoformat() if self.fixed_on else None,
            "ceiling": self.ceiling.to_data() if self.ceiling else None,
            "roll": self.roll.value,
            "is_verified": self.is_verified,
        }


def rule_from(data: Mapping[str, object]) -> Rule:
    """
    Read a rule back from `Rule.to_data()`.

    Raises: `BadRule` if a member is missing or not of its kind.
    """
    try:
        return Rule(
            key=str(data["key"]),
            title=str(data["title"]),
            source=Source(str(data["source"])),
            basis=str(data["basis"]),
            term=term_from(data["term"]) if data["term"] is not None else None,
            fixed_on=date.fromisoformat(str(data["fixed_on"])) if data["fixed_on"] is not None else None,
            ceiling=_ceiling_from(data["ceiling"]) if data["ceiling"] is not None else None,
            roll=Roll(str(data["roll"])),
            is_verified=data["is_verified"] is True,
        )
    except (KeyError, ValueError) as fault:
        raise BadRule(f"存储的规则缺少成员或成员有误：{fault}", remedy="请核对记录是否完整。") from fault


def _ceiling_from(data: object) -> Ceiling:
    if not isinstance(data, Mapping):
        raise BadRule("存储的规则中上限有误", remedy="请核对记录是否完整。")
    return Ceiling(
        key=str(data["key"]), title=str(data["title"]), basis=str(data["basis"]), term=term_from(data["term"])
    )
