"""Who acts: the post that an account holds, the organ for which it acts, and on whose behalf (core.md R15)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.services.words import said
from fuyuantong.organs.models import Account
from fuyuantong.organs.queries import HeldPost
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.protocol import Json
from fuyuantong.protocol.trail import Actor
from fuyuantong.refusal import Refusal

MAY_ACT = frozenset(
    {PostKind.LIAISON, PostKind.HANDLER, PostKind.HEAD, PostKind.LEADER, PostKind.SIGNER, PostKind.OFFICE}
)
AT_WORK = MAY_ACT | {PostKind.REVIEWER}
MAY_SIGN = frozenset({PostKind.HEAD, PostKind.LEADER, PostKind.SIGNER})
LONGEST_BASIS = 1_000
FIRST_DAY = date(1949, 10, 1)


class NoPost(Refusal):
    """The account holds no post that may do this for the organ."""

    key = "no-post"
    title = "没有办理权限"


class NoProxy(Refusal):
    """The act on behalf of another organ is not allowed, or not evidenced."""

    key = "no-proxy"
    title = "不能代为办理"


class WrongDate(Refusal):
    """The effective date cannot be."""

    key = "wrong-date"
    title = "生效日期有误"


class BadBasis(Refusal):
    """The ground of an act cannot be kept as it was written."""

    key = "bad-basis"
    title = "依据有误"


@dataclass(frozen=True)
class By:
    """
    An account acting now.

    `organ`: for which of its organs, needed when it has posts in several. `on_behalf_of`: an organ that is not on
    line. `effective_on`: the day on which the act counts when it is not today; `basis` says why.
    """

    account: Account
    organ: str = ""
    on_behalf_of: str = ""
    effective_on: date | None = None
    basis: str = ""

    def said(self) -> dict[str, Json]:
        """Return what was said of the act beside the form, as data."""
        return {
            "organ": self.organ,
            "on_behalf_of": self.on_behalf_of,
            "effective_on": self.effective_on.isoformat() if self.effective_on else None,
            "basis": self.basis,
        }


def today(now: datetime) -> date:
    """Return the day in Asia/Shanghai."""
    return now.astimezone(SHANGHAI).date()


def actor_of(
    by: By,
    *,
    world: DatabaseWorld,
    now: datetime,
    kinds: Collection[PostKind] = MAY_ACT,
    parties: Collection[str] = (),
    files: Collection[str] = (),
) -> Actor:
    """
    Return who acts, with the post used, one of `kinds`.

    An act on behalf of another organ needs `files` and someone of `parties` or of the office of its region, so that
    an act which takes neither is never made by proxy. Raises: `NoPost` naming what is missing, `NoProxy`, `BadBasis`.
    """
    if by.basis:
        said(by.basis, longest=LONGEST_BASIS, refusal=BadBasis, field="basis")
    organ, posts = _posts_of(by, kinds=MAY_ACT | {*kinds}, world=world, now=now)
    actor = Actor(by.account.username, _post(posts, kinds).kind, organ, by.on_behalf_of)
    if by.on_behalf_of:
        _check_proxy(actor, parties=parties, files=files, world=world)
    return actor


def effective_day(by: By, *, not_before: date | None, files: Collection[str], now: datetime) -> date:
    """Return the day on which the act counts. Raises: `WrongDate` when it is ahead, too early or unfounded."""
    day = by.effective_on or today(now)
    if day > today(now):
        raise WrongDate(f"生效日期 {day} 在今天之后", remedy="请填写今天或者之前的日期。", field="effective_on")
    if day < FIRST_DAY:
        raise WrongDate(f"生效日期 {day} 早于 {FIRST_DAY}", remedy="请核对日期。", field="effective_on")
    if not_before is not None and day < not_before:
        raise WrongDate(
            f"生效日期 {day} 早于本件进入当前环节的 {not_before}",
            remedy=f"请填写 {not_before} 或者之后的日期。",
            field="effective_on",
        )
    if day != today(now) and not by.basis and not files:
        raise WrongDate(
            f"生效日期 {day} 不是今天，须写明依据或者附证明材料",
            remedy="如邮寄签收，请填写依据并上传回执。",
            field="basis",
        )
    return day


def _posts_of(
    by: By, *, kinds: Collection[PostKind], world: DatabaseWorld, now: datetime
) -> tuple[str, list[HeldPost]]:
    """Return the organ for which the account acts, and the posts that it holds there."""
    held = [post for post in world.posts_held(by.account, at=now) if post.kind in kinds]
    organs = world.codes_of([post.organ_id for post in held])
    code = by.organ or (organs[0] if len(set(organs)) == 1 else "")
    if not code:
        detail = f"你在 {'、'.join(sorted(set(organs)))} 都有职务，须写明以哪个单位办理" if organs else "你没有在任职务"
        raise NoPost(detail, remedy="请选择办理单位，或请系统管理员核对任职。", field="organ")
    posts = [post for post, organ in zip(held, organs, strict=True) if organ == code]
    if not posts:
        raise NoPost(f"你在 {code} 没有可办理事项的职务", remedy="请由该单位的经办人办理。", field="organ")
    return code, posts


def _post(posts: list[HeldPost], kinds: Collection[PostKind]) -> HeldPost:
    for post in posts:
        if post.kind in kinds:
            return post
    raise NoPost(
        "此项须由负责人或者签发人签发后生效",
        remedy="请先送签，或由签发人直接办理。",
        field="post",
    )


def _check_proxy(actor: Actor, *, parties: Collection[str], files: Collection[str], world: DatabaseWorld) -> None:
    """Refuse an act on behalf of an organ that is on line, by one who is no party, or without a scanned paper."""
    absent = actor.on_behalf_of
    if absent == actor.organ:
        raise NoProxy("本单位的事项不是代办", remedy="请直接以本单位办理。", field="on_behalf_of")
    if not world.knows_organ(absent):
        raise NoProxy(f"没有“{absent}”这个单位", remedy="请核对单位代码。", field="on_behalf_of")
    if world.organ(absent).online:
        raise NoProxy(f"{absent} 已上线，须由其本单位办理", remedy="请改为催办。", field="on_behalf_of")
    if actor.organ not in parties and actor.organ not in world.related(absent, "office_of", on=world.on):
        raise NoProxy(
            f"{actor.organ} 不是本件的一方，也不是其领导小组办公室",
            remedy="请由本件的一方或者领导小组办公室代为办理。",
            field="on_behalf_of",
        )
    if not files:
        raise NoProxy("代为办理须附纸质材料的扫描件", remedy="请上传回执、复函等扫描件。", field="files")
