"""How a place keeps its ledger of tasks: when lagging is a risk, how often 定期 is, how long after a period a return is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from fuyuantong.matters.place_settings import LEDGER_KEY, PlaceSettings, settings_of
from fuyuantong.reading.values import Period

WHOLE = 100


@dataclass(frozen=True, kw_only=True)
class LedgerRules:
    """
    What a place sets for its ledger, with the defaults of the house.

    Unit: `margin_percent`, by how much the share of the time may be ahead of the share of the evidence; `grace_days`
    after a period, natural ones, in which its return is written, where the plan names no window for it.
    """

    margin_percent: int = 50
    regularly: Period = Period.HALF_YEAR
    grace_days: int = 10

    @property
    def margin(self) -> Fraction:
        """Return the margin as a share."""
        return Fraction(self.margin_percent, WHOLE)


def ledger_rules(place: PlaceSettings, *, on: date) -> LedgerRules:
    """Return how a place keeps its ledger on a day."""
    rows = place.lines(LEDGER_KEY, on=on)
    if not rows:
        return LedgerRules()
    return LedgerRules(**{**rows[0], "regularly": Period(rows[0]["regularly"])})


def rules_of_regions(regions: Iterable[str], *, on: date) -> dict[str, LedgerRules]:
    """Return how each of some regions keeps its ledger on a day."""
    return {region: ledger_rules(settings_of(region), on=on) for region in set(regions)}
