"""类案预警: by what cases are taken together, and whether as filed or as lost; each is a rule that a place switches on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class SimilarRule:
    """
    Cases are similar that agree in all that `by` names: organ (sued), cause, act_kind.

    `lost`: only those that were lost, by the day of the decision; else all, by the day of filing. `is_default`: on
    where a place has not chosen.
    """

    key: str
    title: str
    by: tuple[str, ...]
    lost: bool
    is_default: bool


RULES: Final[Mapping[str, SimilarRule]] = {
    rule.key: rule
    for rule in (
        SimilarRule("organ-cause", "同一单位、同一案由的新收案件", ("organ", "cause"), lost=False, is_default=True),
        SimilarRule("organ-act", "同一单位、同一类行政行为的新收案件", ("organ", "act_kind"), lost=False, is_default=False),
        SimilarRule("organ-cause-lost", "同一单位、同一案由的败诉案件", ("organ", "cause"), lost=True, is_default=True),
        SimilarRule("organ-lost", "同一单位的败诉案件", ("organ",), lost=True, is_default=True),
        SimilarRule("cause", "同一案由的新收案件（不分单位）", ("cause",), lost=False, is_default=False),
    )
}  # fmt: skip


def default_rules() -> frozenset[str]:
    """Return the rules that are on where a place has not chosen. Basis: 松原宁江§2, K-18."""
    return frozenset(rule.key for rule in RULES.values() if rule.is_default)
