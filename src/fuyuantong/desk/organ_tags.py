"""Organs as every page shows them: the short name, with the side of 府院联动 on which they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from fuyuantong.organs.division_codes import prefix_of, regions_above
from fuyuantong.organs.models import OrganName
from fuyuantong.organs.vocabulary import Branch

LETTERS = {
    Branch.GOVERNMENT: "府",
    Branch.COURT: "院",
    Branch.PROCURATORATE: "检",
    Branch.PARTY: "党",
    Branch.OTHER: "其",
}


@dataclass(frozen=True, slots=True)
class OrganTag:
    """An organ with its short name on a day."""

    id: int
    code: str
    short: str
    branch: str

    @property
    def letter(self) -> str:
        """Return the one character of its side."""
        return LETTERS[Branch(self.branch)]


def tags_by_id(ids: Iterable[int], *, on: date) -> dict[int, OrganTag]:
    """Return the tags of organs by their ids; one without a name on that day is left out."""
    return {tag.id: tag for tag in _tags(Q(organ__in=set(ids)), on)}


def tags_by_code(codes: Iterable[str], *, on: date) -> dict[str, OrganTag]:
    """Return the tags of organs by their codes; one without a name on that day is left out."""
    return {tag.code: tag for tag in _tags(Q(organ__code__in=set(codes)), on)}


def organs_to_choose(region_code: str, *, on: date) -> list[OrganTag]:
    """Return the living organs of the county around a place and of the regions above, sorted by sound."""
    regions = regions_above(region_code[:6])
    near = Q(organ__region_code__startswith=prefix_of(regions[0])) | Q(organ__region_code__in=regions)
    return list(_tags(near & (Q(organ__valid_to=None) | Q(organ__valid_to__gt=on)), on))


def _tags(wanted: Q, on: date) -> Iterable[OrganTag]:
    names = OrganName.objects.filter(wanted, valid__contains=on).order_by("sort_key", "organ__code")
    return (OrganTag(*row) for row in names.values_list("organ_id", "organ__code", "short", "organ__branch"))
