"""Whose office keeps a plan."""

from collections.abc import Collection
from datetime import date

from fuyuantong.organs.queries import successor_of
from fuyuantong.plans.models.plan import Plan


def kept_by(plan: Plan, offices: Collection[int], *, on: date) -> bool:
    """Tell whether one of these organs keeps a plan, or came after the one that did."""
    return bool(offices) and successor_of(plan.office, on=on).pk in offices
