"""Putting administrative divisions in force, renaming and ending them."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from fuyuantong.organs.directory_log import lock_directory, write_change
from fuyuantong.organs.division_codes import level_of, regions_above
from fuyuantong.organs.models import Account, Organ, Region
from fuyuantong.organs.naming import check_name
from fuyuantong.organs.queries import region_on
from fuyuantong.organs.vocabulary import ChangeKind
from fuyuantong.refusal import Refusal

LONGEST_NAME = 100


class BadRegion(Refusal):
    """Refuse a region that GB/T 2260 or the directory cannot hold."""

    key = "bad-region"
    title = "行政区划有误"
    remedy = "请核对区划代码和生效日期。"


@transaction.atomic
def add_region(code: str, *, name: str, effective_on: date, by: Account | None, now: datetime) -> Region:
    """
    Put a region in force from a day on; the version in force before, if any, ends on that day.

    Raises: `BadRegion` if the code is none, the region above is missing on that day, or a version of that day or
    later is known; `BadName`.
    Basis: GB/T 2260; GB/T 10114.
    """
    lock_directory()
    check_name(name, field="name", most=LONGEST_NAME)
    level = level_of(code)
    if level is None:
        raise BadRegion(f"{code[:20]!r} 不是 6 位或 9 位区划代码", basis="GB/T 2260、GB/T 10114", field="code")
    above = regions_above(code)[1:]
    if above and region_on(above[0], on=effective_on) is None:
        raise BadRegion(f"上级区划 {above[0]} 当日不在目录中", remedy="请先录入上级区划", field="code")
    _end_version(code, effective_on)
    region = Region.objects.create(code=code, name=name, level=level, valid_from=effective_on)
    detail = {"code": code, "name": name}
    write_change(ChangeKind.REGION_ADDED, organ=None, detail=detail, effective_on=effective_on, by=by, now=now)
    return region


@transaction.atomic
def end_region(code: str, *, effective_on: date, by: Account | None, now: datetime) -> None:
    """
    End a region without another version (撤销).

    Raises: `BadRegion` if it is not in force, a later version is known, or organs or regions live on in it.
    """
    lock_directory()
    if region_on(code, on=effective_on) is None:
        raise BadRegion(f"区划 {code[:20]} 当日不在目录中", field="code")
    alive = Q(valid_to__isnull=True) | Q(valid_to__gt=effective_on)
    if Organ.objects.filter(alive, region_code=code).exists():
        raise BadRegion(f"区划 {code} 内还有存续的单位", remedy="请先办理这些单位的合并或分立", field="code")
    if any(code in regions_above(below)[1:] for below in Region.objects.filter(alive).values_list("code", flat=True)):
        raise BadRegion(f"区划 {code} 之下还有区划", remedy="请先撤销下级区划", field="code")
    _end_version(code, effective_on)
    write_change(ChangeKind.REGION_ENDED, organ=None, detail={"code": code}, effective_on=effective_on, by=by, now=now)


def _end_version(code: str, effective_on: date) -> None:
    versions = Region.objects.filter(code=code)
    if versions.filter(valid_from__gte=effective_on).exists():
        raise BadRegion(f"区划 {code} 在 {effective_on} 当日或以后已有记录", field="effective_on")
    versions.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=effective_on)).update(valid_to=effective_on)
