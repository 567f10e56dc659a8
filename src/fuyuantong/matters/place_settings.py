"""What a place sets for itself; where it sets nothing, the default of the catalogue with its basis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from fuyuantong import catalogue
from fuyuantong.clock.rule import Rule, Source
from fuyuantong.clock.terms import term_from
from fuyuantong.docket.outcomes import default_losses
from fuyuantong.docket.similar import default_rules
from fuyuantong.matters.models.place_setting import PlaceSetting
from fuyuantong.matters.rungs import LADDER, RungRule, rung_from
from fuyuantong.organs.division_codes import regions_above
from fuyuantong.refusal import Refusal

LADDER_KEY = "ladder"
LOSSES_KEY = "case-losses"
MECHANISMS_KEY = "mechanisms"
SIMILAR_KEY = "similar-rules"
CADENCES_KEY, GOALS_KEY, LEDGER_KEY = "cadences", "goals", "task-ledger"


@dataclass(frozen=True)
class Threshold:
    """A number by which the platform proposes something: what it is called, its default, and how far it may be set."""

    title: str
    default: int
    unit: str
    least: int
    most: int
    help: str


THRESHOLDS: Final[Mapping[str, Threshold]] = {
    "recurrence-likeness": Threshold(
        "同一问题的文字相近程度", 45, "%", 20, 100, "同一单位此前的建议，文字相近达到这一程度的，提示核对是否再次发生"
    ),
    "similar-cases": Threshold("类案预警的件数", 5, "件", 2, 500, "时段内的类案达到这一件数的，提示法院"),
    "similar-months": Threshold("类案预警的时段", 12, "个月", 1, 60, "往前数多少个月内的案件合并计数"),
}


class UnknownSetting(Refusal):
    """No setting has this key."""

    key = "unknown-setting"
    title = "没有这个设置项"


@dataclass(frozen=True)
class PlaceSettings:
    """All that a region and those above it ever set; what is nearer goes first, then what is later."""

    regions: tuple[str, ...]
    rows: tuple[PlaceSetting, ...]

    def house_rule(self, key: str, *, on: date) -> Rule:
        """
        Return the term `house:KEY` as it stands on a day: set by the nearest region, else the catalogue's default.

        Raises: `UnknownSetting`.
        """
        default = catalogue.house_terms().get(key)
        if default is None:
            raise UnknownSetting(f"本地期限“{key}”没有默认值", remedy="请核对机制声明中的期限名称。", field=key)
        own = self._in_force(key, on)
        if own is None:
            return default.as_rule()
        term = term_from(own.value["term"])
        return Rule(key=key, title=default.title, source=Source.HOUSE, basis=own.basis, term=term)

    def organs(self, key: str, *, on: date) -> Sequence[str]:
        """Return the codes of the organs that are named under that key on a day; none when none are."""
        own = self._in_force(key, on)
        value: Any = own.value if own else {}
        return tuple(value.get("organs", ()))

    def losses(self, *, on: date) -> frozenset[str]:
        """Return the codes of the endings of a case that count as lost by the organ sued; no statute says which."""
        own = self._in_force(LOSSES_KEY, on)
        return default_losses() if own is None else frozenset(own.value["outcomes"])

    def similar_rules(self, *, on: date) -> frozenset[str]:
        """Return the keys of the rules by which cases are taken for similar here."""
        own = self._in_force(SIMILAR_KEY, on)
        return default_rules() if own is None else frozenset(own.value["on"])

    def ladder(self, *, on: date) -> tuple[RungRule, ...]:
        """Return the rungs that overdue matters climb here, the house's own where the place sets none."""
        own = self._in_force(LADDER_KEY, on)
        return tuple(rung_from(rung) for rung in own.value["rungs"]) if own else LADDER

    def threshold(self, key: str, *, on: date) -> int:
        """Return a number by which something is proposed here, the default where the place sets none."""
        own = self._in_force(key, on)
        return int(own.value["n"]) if own else THRESHOLDS[key].default

    def lines(self, key: str, *, on: date) -> Sequence[Mapping[str, Any]]:
        """Return the lines of a list that the place keeps under that key (its cadences, its goals)."""
        own = self._in_force(key, on)
        return tuple(own.value["rows"]) if own else ()

    def is_on(self, mechanism: str, *, on: date) -> bool:
        """Tell whether matters of that mechanism may be begun here; all may where the place has not chosen."""
        own = self._in_force(MECHANISMS_KEY, on)
        return own is None or mechanism in own.value["on"]

    def _in_force(self, key: str, on: date) -> PlaceSetting | None:
        found = (row for row in self.rows if row.key == key and row.valid_from <= on)
        return min(
            found,
            key=lambda row: (self.regions.index(row.region_code), -row.valid_from.toordinal(), -row.pk),
            default=None,
        )


def settings_of(region_code: str) -> PlaceSettings:
    """Return what is set for a region."""
    regions = tuple(regions_above(region_code))
    return PlaceSettings(regions, tuple(PlaceSetting.objects.filter(region_code__in=regions)))
