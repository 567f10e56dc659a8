"""Accounts, posts, tenures and covers: who may act for an organ, from when until when, and in whose stead."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction
from psycopg.types.range import TimestamptzRange

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.organs.directory_log import lock_directory, write_change
from fuyuantong.organs.models import Account, Cover, Organ, OrganRelation, Post, Tenure
from fuyuantong.organs.naming import check_name
from fuyuantong.organs.services import check_living, ensure_region_scope
from fuyuantong.organs.vocabulary import (
    ADMINISTRATORS,
    POST_TITLES,
    ChangeKind,
    PostKind,
    RelationKind,
    ScopeKind,
)
from fuyuantong.refusal import Refusal

LONGEST_NAME: Final = 40

_USERNAME: Final = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+([._-][a-z0-9]+)*", re.ASCII)


class BadAccount(Refusal):
    """Refuse an account that is taken, closed or wrongly named."""

    key = "bad-account"
    title = "账号有误"
    remedy = "请核对账号，更正后重新提交。"


class BadPost(Refusal):
    """Refuse a post that the organ cannot have."""

    key = "bad-post"
    title = "岗位有误"
    remedy = "请从中选择岗位。"


class BadTenure(Refusal):
    """Refuse a tenure or a cover whose times or persons do not hold."""

    key = "bad-tenure"
    title = "任职或代理有误"
    remedy = "请核对任职和代理的起止时间，更正后重新提交。"


class AdministratorsApart(Refusal):
    """Refuse to give one account more than one of the three administrators' posts."""

    key = "administrators-apart"
    title = "三员不得由同一账号担任"


@transaction.atomic
def open_account(username: str, *, display_name: str, by: Account | None, now: datetime) -> Account:
    """
    Open an account without password and without any right.

    Raises: `BadAccount` if the name is taken or not in its form; `BadName`.
    """
    lock_directory()
    check_name(display_name, field="display_name", most=LONGEST_NAME)
    if not _USERNAME.fullmatch(username):
        raise BadAccount(
            f"账号名 {username[:20]!r} 应为 60 位以内小写英文、数字，可含点、横线、下划线", field="username"
        )
    if Account.objects.filter(username=username).exists():
        raise BadAccount(f"账号名 {username} 已被使用", remedy="账号名不重用，请另取", field="username")
    account = Account.objects.create(username=username, display_name=display_name, password=make_password(None))
    _log(ChangeKind.ACCOUNT_OPENED, organ=None, detail={"account": username}, at=now, by=by, now=now)
    return account


@transaction.atomic
def close_account(account: Account, *, by: Account | None, now: datetime) -> None:
    """
    Close an account for good: it holds no post from now on and covers nobody.

    Raises: `BadAccount` if it is closed already.
    """
    lock_directory()
    if not Account.objects.filter(pk=account.pk, is_active=True).update(is_active=False):
        raise BadAccount(f"账号 {account.username} 已停用", field="account")
    _log(ChangeKind.ACCOUNT_CLOSED, organ=None, detail={"account": account.username}, at=now, by=by, now=now)


@transaction.atomic
def open_post(organ: Organ, *, kind: str, title: str, by: Account | None, now: datetime) -> Post:
    """
    Open a post in an organ; the same kind and title give the post that is there.

    Raises: `BadPost` if the kind is unknown, or the organ is no 领导小组办公室; `OrganNotLiving`; `BadName`.
    """
    lock_directory()
    today = now.astimezone(SHANGHAI).date()
    check_living(organ, on=today)
    check_name(title, field="post_title", most=LONGEST_NAME)
    if kind not in set(PostKind):
        raise BadPost(f"{kind[:20]!r} 不是 {'、'.join(POST_TITLES.values())} 之一的代号", field="post_kind")
    offices = OrganRelation.objects.filter(from_organ=organ, relation=RelationKind.OFFICE_OF, valid__contains=today)
    if kind == PostKind.OFFICE and not offices.exists():
        raise BadPost(f"{organ.code} 不是领导小组办公室", remedy="请先在目录中设立办公室关系", field="post_kind")
    post, is_new = Post.objects.get_or_create(organ=organ, kind=kind, title=title)
    if is_new:
        detail = {"post": post.pk, "kind": kind, "title": title}
        _log(ChangeKind.POST_OPENED, organ=organ, detail=detail, at=now, by=by, now=now)
    if kind == PostKind.AUDITOR:
        ensure_region_scope(ScopeKind.AUDIT, organ.region_code, effective_on=today, by=by, now=now)
    return post


@transaction.atomic
def appoint(
    account: Account, *, post: Post, since: datetime, until: datetime | None, by: Account | None, now: datetime
) -> Tenure:
    """
    Give an account a post from a moment on; a tenure ends with its organ at the latest.

    Raises: `BadAccount` if it is closed; `BadTenure` if the times are wrong or it holds the post then already;
    `AdministratorsApart` if it has ever been another of the three administrators; `OrganNotLiving`.
    """
    lock_directory()
    _check_open(account)
    end = check_living(post.organ, on=since.astimezone(SHANGHAI).date())
    if end is not None:
        until = start_of(end) if until is None else min(until, start_of(end))
    if until is not None and until <= since:
        raise BadTenure("任期结束不得早于开始", field="until")
    valid = TimestamptzRange(since, until)
    if Tenure.objects.filter(account=account, post=post, valid__overlap=valid).exists():
        raise BadTenure(f"{account.username} 在该时段已任此岗位", field="since")
    others = Tenure.objects.filter(account=account, post_kind__in=ADMINISTRATORS).exclude(post_kind=post.kind)
    if post.kind in ADMINISTRATORS and others.exists():
        raise AdministratorsApart(
            f"{account.username} 曾任其他管理员岗位",
            basis="GB/T 22239-2019 三员分立",
            remedy="请为该人员另开账号",
            field="post_kind",
        )
    tenure = Tenure.objects.create(account=account, post=post, post_kind=post.kind, valid=valid)
    detail = {"account": account.username, "post": post.pk, "tenure": tenure.pk}
    _log(ChangeKind.APPOINTED, organ=post.organ, detail=detail, at=since, by=by, now=now)
    return tenure


@transaction.atomic
def end_tenure(tenure: Tenure, *, at: datetime, by: Account | None, now: datetime) -> None:
    """
    End a tenure, now or later; covers of it end with it.

    Raises: `BadTenure` if `at` is past, or not within the tenure.
    """
    lock_directory()
    tenure.refresh_from_db()
    _check_end(tenure.valid, at, now)
    Tenure.objects.filter(pk=tenure.pk).update(valid=TimestamptzRange(tenure.valid.lower, at))
    detail = {"account": tenure.account.username, "post": tenure.post_id, "tenure": tenure.pk}
    _log(ChangeKind.TENURE_ENDED, organ=tenure.post.organ, detail=detail, at=at, by=by, now=now)


@transaction.atomic
def hand_over(tenure: Tenure, *, to_account: Account, at: datetime, by: Account | None, now: datetime) -> Tenure:
    """
    End a tenure and give its post to another account at the same moment (离任交接).

    Raises: as `end_tenure` and `appoint`.
    """
    end_tenure(tenure, at=at, by=by, now=now)
    return appoint(to_account, post=tenure.post, since=at, until=None, by=by, now=now)


@transaction.atomic
def cover(
    tenure: Tenure, *, to_account: Account, since: datetime, until: datetime, by: Account | None, now: datetime
) -> Cover:
    """
    Let a colleague of the same organ act in a tenure's stead over a span of time (代理).

    Raises: `BadTenure` if the post is an administrator's, the colleague is the holder or of another organ, the span is
    empty, not within the tenure or covered already; `BadAccount` if the colleague's account is closed.
    """
    lock_directory()
    tenure.refresh_from_db()
    _check_open(to_account)
    _check_cover(tenure, to_account, since, until)
    made = Cover.objects.create(
        from_tenure=tenure, to_account=to_account, post_kind=tenure.post_kind, valid=TimestamptzRange(since, until)
    )
    detail = {"tenure": tenure.pk, "account": to_account.username, "until": until.isoformat()}
    _log(ChangeKind.COVERED, organ=tenure.post.organ, detail=detail, at=since, by=by, now=now)
    return made


@transaction.atomic
def end_cover(covering: Cover, *, at: datetime, by: Account | None, now: datetime) -> None:
    """
    End a cover before its time.

    Raises: `BadTenure` if `at` is past, or not within the cover.
    """
    lock_directory()
    covering.refresh_from_db()
    _check_end(covering.valid, at, now)
    Cover.objects.filter(pk=covering.pk).update(valid=TimestamptzRange(covering.valid.lower, at))
    detail = {"tenure": covering.from_tenure_id, "account": covering.to_account.username}
    _log(ChangeKind.COVER_ENDED, organ=covering.from_tenure.post.organ, detail=detail, at=at, by=by, now=now)


def start_of(day: date) -> datetime:
    """Return the first moment of a day in Shanghai."""
    return datetime.combine(day, time.min, tzinfo=SHANGHAI)


def _check_open(account: Account) -> None:
    if not Account.objects.filter(pk=account.pk, is_active=True).exists():
        raise BadAccount(f"账号 {account.username} 已停用", field="account")


def _check_end(valid: TimestamptzRange, at: datetime, now: datetime) -> None:
    if at < now:
        raise BadTenure("不能追溯到过去终止", remedy="请以现在或将来的时间终止", field="at")
    if at <= valid.lower or (valid.upper is not None and at >= valid.upper):
        raise BadTenure("终止时间不在任期或代理期之内", field="at")


def _check_cover(tenure: Tenure, to_account: Account, since: datetime, until: datetime) -> None:
    if tenure.post_kind in ADMINISTRATORS:
        raise BadTenure("管理员岗位不得代理", basis="GB/T 22239-2019 三员分立", remedy="请办理交接", field="tenure")
    if until <= since or since < tenure.valid.lower or (tenure.valid.upper is not None and until > tenure.valid.upper):
        raise BadTenure("代理期应在任期之内，且结束晚于开始", field="until")
    if to_account.pk == tenure.account_id:
        raise BadTenure("不能由本人代理本人", field="to_account")
    colleagues = Tenure.objects.filter(account=to_account, post__organ=tenure.post.organ_id, valid__contains=since)
    if not colleagues.exists():
        raise BadTenure(
            "代理人在代理开始时不在本单位任职", remedy="请先在本单位任职，或由同单位人员代理", field="to_account"
        )
    if Cover.objects.filter(from_tenure=tenure, valid__overlap=TimestamptzRange(since, until)).exists():
        raise BadTenure("该时段已有代理", remedy="请先终止原代理", field="since")


def _log(
    kind: ChangeKind,
    *,
    organ: Organ | None,
    detail: Mapping[str, object],
    at: datetime,
    by: Account | None,
    now: datetime,
) -> None:
    write_change(kind, organ=organ, detail=detail, effective_on=at.astimezone(SHANGHAI).date(), by=by, now=now)
