"""Who acts: the post that an account holds, the organ for which it acts, and on whose behalf (core.md R15)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.organs.models import Account
from fuyuantong.organs.queries import HeldPost, posts_held
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.protocol.trail import Actor
from fuyuantong.refusal import Refusal

MAY_ACT = frozenset(
    {PostKind.LIAISON, PostKind.HANDLER, PostKind.HEAD, PostKind.LEADER, PostKind.SIGNER, PostKind.OFFICE}
)
MAY_SIGN = frozenset({PostKind.HEAD, PostKind.LEADER, PostKind.SIGNER})


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


def today(now: datetime) -> date:
    """Return the day in Asia/Shanghai."""
    return now.astimezone(SHANGHAI).date()


def actor_of(by: By, *, world: DatabaseWorld, now: datetime, signed: bool = False) -> Actor:
    """Return who acts, with the post used. Raises: `NoPost` naming what is missing."""
    held = [post for post in posts_held(by.account, at=now) if post.kind in MAY_ACT]
    organs = _organs_of(held, world)
    code = by.organ or (organs[0] if len(set(organs)) == 1 else "")
    if not code:
        detail = f"你在 {'、'.join(sorted(set(organs)))} 都有职务，须写明以哪个单位办理" if organs else "你没有在任职务"
        raise NoPost(detail, remedy="请选择办理单位，或请系统管理员核对任职。", field="organ")
    posts = [post for post, organ in zip(held, organs, strict=True) if organ == code]
    if not posts:
        raise NoPost(f"你在 {code} 没有可办理事项的职务", remedy="请由该单位的经办人办理。", field="organ")
    return Actor(by.account.username, _post(posts, MAY_SIGN if signed else MAY_ACT).kind, code, by.on_behalf_of)


def check_proxy(
    by: By, *, actor: Actor, parties: Collection[str], files: Collection[str], world: DatabaseWorld
) -> None:
    """Refuse an act on behalf of an organ that is on line, by one who is no party, or without a scanned paper."""
    if not by.on_behalf_of:
        return
    if not world.knows_organ(by.on_behalf_of):
        raise NoProxy(f"没有“{by.on_behalf_of}”这个单位", field="on_behalf_of")
    if world.organ(by.on_behalf_of).online:
        raise NoProxy(f"{by.on_behalf_of} 已上线，须由其本单位办理", remedy="请改为催办。", field="on_behalf_of")
    offices = world.related(by.on_behalf_of, "office_of", on=world.on)
    if actor.organ not in parties and actor.organ not in offices:
        raise NoProxy(f"{actor.organ} 不是本件的一方，也不是其领导小组办公室", field="on_behalf_of")
    if not files:
        raise NoProxy("代为办理须附纸质材料的扫描件", remedy="请上传回执、复函等扫描件。", field="files")


def effective_day(by: By, *, not_before: date | None, files: Collection[str], now: datetime) -> date:
    """Return the day on which the act counts. Raises: `WrongDate` when it is ahead, too early or unfounded."""
    day = by.effective_on or today(now)
    if day > today(now):
        raise WrongDate(f"生效日期 {day} 在今天之后", field="effective_on")
    if not_before is not None and day < not_before:
        raise WrongDate(f"生效日期 {day} 早于本件进入当前环节的 {not_before}", field="effective_on")
    if day != today(now) and not by.basis and not files:
        raise WrongDate(
            f"生效日期 {day} 不是今天，须写明依据或者附证明材料",
            remedy="如邮寄签收，请填写依据并上传回执。",
            field="basis",
        )
    return day


def _organs_of(held: list[HeldPost], world: DatabaseWorld) -> list[str]:
    return world.codes_of([post.organ_id for post in held])


def _post(posts: list[HeldPost], kinds: Collection[PostKind]) -> HeldPost:
    for post in posts:
        if post.kind in kinds:
            return post
    raise NoPost(
        "此项须由负责人或者签发人签发后生效",
        remedy="请先提交签发：fyt act --propose，或由签发人直接办理。",
        field="post",
    )
