"""Setting and reading through whose hands an act goes inside an organ before it takes effect (审签程序)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from fuyuantong import catalogue
from fuyuantong.matters.models.chain import Chain
from fuyuantong.matters.services.actors import MAY_SIGN
from fuyuantong.matters.session import one_act
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.queries import posts_held
from fuyuantong.organs.vocabulary import POST_TITLES, PostKind
from fuyuantong.protocol import Final, Mechanism, Move
from fuyuantong.refusal import Refusal

MAY_REVIEW = (PostKind.REVIEWER, PostKind.LEADER, PostKind.HEAD, PostKind.SIGNER)
MAY_SET = frozenset({PostKind.HEAD, PostKind.SECURITY_ADMINISTRATOR})
LONGEST = 5
HOUSE = (PostKind.SIGNER,)  # whoever may sign signs, when the organ has set nothing


class BadChain(Refusal):
    """A chain of posts that could never be gone through."""

    key = "bad-chain"
    title = "审签程序有误"


class NotSettable(Refusal):
    """Only the head of an organ, and who keeps the settings, say how it signs."""

    key = "chain-not-settable"
    title = "不能设置审签程序"


class ChainNotWalked(Refusal):
    """The act has not gone through the hands that the organ has set."""

    key = "chain-not-walked"
    title = "尚未经过审签程序"


@dataclass(frozen=True)
class Signed:
    """A move that is signed, with the mechanism that it belongs to."""

    mechanism: str
    title: str
    move: Move


def signed_moves() -> Iterator[Signed]:
    """Yield every move that takes effect only when signed, of all mechanisms and the children declared in them."""
    for key, mechanism in catalogue.MECHANISMS.items():
        yield from _signed(key, mechanism)


def chain_of(organ: Organ, mechanism: str, move: str) -> tuple[str, ...]:
    """Return the posts through which an act goes, the last one signs; empty when the organ has set nothing."""
    found = Chain.objects.filter(organ=organ, mechanism=mechanism, move=move).order_by("-id").first()
    return tuple(found.posts) if found else ()


def chains_of(organ: Organ) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return all chains that an organ has set, by mechanism and move, with one query."""
    latest = Chain.objects.filter(organ=organ).order_by("mechanism", "move", "-id").distinct("mechanism", "move")
    return {(chain.mechanism, chain.move): tuple(chain.posts) for chain in latest}


def set_chain(organ: Organ, mechanism: str, move: str, posts: Sequence[str], *, by: Account, now: datetime) -> Chain:
    """
    Set through whose hands a signed move goes from now on; what is proposed already goes the new way.

    Raises: `NotSettable`, `BadChain`.
    """
    held = posts_held(by, at=now)
    if not any(post.kind in MAY_SET and _covers(post.kind, post.organ_id, organ) for post in held):
        raise NotSettable("只有本单位负责人和安全管理员可以设置审签程序", remedy="请由本单位负责人设置。")
    if not any((one.mechanism, one.move.key) == (mechanism, move) for one in signed_moves()):
        raise BadChain(f"没有“{mechanism} {move}”这一须签发的办理事项", remedy="请重新选择。", field="move")
    _check(posts)
    with one_act():
        return Chain.objects.create(
            organ=organ, mechanism=mechanism, move=move, posts=list(posts), set_by=by.username, set_at=now
        )


def words_of(posts: Sequence[str]) -> str:
    """Return a chain as people say it. Example: 审核 → 分管领导 → 签发."""
    return " → ".join(POST_TITLES[PostKind(post)] for post in posts or HOUSE)


def _check(posts: Sequence[str]) -> None:
    if not 1 <= len(posts) <= LONGEST or len({*posts}) < len(posts) or not {*posts} <= {*MAY_REVIEW}:
        known = "、".join(POST_TITLES[post] for post in MAY_REVIEW)
        raise BadChain(f"审签程序应为一至 {LONGEST} 个不重复的岗位：{known}", remedy="请重新选择。", field="posts")
    if posts[-1] not in MAY_SIGN:
        raise BadChain("最后一个岗位应为分管领导、负责人或者签发", remedy="请调整顺序。", field="posts")


def _covers(kind: str, organ_id: int, organ: Organ) -> bool:
    return kind == PostKind.SECURITY_ADMINISTRATOR or organ_id == organ.pk


def _signed(key: str, mechanism: Mechanism) -> Iterator[Signed]:
    seen: set[str] = set()
    for state in mechanism.states:
        for move in () if isinstance(state, Final) else state.moves:
            if move.signed and move.key not in seen:
                seen.add(move.key)
                yield Signed(key, mechanism.title, move)
    for child in mechanism.children():
        yield from _signed(f"{key}/{child.key}", child)
