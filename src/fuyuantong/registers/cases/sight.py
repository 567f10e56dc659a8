"""How far a person sees into the register: as into matters, and as 应诉指导机关 into the whole region."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from django.db.models import Q

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.models.place_setting import PlaceSetting
from fuyuantong.matters.place_settings import settings_of
from fuyuantong.matters.sight import Reader, reading
from fuyuantong.organs.models import Organ, Scope
from fuyuantong.organs.vocabulary import ScopeKind

GUIDES: Final = "appearance-guidance"


@contextmanager
def reading_cases(reader: Reader) -> Iterator[Reader]:
    """
    Read the register as far as a person sees it, for one block; both walls stand.

    An organ that a place names as 应诉指导机关 sees the cases of the region as its office does. Only this register is
    read so: matters are seen through what the person holds.
    """
    with reading(_extended(reader)) as extended:
        yield extended


def _extended(reader: Reader) -> Reader:
    on = reader.at.astimezone(SHANGHAI).date()
    own = set(Organ.objects.filter(pk__in=reader.organs).values_list("code", flat=True)) if reader.organs else set()
    naming = Q(pk__in=[])
    for code in own:
        naming |= Q(value__organs__contains=code)
    regions = {row.region_code for row in PlaceSetting.objects.filter(naming, key=GUIDES)} if own else set()
    named = [region for region in regions if own & {*settings_of(region).organs(GUIDES, on=on)}]
    found = Scope.objects.filter(kind=ScopeKind.OFFICE, region_code__in=named).values_list("pk", flat=True)
    return replace(reader, scopes=tuple(sorted({*reader.scopes, *found}))) if named else reader
