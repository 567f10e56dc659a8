"""Reading notices: a person's own, and for the system administrator what did not get out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import Reader, visible_to
from fuyuantong.notices.channels import channels
from fuyuantong.notices.models import Dispatch, NoticeWish, Told
from fuyuantong.notices.vocabulary import DispatchState
from fuyuantong.organs.models import Account
from fuyuantong.organs.queries import posts_held
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.refusal import Refusal

PAGE = 30
MOST_COUNTED = 1_000
A_DAY = timedelta(days=1)


class OnlyTheSystemAdministrator(Refusal):
    """Refuse to show or to send again what went outward to anybody but the system administrator."""

    key = "only-the-system-administrator"
    title = "只有系统管理员可以查看通知发送情况"


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One notice on a person's desk; `matter` is the matter itself while the person sees it, if it is about one."""

    id: int
    kind: str
    text: str
    organ_id: int
    matter_uid: UUID | None
    matter: Matter | None
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class ToldPage:
    """One page of notices, newest first; `before` is where the next one begins, None when this is the last."""

    lines: tuple[ToldLine, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class ChannelHealth:
    """How one channel does: what waits, what failed and will be tried again, what is dead, and what went out in a day."""

    key: str
    title: str
    waiting: int
    trying: int
    dead: int
    sent: int


def unread(reader: Reader) -> int:
    """Return how many notices of the reader's present organs are unread, counted to a thousand."""
    found = Told.objects.filter(account=reader.account_id, read_at=None, notice__organ__in=reader.organs)
    return found.order_by()[:MOST_COUNTED].count()


def told_to(reader: Reader, *, unread_only: bool = False, before: int | None = None) -> ToldPage:
    """Return a page of the reader's notices, newest first."""
    wanted = Q(account=reader.account_id, notice__organ__in=reader.organs)
    if unread_only:
        wanted &= Q(read_at=None)
    if before is not None:
        wanted &= Q(notice_id__lt=before)
    found = list(Told.objects.filter(wanted).select_related("notice").order_by("-notice_id")[: PAGE + 1])
    shown = found[:PAGE]
    seen = visible_to(reader).filter(uid__in=[told.notice.matter_uid for told in shown])
    matters = {row.uid: row for row in seen.only("uid", "title", "number")}
    return ToldPage(tuple(_line(told, matters) for told in shown), shown[-1].notice_id if len(found) > PAGE else None)


def wish_of(reader: Reader) -> NoticeWish:
    """Return how the reader wants to be told outside the system, or what is usual."""
    found = NoticeWish.objects.filter(account=reader.account_id).first()
    return found or NoticeWish(account_id=reader.account_id)


def health(*, by: Account, now: datetime) -> list[ChannelHealth]:
    """
    Return how every channel does, those that are set up and those that have something left.

    Raises: `OnlyTheSystemAdministrator`.
    """
    require_system_administrator(by, now=now)
    of_a_day = Q(state=DispatchState.SENT, ended_at__gt=now - A_DAY)
    is_waiting, is_dead = Q(state=DispatchState.WAITING), Q(state=DispatchState.DEAD)
    with transaction.atomic(), acting():
        rows = Dispatch.objects.filter(is_waiting | is_dead | of_a_day).values("channel").order_by("channel")
        counted = list(
            rows.annotate(
                waiting=Count("id", filter=is_waiting & Q(attempts=0)),
                trying=Count("id", filter=is_waiting & Q(attempts__gt=0)),
                dead=Count("id", filter=is_dead),
                sent=Count("id", filter=of_a_day),
            )
        )
    told = {row.pop("channel"): row for row in counted}
    titles = {key: channel.title for key, channel in channels().items()}
    nothing = {"waiting": 0, "trying": 0, "dead": 0, "sent": 0}
    return [
        ChannelHealth(key=key, title=titles.get(key, f"{key}（已停用）"), **told.get(key, nothing))
        for key in dict.fromkeys((*titles, *told))
    ]


def troubled(*, by: Account, now: datetime, before: int | None = None) -> Sequence[Dispatch]:
    """
    Return what failed, newest first: tried again or given up. Shape: accounts loaded; at most a page and one more.

    Raises: `OnlyTheSystemAdministrator`.
    """
    require_system_administrator(by, now=now)
    failed = Dispatch.objects.exclude(fault="").exclude(state=DispatchState.SENT)
    if before is not None:
        failed = failed.filter(pk__lt=before)
    with transaction.atomic(), acting():
        return list(failed.select_related("account").order_by("-id")[: PAGE + 1])


def require_system_administrator(account: Account, *, now: datetime) -> None:
    """Raises: `OnlyTheSystemAdministrator`."""
    if not any(post.kind == PostKind.SYSTEM_ADMINISTRATOR for post in posts_held(account, at=now)):
        raise OnlyTheSystemAdministrator("您不是系统管理员", remedy="请系统管理员查看。")


def _line(told: Told, matters: Mapping[UUID, Matter]) -> ToldLine:
    notice = told.notice
    return ToldLine(
        id=told.notice_id,
        kind=notice.kind,
        text=notice.text,
        organ_id=notice.organ_id,
        matter_uid=notice.matter_uid,
        matter=matters.get(notice.matter_uid) if notice.matter_uid else None,
        created_at=notice.created_at,
        read_at=told.read_at,
    )
