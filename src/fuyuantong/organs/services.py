"""Changing the directory: organs, their names, nodes and relations; every act is one transaction and one version."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection, transaction
from psycopg.types.range import DateRange

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.organs.directory_log import lock_directory, write_change
from fuyuantong.organs.models import Account, Organ, OrganName, OrganRelation, Scope
from fuyuantong.organs.naming import check_name
from fuyuantong.organs.queries import names_of, region_on
from fuyuantong.organs.sort_key import sort_key
from fuyuantong.organs.vocabulary import (
    BRANCH_TITLES,
    RELATION_TITLES,
    SINGLE_RELATIONS,
    Branch,
    ChangeKind,
    RelationKind,
    ScopeKind,
)
from fuyuantong.refusal import Refusal

LONGEST_FULL_NAME: Final = 100
LONGEST_SHORT_NAME: Final = 40

_BRANCH_OF_HOLDER: Final = {
    RelationKind.GOVERNMENT_OF: Branch.GOVERNMENT,
    RelationKind.PEER_PROCURATORATE_OF: Branch.PROCURATORATE,
}
_ORGAN_CODE: Final = re.compile(r"([0-9]{6}(?:[0-9]{3})?)-[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_KEY: Final = re.compile(r"(?=.{1,40}\Z)[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


class BadOrgan(Refusal):
    """Refuse an organ whose code, branch, name or dates do not hold."""

    key = "bad-organ"
    title = "单位信息有误"
    remedy = "请更正后重新提交。"


class OrganNotLiving(Refusal):
    """Refuse an act on a day when the organ does not exist yet or any more."""

    key = "organ-not-living"
    title = "该单位当日不存续"


class BadRelation(Refusal):
    """Refuse a relation that contradicts another or makes a circle."""

    key = "bad-relation"
    title = "单位关系有误"
    remedy = "请核对两个单位及其关系，更正后重新提交。"


@dataclass(frozen=True, slots=True)
class NewOrgan:
    """What is said of an organ when it is founded."""

    code: str
    branch: str
    kind: str
    region_code: str
    full: str
    short: str
    node_id: str
    online: bool


@transaction.atomic
def found_organ(new: NewOrgan, *, effective_on: date, by: Account | None, now: datetime) -> Organ:
    """
    Found an organ with its name and its two scopes.

    Raises: `BadOrgan` naming the field: code taken or not in its form, unknown branch, region not in force; `BadName`.
    """
    lock_directory()
    _check_new_organ(new, effective_on)
    organ = Organ.objects.create(
        code=new.code,
        branch=new.branch,
        kind=new.kind,
        region_code=new.region_code,
        node_id=new.node_id,
        online=new.online,
        valid_from=effective_on,
    )
    _name(organ, full=new.full, short=new.short, valid=DateRange(effective_on, None))
    Scope.objects.bulk_create(Scope(kind=kind, organ=organ) for kind in (ScopeKind.ORGAN, ScopeKind.TREE))
    detail = {"code": new.code, "full": new.full, "short": new.short, "node": new.node_id, "online": new.online}
    write_change(ChangeKind.ORGAN_FOUNDED, organ=organ, detail=detail, effective_on=effective_on, by=by, now=now)
    return organ


@transaction.atomic
def rename_organ(
    organ: Organ, *, full: str, short: str, effective_on: date, by: Account | None, now: datetime
) -> OrganName:
    """
    Give an organ another name from a day on; code, uid, posts and matters stay.

    Raises: `OrganNotLiving`; `BadName`; `BadOrgan` if the name is the same, or one of that day or later is known.
    """
    lock_directory()
    check_living(organ, on=effective_on)
    _check_names(full, short)
    current = names_of([organ.pk], on=effective_on)[organ.pk]
    if (current.full, current.short) == (full, short):
        raise BadOrgan("新名称与原名称相同", field="full")
    if OrganName.objects.filter(organ=organ, valid__startswith__gte=effective_on).exists():
        raise BadOrgan(
            f"{effective_on} 当日或以后已有更名记录", remedy="更名日期应晚于最近一次更名", field="effective_on"
        )
    OrganName.objects.filter(pk=current.pk).update(valid=DateRange(current.valid.lower, effective_on))
    name = _name(organ, full=full, short=short, valid=DateRange(effective_on, current.valid.upper))
    detail = {"full": full, "short": short, "was_full": current.full, "was_short": current.short}
    write_change(ChangeKind.ORGAN_RENAMED, organ=organ, detail=detail, effective_on=effective_on, by=by, now=now)
    return name


@transaction.atomic
def connect_organ(organ: Organ, *, node_id: str, online: bool, by: Account | None, now: datetime) -> Organ:
    """
    Say on which node an organ works from now on, and whether it is on line; while it is not, others enter for it.

    Raises: `OrganNotLiving`; `BadOrgan` if the node's name is not in its form.
    Basis: core.md §3, R1 and R15.
    """
    lock_directory()
    today = now.astimezone(SHANGHAI).date()
    check_living(organ, on=today)
    _check_node(node_id)
    Organ.objects.filter(pk=organ.pk).update(node_id=node_id, online=online)
    detail = {"node": node_id, "online": online}
    write_change(ChangeKind.ORGAN_CONNECTED, organ=organ, detail=detail, effective_on=today, by=by, now=now)
    organ.refresh_from_db()
    return organ


@transaction.atomic
def relate(
    holder: Organ, relation: RelationKind, target: Organ, *, effective_on: date, by: Account | None, now: datetime
) -> OrganRelation:
    """
    Make `holder` the `relation` of `target` from a day on.

    Raises: `OrganNotLiving`; `BadRelation` if the holder's branch does not fit, another holds that place on or after
    the day, it holds already, or a circle of superiors would arise.
    """
    lock_directory()
    ends = [check_living(holder, on=effective_on), check_living(target, on=effective_on)]
    valid = DateRange(effective_on, min((end for end in ends if end is not None), default=None))
    _check_relation(holder, relation, target, valid)
    made = OrganRelation.objects.create(from_organ=holder, relation=relation, to_organ=target, valid=valid)
    detail = {"from": holder.code, "relation": relation, "to": target.code}
    write_change(ChangeKind.RELATION_ADDED, organ=target, detail=detail, effective_on=effective_on, by=by, now=now)
    if relation == RelationKind.OFFICE_OF:
        ensure_region_scope(ScopeKind.OFFICE, target.region_code, effective_on=effective_on, by=by, now=now)
    return made


@transaction.atomic
def end_relation(
    holder: Organ, relation: RelationKind, target: Organ, *, effective_on: date, by: Account | None, now: datetime
) -> None:
    """
    End a relation: `effective_on` is the first day without it.

    Raises: `BadRelation` if it does not hold on the day before.
    """
    lock_directory()
    running = OrganRelation.objects.filter(
        from_organ=holder,
        relation=relation,
        to_organ=target,
        valid__startswith__lt=effective_on,
        valid__contains=effective_on,
    ).first()
    if running is None:
        raise BadRelation(
            f"{holder.code} 与 {target.code} 之间没有可于 {effective_on} 终止的“{RELATION_TITLES[relation]}”关系",
            field="effective_on",
        )
    OrganRelation.objects.filter(pk=running.pk).update(valid=DateRange(running.valid.lower, effective_on))
    detail = {"from": holder.code, "relation": relation, "to": target.code}
    write_change(ChangeKind.RELATION_ENDED, organ=target, detail=detail, effective_on=effective_on, by=by, now=now)


def check_living(organ: Organ, *, on: date) -> date | None:
    """
    Check, by what the database says now, that an organ exists on a day; return the day of its end, if that is known.

    Raises: `OrganNotLiving`.
    """
    begin, end = Organ.objects.values_list("valid_from", "valid_to").get(pk=organ.pk)
    if on < begin or (end is not None and on >= end):
        span = f"自 {begin} 起" if end is None else f"自 {begin} 至 {end}（不含）"
        raise OrganNotLiving(f"{organ.code} {span}存续，{on} 不在其内", remedy="请核对生效日期", field="effective_on")
    return end


def stands_above(upper: Organ, lower: Organ, valid: DateRange) -> bool:
    """Say whether one organ is, at some time within a span, superior of another, directly or through others."""
    with connection.cursor() as cursor:
        cursor.execute(_CLIMB, {"lower": lower.pk, "upper": upper.pk, "valid": valid})
        return cursor.fetchone() is not None


def ensure_region_scope(
    kind: ScopeKind, region_code: str, *, effective_on: date, by: Account | None, now: datetime
) -> None:
    """Make the office or audit scope of a region if it has none; the directory is locked already."""
    if not Scope.objects.filter(kind=kind, region_code=region_code).exists():
        Scope.objects.create(kind=kind, region_code=region_code)
        detail = {"scope": kind, "region": region_code}
        write_change(ChangeKind.SCOPE_ADDED, organ=None, detail=detail, effective_on=effective_on, by=by, now=now)


def _check_new_organ(new: NewOrgan, effective_on: date) -> None:
    form = _ORGAN_CODE.fullmatch(new.code)
    if form is None or form[1] != new.region_code:
        raise BadOrgan(
            f"机构代码 {new.code[:60]!r} 应为“区划代码-英文简称”，例如 410825-court，且区划与所填一致", field="code"
        )
    if Organ.objects.filter(code=new.code).exists():
        raise BadOrgan(f"机构代码 {new.code} 已被使用", remedy="机构代码全国唯一且不重用，请另取", field="code")
    if region_on(new.region_code, on=effective_on) is None:
        raise BadOrgan(f"区划 {new.region_code} 当日不在目录中", remedy="请先录入区划", field="region_code")
    if new.branch not in set(Branch):
        raise BadOrgan(f"{new.branch[:20]!r} 不是 {'、'.join(BRANCH_TITLES.values())} 之一的代号", field="branch")
    if not _KEY.fullmatch(new.kind):
        raise BadOrgan(f"单位类别 {new.kind[:20]!r} 应为小写英文", field="kind")
    _check_node(new.node_id)
    _check_names(new.full, new.short)


def _check_names(full: str, short: str) -> None:
    check_name(full, field="full", most=LONGEST_FULL_NAME)
    check_name(short, field="short", most=LONGEST_SHORT_NAME)


def _check_node(node_id: str) -> None:
    if not _KEY.fullmatch(node_id):
        raise BadOrgan(f"节点代号 {node_id[:20]!r} 应为小写英文、数字与连字符", field="node_id")


def _name(organ: Organ, *, full: str, short: str, valid: DateRange) -> OrganName:
    return OrganName.objects.create(organ=organ, full=full, short=short, sort_key=sort_key(short), valid=valid)


def _check_relation(holder: Organ, relation: RelationKind, target: Organ, valid: DateRange) -> None:
    if holder.pk == target.pk:
        raise BadRelation("单位不能与自身建立关系", field="to")
    branch = _BRANCH_OF_HOLDER.get(relation, holder.branch)
    if holder.branch != branch:
        raise BadRelation(f"“{RELATION_TITLES[relation]}”应属“{BRANCH_TITLES[Branch(branch)]}”序列", field="from")
    taken = OrganRelation.objects.filter(to_organ=target, relation=relation, valid__overlap=valid)
    if relation not in SINGLE_RELATIONS:
        taken = taken.filter(from_organ=holder)
    other = taken.select_related("from_organ").first()
    if other is not None:
        raise BadRelation(
            f"{target.code} 的“{RELATION_TITLES[relation]}”自 {other.valid.lower} 起已是 {other.from_organ.code}",
            remedy="请先终止原关系",
            field="from",
        )
    if relation == RelationKind.SUPERIOR_OF and stands_above(target, holder, valid):
        raise BadRelation(f"{target.code} 已是 {holder.code} 的上级，隶属关系不能成环", field="from")


_CLIMB = """
    WITH RECURSIVE above(id, valid) AS (
        SELECT %(lower)s::bigint, %(valid)s::daterange
        UNION
        SELECT relation.from_id, relation.valid * above.valid
        FROM organ_relation relation JOIN above ON above.id = relation.to_id AND above.valid && relation.valid
        WHERE relation.relation = 'superior_of'
    )
    SELECT 1 FROM above WHERE id = %(upper)s LIMIT 1
"""
