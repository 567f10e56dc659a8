"""The organs of a region by what its documents call them, on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from fuyuantong.organs.division_codes import level_of, prefix_of, regions_above
from fuyuantong.organs.models import Organ, OrganName
from fuyuantong.organs.queries import region_on, successor_of
from fuyuantong.organs.vocabulary import RegionLevel
from fuyuantong.plans.models.unit_name import UnitName
from fuyuantong.plans.unit_aliases import KnownName, Nearness, UnitAliases, known_as, mapped

_BELOW = {
    RegionLevel.PROVINCE: r"[0-9]{2}00$",
    RegionLevel.CITY: r"[0-9]{2}$",
    RegionLevel.COUNTY: r"[0-9]{3}$",
}


def organs_of_units(raws: Iterable[str], *, region_code: str, on: date) -> dict[str, tuple[int, ...]]:
    """
    Return, for each name of a unit in a document of a region, the ids of the organs that it means on a day.

    Shape: empty where nobody or several could be meant, several for a group (各乡镇（街道）). What the office of the
    region has chosen comes first; a former name leads to the organ that bore it, or to its successor.
    """
    wanted = dict.fromkeys(raws)
    chosen = UnitName.objects.filter(region_code=region_code, raw__in=[known_as(raw) for raw in wanted])
    remembered = dict(chosen.values_list("raw", "organ_id"))
    found = mapped(wanted, aliases=_aliases(region_code, on=on), remembered=remembered)
    return _living(found, on=on)


def _aliases(region_code: str, *, on: date) -> UnitAliases:
    above = regions_above(region_code)[1:]
    places = {code: region.name for code in (region_code, *above) if (region := region_on(code, on=on))}
    below = _BELOW.get(level_of(region_code) or RegionLevel.TOWN)
    near = Q(organ__region_code__in=[region_code, *above])
    if below is not None:
        near |= Q(organ__region_code__regex=rf"^{prefix_of(region_code)}{below}")
    rows = OrganName.objects.filter(near).order_by("organ__code", "valid")
    own = places.get(region_code, "")
    names = []
    for organ, code, full, short, valid in rows.values_list("organ_id", "organ__region_code", "full", "short", "valid"):
        nearness = Nearness.OWN if code == region_code else Nearness.ABOVE if code in above else Nearness.BELOW
        is_former = not ((valid.lower is None or valid.lower <= on) and (valid.upper is None or on < valid.upper))
        names += [KnownName(organ, nearness, places.get(code, own), text, is_former) for text in {full, short}]
    return UnitAliases(own, names)


def _living(found: dict[str, tuple[int, ...]], *, on: date) -> dict[str, tuple[int, ...]]:
    """Return the same with the organs that have ended replaced by their successors."""
    ids = {organ for organs in found.values() for organ in organs}
    ended = Organ.objects.filter(pk__in=ids, valid_to__lte=on)
    after = {organ.pk: successor_of(organ, on=on).pk for organ in ended}
    return {raw: tuple(dict.fromkeys(after.get(organ, organ) for organ in organs)) for raw, organs in found.items()}
