"""Organs that end: merged into another or split into several, with their relations and people carried over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from psycopg.types.range import DateRange, TimestamptzRange

from fuyuantong.organs.directory_log import lock_directory, write_change
from fuyuantong.organs.models import (
    Account,
    Cover,
    DirectoryChange,
    Organ,
    OrganName,
    OrganRelation,
    Post,
    Succession,
    Tenure,
)
from fuyuantong.organs.services import check_living, stands_above
from fuyuantong.organs.staffing import start_of
from fuyuantong.organs.vocabulary import ChangeKind, SuccessionKind
from fuyuantong.refusal import Refusal


class BadSuccession(Refusal):
    """Refuse a merger or a split that leaves something without a place."""

    key = "bad-succession"
    title = "单位合并或分立有误"
    remedy = "请核对所列单位和生效日期，更正后重新提交。"


@transaction.atomic
def merge_organs(
    organs: Sequence[Organ], *, into: Organ, effective_on: date, by: Account | None, now: datetime
) -> list[Succession]:
    """
    End organs on a day and let one living organ take their place: relations over others, posts and people included.

    Raises: `BadSuccession` if there is none, one occurs twice or is the successor, the successor stands below one of
    them, or later changes of them are already known; `OrganNotLiving`.
    Basis: 行政诉讼法 26(6); core.md §4, record kind succession.
    """
    lock_directory()
    check_living(into, on=effective_on)
    codes = [organ.code for organ in organs]
    if not organs or len(set(codes)) != len(codes) or into.code in codes:
        raise BadSuccession("被合并单位应至少一个、互不重复，且不含合并后的单位", field="organs")
    ending = _Ending(organs, effective_on, max(start_of(effective_on), now))
    for organ in organs:
        _check_may_end(organ, [into], ending)
    steps = []
    for organ in organs:
        change = _log(ChangeKind.ORGAN_MERGED, organ, [into], ending, by=by, now=now)
        _end_organ(organ, into, ending)
        steps.append(_step(organ, into, SuccessionKind.MERGED, change, is_principal=True))
    return steps


@transaction.atomic
def split_organ(
    organ: Organ, *, into: Sequence[Organ], effective_on: date, by: Account | None, now: datetime
) -> list[Succession]:
    """
    End an organ on a day and let several living organs take its place; the first is the principal successor.

    The principal gets relations over others, posts and people; what goes to the others is arranged by hand.
    Raises: `BadSuccession` if there are fewer than two successors, one occurs twice, is the organ itself or stands
    below it, or later changes of it are already known; `OrganNotLiving`.
    """
    lock_directory()
    codes = [successor.code for successor in into]
    if len(codes) < 2 or len(set(codes)) != len(codes) or organ.code in codes:
        raise BadSuccession("分立后的单位应至少两个、互不重复，且不含原单位", field="into")
    for successor in into:
        check_living(successor, on=effective_on)
    ending = _Ending([organ], effective_on, max(start_of(effective_on), now))
    _check_may_end(organ, into, ending)
    change = _log(ChangeKind.ORGAN_SPLIT, organ, into, ending, by=by, now=now)
    _end_organ(organ, into[0], ending)
    return [
        _step(organ, successor, SuccessionKind.SPLIT, change, is_principal=successor.pk == into[0].pk)
        for successor in into
    ]


@dataclass(frozen=True, slots=True)
class _Ending:
    """Organs end on a day by law; their people change over at its start, or now if it is past."""

    organs: Sequence[Organ]
    effective_on: date
    moment: datetime

    @property
    def ids(self) -> set[int]:
        return {organ.pk for organ in self.organs}


def _check_may_end(organ: Organ, successors: Sequence[Organ], ending: _Ending) -> None:
    effective_on = ending.effective_on
    if check_living(organ, on=effective_on) is not None:
        raise BadSuccession(f"{organ.code} 已定于日后终止", remedy="请勿重复办理", field="organs")
    if effective_on == organ.valid_from:
        raise BadSuccession(f"{organ.code} 不能在设立当日终止", field="effective_on")
    if any(stands_above(organ, successor, DateRange(effective_on, None)) for successor in successors):
        raise BadSuccession(f"承接单位现隶属于 {organ.code}", remedy="请先调整其隶属关系", field="into")
    relations = OrganRelation.objects.filter(Q(from_organ=organ) | Q(to_organ=organ))
    later = (
        relations.filter(valid__startswith__gte=effective_on),
        OrganName.objects.filter(organ=organ, valid__startswith__gte=effective_on),
        Tenure.objects.filter(post__organ=organ, valid__startswith__gte=ending.moment),
        Cover.objects.filter(from_tenure__post__organ=organ, valid__startswith__gte=ending.moment),
    )
    if any(found.exists() for found in later):
        raise BadSuccession(
            f"{organ.code} 在 {effective_on} 当日或以后另有更名、关系、任职或代理",
            remedy="请改用更晚的生效日期",
            field="effective_on",
        )


def _log(
    kind: ChangeKind,
    organ: Organ,
    successors: Sequence[Organ],
    ending: _Ending,
    *,
    by: Account | None,
    now: datetime,
) -> DirectoryChange:
    detail = {"organ": organ.code, "into": [successor.code for successor in successors]}
    return write_change(kind, organ=organ, detail=detail, effective_on=ending.effective_on, by=by, now=now)


def _end_organ(organ: Organ, principal: Organ, ending: _Ending) -> None:
    Organ.objects.filter(pk=organ.pk).update(valid_to=ending.effective_on)
    name = OrganName.objects.get(organ=organ, valid__contains=ending.effective_on)
    OrganName.objects.filter(pk=name.pk).update(valid=DateRange(name.valid.lower, ending.effective_on))
    _carry_relations(organ, principal, ending)
    _carry_people(organ, principal, ending.moment)


def _step(
    organ: Organ, successor: Organ, kind: SuccessionKind, change: DirectoryChange, *, is_principal: bool
) -> Succession:
    return Succession.objects.create(
        predecessor=organ,
        successor=successor,
        kind=kind,
        principal=is_principal,
        effective_on=change.effective_on,
        change=change,
    )


def _carry_relations(organ: Organ, principal: Organ, ending: _Ending) -> None:
    """End what the organ is to others and they to it; what it was to others, the principal becomes."""
    effective_on = ending.effective_on
    running = OrganRelation.objects.filter(
        Q(from_organ=organ) | Q(to_organ=organ), Q(valid__upper_inf=True) | Q(valid__endswith__gt=effective_on)
    )
    for relation in list(running):
        after = DateRange(effective_on, relation.valid.upper)
        OrganRelation.objects.filter(pk=relation.pk).update(valid=DateRange(relation.valid.lower, effective_on))
        same = OrganRelation.objects.filter(
            from_organ=principal, relation=relation.relation, to_organ=relation.to_organ_id, valid__overlap=after
        )
        if relation.to_organ_id not in {principal.pk, *ending.ids} and not same.exists():
            OrganRelation.objects.create(
                from_organ=principal, relation=relation.relation, to_organ_id=relation.to_organ_id, valid=after
            )


def _carry_people(organ: Organ, principal: Organ, moment: datetime) -> None:
    """Move every running tenure, with its covers, to the same post at the principal."""
    running = Tenure.objects.filter(
        Q(valid__upper_inf=True) | Q(valid__endswith__gt=moment), post__organ=organ
    ).select_related("post")
    for tenure in list(running):
        after = TimestamptzRange(moment, tenure.valid.upper)
        Tenure.objects.filter(pk=tenure.pk).update(valid=TimestamptzRange(tenure.valid.lower, moment))
        post, _ = Post.objects.get_or_create(organ=principal, kind=tenure.post.kind, title=tenure.post.title)
        carried = Tenure.objects.filter(account=tenure.account_id, post=post, valid__overlap=after).first()
        if carried is None:
            carried = Tenure.objects.create(account_id=tenure.account_id, post=post, post_kind=post.kind, valid=after)
        _carry_covers(tenure, carried, moment)


def _carry_covers(tenure: Tenure, carried: Tenure, moment: datetime) -> None:
    for covering in list(Cover.objects.filter(from_tenure=tenure, valid__endswith__gt=moment)):
        Cover.objects.filter(pk=covering.pk).update(valid=TimestamptzRange(covering.valid.lower, moment))
        Cover.objects.create(
            from_tenure=carried,
            to_account_id=covering.to_account_id,
            post_kind=covering.post_kind,
            valid=TimestamptzRange(moment, covering.valid.upper),
        )
