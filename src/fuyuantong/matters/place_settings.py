"""What a place sets for itself; where it sets nothing, the default of the catalogue with its basis."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from fuyuantong import catalogue
from fuyuantong.clock.rule import Rule, Source
from fuyuantong.clock.terms import term_from
from fuyuantong.matters.models.place_setting import PlaceSetting
from fuyuantong.organs.division_codes import regions_above
from fuyuantong.refusal import Refusal


class UnknownSetting(Refusal):
    """No setting has this key."""

    key = "unknown-setting"
    title = "没有这个设置项"


def house_rule(key: str, *, region_code: str, on: date) -> Rule:
    """
    Return the term `house:KEY` as the region, else the nearest region above it, else the catalogue has it.

    Raises: `UnknownSetting`.
    """
    default = catalogue.house_terms().get(key)
    if default is None:
        raise UnknownSetting(f"本地期限“{key}”没有默认值", field=key)
    own = _set(key, region_code=region_code, on=on)
    if own is None:
        return default.as_rule()
    return Rule(key=key, title=default.title, source=Source.HOUSE, basis=own.basis, term=term_from(own.value["term"]))


def organs_set(key: str, *, region_code: str, on: date) -> Sequence[str]:
    """Return the codes of the organs that the region names under that key; none when it names none."""
    own = _set(key, region_code=region_code, on=on)
    value: Any = own.value if own else {}
    return tuple(value.get("organs", ()))


def _set(key: str, *, region_code: str, on: date) -> PlaceSetting | None:
    nearest = regions_above(region_code)
    found = PlaceSetting.objects.filter(key=key, region_code__in=nearest, valid_from__lte=on)
    return min(
        found, key=lambda one: (nearest.index(one.region_code), -one.valid_from.toordinal(), -one.pk), default=None
    )
