"""撤销逾期结束: an ending by lapse is lifted on evidence that the act was in time, or of what hindered it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.services.actors import By, actor_of, today
from fuyuantong.matters.services.acts import Done, done
from fuyuantong.matters.services.files import NAMELESS, attach
from fuyuantong.matters.services.follow_up import follow_up
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.nearness import shown_to, told_who_came_first
from fuyuantong.matters.services.trail import Hand, append, not_before_last
from fuyuantong.matters.services.words import said
from fuyuantong.matters.session import one_act
from fuyuantong.matters.trails import records_of
from fuyuantong.protocol.amendments import NotSetAside, set_aside
from fuyuantong.protocol.entering import Acting
from fuyuantong.protocol.offers import ReasonMissing

LONGEST_REASON = 1_000


def set_aside_lapse(
    uid: str, *, reason: str, by: By, now: datetime, files: Sequence[str] = (), names: Mapping[str, str] = NAMELESS
) -> Done:
    """
    Lift an ending by lapse, as the organ that held the matter: what was ended goes on, its time begins anew.

    `reason`: the evidence, as the ending asks for it; `files` prove it. The lapse stays on the trail.
    Basis: 民诉法86; core.md R6, R7.
    Raises: `NoSuchMatter`, `NotSetAside`, `NotYourTurn`, `ReasonMissing`, `NoPost`, `NoProxy`, `NotStored`.
    """
    words = said(reason, longest=LONGEST_REASON, refusal=ReasonMissing, field="reason")
    with one_act():
        standing = lock(uid)
        now = not_before_last(standing.situation, now)
        world = DatabaseWorld(on=today(now))
        actor = actor_of(by, world=world, now=now, parties=shown_to(standing.situation), files=files)
        with told_who_came_first(standing, by=by, actor=actor, now=now):
            if standing.row.parent_id:
                raise NotSetAside(
                    "本件的结果已经汇入所属事项",
                    basis="分项的结果一经汇入不再改变",
                    remedy="请由所属事项的办理单位更正或者另行送办，也可以新建事项并关联本件。",
                )
            draft = set_aside(
                standing.mechanism,
                standing.situation,
                trail=list(records_of(standing.row)),
                evidence=words,
                acting=Acting(actor.for_organ, world.on, now),
                world=world,
            )
        hand = Hand(actor, now, world, by.basis, tuple(files))
        after, record = append(standing, draft, hand=hand)
        attach(after.row, record, files, names=names)
        follow_up(after, record, hand=hand)
        return done(after, record)
