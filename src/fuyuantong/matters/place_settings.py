"""What a place sets for itself; where it sets nothing, the default of the catalogue with its basis."""

from collections.abc import Sequence
from datetime import date

from fuyuantong import catalogue
from fuyuantong.clock.rule import Rule


def house_rule(key: str, *, region_code: str, on: date) -> Rule:
    """Return the term that the region sets for `house:KEY`, as it stands on that day."""
    return catalogue.house_terms()[key].as_rule()


def organs_set(key: str, *, region_code: str, on: date) -> Sequence[str]:
    """Return the codes of the organs that the region names under that key; none when it names none."""
    return ()
