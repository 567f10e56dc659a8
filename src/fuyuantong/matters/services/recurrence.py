"""Saying of two matters that they raise the same problem, or that they do not: a person's word, kept on the trail."""

from datetime import datetime
from typing import Final
from uuid import UUID

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.models.link import Link, LinkKind
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.recurrences import recurs_of
from fuyuantong.matters.services.actors import By, actor_of
from fuyuantong.matters.services.acts import Done, done, world_around
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.nearness import taking_part
from fuyuantong.matters.services.slips import Note, put_note
from fuyuantong.matters.services.trail import Hand, Standing, not_before_last
from fuyuantong.matters.session import one_act
from fuyuantong.matters.sight import reading_as, visible_to
from fuyuantong.protocol.offers import NotYourTurn
from fuyuantong.protocol.recurrence import organs_said
from fuyuantong.refusal import Refusal

SAID: Final = {
    LinkKind.RECURS: "经核对，与此前办结的“{former}”（{closed}）为同一问题，再次发生。",
    LinkKind.DISTINCT: "经核对，与此前办结的“{former}”（{closed}）不是同一问题。",
}


class NotComparable(Refusal):
    """Two matters of which nobody can say that the one raises the other's problem again."""

    key = "not-comparable"
    title = "不能认定是否同一问题"


def judge_recurrence(uid: str, former: UUID | None, *, is_same: bool, by: By, now: datetime) -> Done:
    """
    Say whether a matter raises the problem of a closed one again; by the organ that began it, once for each pair.

    The word stands on the trail of the newer matter alone: until that is issued, nobody else hears of it.
    Raises: `NoSuchMatter`, `NoPost`, `NotYourTurn`, `NotComparable`.
    """
    with one_act():
        with reading_as(by.account, at=now) as reader:
            earlier = visible_to(reader).filter(uid=former).first()
        standing = lock(uid)
        now = not_before_last(standing.situation, now)
        world = world_around(standing, now, by=by)
        actor = actor_of(by, world=world, now=now, parties=taking_part(standing.situation))
        if actor.for_organ != standing.situation.initiator:
            raise NotYourTurn("是否同一问题由发出单位认定", remedy="请以备注说明情况。")
        kind = LinkKind.RECURS if is_same else LinkKind.DISTINCT
        before = _comparable(standing, earlier, is_same=is_same)
        named = before.number or before.title
        closed = f"{before.closed_at.astimezone(SHANGHAI):%Y-%m-%d}办结" if before.closed_at else ""
        hand = Hand(actor, now, world)
        after, record = put_note(
            standing, Note.RECURRENCE, SAID[kind].format(former=named, closed=closed), hand=hand, on=world.on
        )
        Link.objects.create(from_uid=uid, to_uid=before.uid, kind=kind)
        return done(after, record)


def _comparable(standing: Standing, former: Matter | None, *, is_same: bool) -> Matter:
    """Return the former matter. Raises: `NotComparable`."""
    row = standing.row
    mine, theirs = recurs_of(row.mechanism), recurs_of(former.mechanism) if former else None
    if former is None or mine is None or theirs is None or mine.kin != theirs.kin:
        raise NotComparable("没有这件可以比对的事项，或者您看不到它", remedy="请从提示中选择。", field="former")
    if former.phase != Phase.CLOSED or former.pk >= row.pk:
        raise NotComparable("只能与此前已经办结的事项比对", remedy="请从提示中选择。", field="former")
    said, kinds = organs_said(mine, row.values), (LinkKind.RECURS, LinkKind.DISTINCT)
    if is_same and said and not said & organs_said(theirs, former.values):
        raise NotComparable("两件事项的对象单位不同", remedy="请核对主送单位。", field="former")
    if Link.objects.filter(from_uid=row.uid, to_uid=former.uid, kind__in=kinds).exists():
        raise NotComparable("这两件事项已经认定过", remedy="请查看经过中的记录。", field="former")
    return former
