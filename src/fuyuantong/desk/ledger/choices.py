"""What can be chosen in the filters: mechanisms, their states, regions, and organs by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from fuyuantong.catalogue import MECHANISMS
from fuyuantong.desk.ledger.asked import BadFilter
from fuyuantong.organs.division_codes import prefix_of
from fuyuantong.organs.models import OrganName, Region
from fuyuantong.protocol import Mechanism

OFFERED = 12
SELECTED = mark_safe(" selected")
INDENT = "\u3000"
MOST_REGIONS = 400


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list."""

    value: str
    title: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class OrganFound:
    """An organ that bears what was typed in one of its names."""

    id: int
    code: str
    full: str
    short: str


@lru_cache(maxsize=512)
def mechanisms(chosen: str) -> SafeString:
    """Return every mechanism with its parts below it, as options."""
    return _options(
        (
            Option(key, found.title, depth)
            for top in MECHANISMS.values()
            for key, found, depth in _with_parts(top.key, top, 0)
        ),
        chosen,
    )


@lru_cache(maxsize=1024)
def states(mechanism: str, chosen: str) -> SafeString:
    """Return the states of a mechanism, or of all of them, as options; each is named together with its mechanism."""
    groups = (
        (found.title, _options((Option(f"{key}:{state.key}", state.title) for state in found.states), chosen))
        for top in MECHANISMS.values()
        for key, found, _ in _with_parts(top.key, top, 0)
        if mechanism in ("", key)
    )
    return format_html_join("", '<optgroup label="{}">{}</optgroup>', groups)


def regions(code: str, *, chosen: str, on: date) -> SafeString:
    """Return the divisions of the city in which a person works, each below the one it belongs to, as options."""
    city = prefix_of(f"{code[:4]}00") if code else ""
    found = Region.objects.filter(valid_from__lte=on, code__startswith=city).exclude(valid_to__lte=on)
    rows = found.order_by("code").values_list("code", "name")[:MOST_REGIONS]
    options = (Option(code, name, 2 if len(code) == 9 else 0 if code.endswith("00") else 1) for code, name in rows)
    return _options(options, chosen)


def organs_like(typed: str, *, on: date, most: int = OFFERED) -> list[OrganFound]:
    """Return the organs that are called so, or bear it in a name today, sorted by sound; those called so come first."""
    exact = list(_organs(Q(full=typed) | Q(short=typed) | Q(organ__code=typed), on, most))
    return exact or list(_organs(Q(full__icontains=typed) | Q(short__icontains=typed), on, most))


def holder_meant(typed: str, *, on: date) -> int | None:
    """Return the organ that is meant by its code or a name. Raises: `BadFilter` when none or several are."""
    if not typed:
        return None
    found = organs_like(typed, on=on)
    if len(found) == 1:
        return found[0].id
    if not found:
        raise BadFilter(
            f"没有名称含“{typed[:40]}”的单位", remedy="请改写单位名称，可以只写其中几个字。", field="holder"
        )
    names = "、".join(organ.full for organ in found)
    more = "等" if len(found) == OFFERED else ""
    raise BadFilter(
        f"“{typed[:40]}”可以是{names}{more}", remedy="请写出单位全称，或从输入时列出的单位中选定。", field="holder"
    )


def _organs(wanted: Q, on: date, most: int) -> list[OrganFound]:
    names = OrganName.objects.filter(wanted, valid__contains=on).order_by("sort_key", "organ__code")
    return [OrganFound(*row) for row in names.values_list("organ_id", "organ__code", "full", "short")[:most]]


def _options(options: Iterable[Option], chosen: str) -> SafeString:
    """Return options as they stand in a list: two hundred of them take a template longer than the rows of the page."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}{}</option>',
        (
            (option.value, SELECTED if option.value == chosen else "", INDENT * option.depth, option.title)
            for option in options
        ),
    )


def _with_parts(key: str, found: Mechanism, depth: int) -> list[tuple[str, Mechanism, int]]:
    parts = (part for child in found.children() for part in _with_parts(f"{key}/{child.key}", child, depth + 1))
    return [(key, found, depth), *parts]
