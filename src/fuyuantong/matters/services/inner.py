"""What an organ does inside itself before it acts: drafts, assignment, sign-off; on a trail of its own (core.md R14)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum

from django.db import transaction

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.services.actors import MAY_ACT, By, NoPost, actor_of, today
from fuyuantong.matters.services.acts import Done, Form, perform
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.secrets import conceal, keep, reveal
from fuyuantong.matters.services.trail import Standing
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Organ
from fuyuantong.organs.queries import account_by_username, posts_held
from fuyuantong.protocol import Json
from fuyuantong.protocol.offers import NotYourTurn, offer
from fuyuantong.protocol.trail import Actor
from fuyuantong.refusal import Refusal
from fuyuantong.seal.digest import GENESIS, record_digest

DRAFT_MARK = "@draft"  # the row under which the secrets of the latest draft are kept


class InnerKind(StrEnum):
    """What an inner record says."""

    ASSIGNED = "assigned"
    DRAFTED = "drafted"
    PROPOSED = "proposed"
    RETURNED = "returned"
    APPROVED = "approved"


class NothingProposed(Refusal):
    """There is no proposal of that move waiting for a signature."""

    key = "nothing-proposed"
    title = "没有待签发的拟稿"


@transaction.atomic
def assign(uid: str, handler: str, *, by: By, now: datetime) -> InnerRecord:
    """Hand the matter to a handler of the own organ (分办). Raises: `NoPost` when they have no post there."""
    with acting():
        standing, actor, organ = _inside(uid, by, now)
        colleague = account_by_username(handler)
        if not any(post.organ_id == organ.pk and post.kind in MAY_ACT for post in posts_held(colleague, at=now)):
            raise NoPost(f"{handler} 在本单位没有可办理事项的职务", field="handler")
        return _write(standing, organ, InnerKind.ASSIGNED, {"handler": handler}, actor, now)


@transaction.atomic
def save_draft(uid: str, move: str, *, by: By, now: datetime, form: Form) -> InnerRecord:
    """Keep what was typed so far for a move, whole or not; each draft is a version."""
    with acting():
        standing, actor, organ = _inside(uid, by, now)
        return _write(standing, organ, InnerKind.DRAFTED, _kept(standing, move, form), actor, now)


@transaction.atomic
def propose(uid: str, move: str, *, by: By, now: datetime, form: Form) -> InnerRecord:
    """Put a move before those who sign. Raises: `NotYourTurn`, `NotOffered`."""
    with acting():
        standing, actor, organ = _inside(uid, by, now)
        if standing.situation.holder != actor.organ:
            raise NotYourTurn(f"本件现由 {standing.situation.holder} 办理")
        offer(standing.mechanism, standing.situation, move, today=today(now))
        return _write(standing, organ, InnerKind.PROPOSED, _kept(standing, move, form), actor, now)


@transaction.atomic
def return_draft(uid: str, reason: str, *, by: By, now: datetime) -> InnerRecord:
    """Give a proposal back to who drafted it, with a reason. Raises: `NothingProposed`, `NoPost`."""
    with acting():
        standing, actor, organ = _inside(uid, by, now, signs=True)
        _proposal(standing, organ)
        return _write(standing, organ, InnerKind.RETURNED, {"reason": reason}, actor, now)


@transaction.atomic
def approve(uid: str, *, by: By, now: datetime) -> Done:
    """
    Sign the proposal: the move is made with the proposed values, and its record cites the inner trail's head.

    Raises: `NothingProposed`, `NoPost`, and what `perform` refuses.
    """
    with acting():
        standing, actor, organ = _inside(uid, by, now, signs=True)
        proposal = _proposal(standing, organ)
        _write(standing, organ, InnerKind.APPROVED, {"proposal": proposal.seq}, actor, now)
        kept = proposal.values
        values = reveal(standing.row, kept["values"], mark=DRAFT_MARK)
        form = Form(values=values, files=kept["files"], chosen=kept["chosen"])
        return perform(uid, kept["move"], by=replace(by, organ=actor.organ), now=now, form=form)


def _inside(uid: str, by: By, now: datetime, *, signs: bool = False) -> tuple[Standing, Actor, Organ]:
    world = DatabaseWorld(on=today(now))
    standing = lock(uid)
    actor = actor_of(by, world=world, now=now, signed=signs)
    if actor.organ not in (*standing.situation.parties, standing.situation.holder):
        raise NotYourTurn(f"{actor.organ} 不是本件的一方")
    return standing, actor, world.organ(actor.organ)


def _kept(standing: Standing, move: str, form: Form) -> dict[str, Json]:
    """Return what a draft keeps; secrets are taken out of it as out of any record."""
    concealed = conceal(standing.mechanism, standing.situation.uid, form.values, mark=DRAFT_MARK)
    keep(standing.row.pk, concealed)
    return {
        "move": move,
        "values": concealed.values,
        "files": list(form.files),
        "chosen": dict(form.chosen),
    }


def _proposal(standing: Standing, organ: Organ) -> InnerRecord:
    decided = (InnerKind.PROPOSED, InnerKind.RETURNED, InnerKind.APPROVED)
    trail = InnerRecord.objects.filter(matter=standing.row, organ=organ, kind__in=decided)
    last = trail.order_by("-seq").first()
    if last is None or last.kind != InnerKind.PROPOSED:
        raise NothingProposed("没有等待签发的拟稿", remedy="请经办人先提交签发。")
    return last


def _write(
    standing: Standing,
    organ: Organ,
    kind: InnerKind,
    values: Mapping[str, Json],
    actor: Actor,
    now: datetime,
) -> InnerRecord:
    last = InnerRecord.objects.filter(matter=standing.row, organ=organ).order_by("-seq").first()
    seq = last.seq + 1 if last else 1
    prev = bytes(last.digest) if last else GENESIS
    body = {
        "matter": standing.situation.uid,
        "organ": organ.code,
        "seq": seq,
        "kind": kind.value,
        "account": actor.account,
        "post": actor.post,
        "recorded_at": now.astimezone(UTC).isoformat(timespec="microseconds"),
        "values": dict(values),
    }
    return InnerRecord.objects.create(
        matter=standing.row,
        organ=organ,
        seq=seq,
        kind=kind,
        account=actor.account,
        post=actor.post,
        recorded_at=now,
        values=dict(values),
        prev=prev,
        digest=record_digest(prev, body),
    )
