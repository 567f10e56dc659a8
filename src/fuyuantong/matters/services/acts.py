"""Acting: opening a matter by hand, and `perform`, the only way in which a holder acts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction
from uuid_utils.compat import uuid7

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.declarations import current
from fuyuantong.matters.models.matter import Provenance
from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.services import idempotency
from fuyuantong.matters.services.actors import By, actor_of, check_proxy, effective_day, today
from fuyuantong.matters.services.files import attach, require_stored
from fuyuantong.matters.services.follow_up import follow_up
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.secrets import conceal, keep
from fuyuantong.matters.services.trail import Beginning, Hand, Standing, append, begin
from fuyuantong.matters.session import acting
from fuyuantong.protocol import Json
from fuyuantong.protocol.decision import make_move, open_matter
from fuyuantong.protocol.entering import Acting
from fuyuantong.protocol.offers import NotOffered, NotYourTurn, here, offer
from fuyuantong.protocol.trail import Actor, Record
from fuyuantong.protocol.transition import Draft
from fuyuantong.protocol.values import check_values
from fuyuantong.refusal import Refusal

LONGEST_TITLE = 200


class BadTitle(Refusal):
    """A matter needs a title that people can tell it by."""

    key = "bad-title"
    title = "标题有误"


@dataclass(frozen=True)
class Done:
    """The record that answered an act; `again` when the same request had been answered before."""

    matter: str
    record: Record
    state: str
    holder: str
    again: bool = False


@dataclass(frozen=True)
class Form:
    """What is handed in with an act: values by field, files by digest, and what was chosen for unclear roles."""

    values: Mapping[str, Json] = field(default_factory=dict)
    files: Sequence[str] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    key: str = ""

    def request(self, *parts: str) -> Mapping[str, Json]:
        """Return the request as data, for its digest."""
        return {
            "parts": list(parts),
            "values": dict(self.values),
            "files": list(self.files),
            "chosen": dict(self.chosen),
        }


EMPTY = Form()


@transaction.atomic
def open_by_hand(
    key: str,
    title: str,
    *,
    by: By,
    now: datetime,
    entry: str = "",
    form: Form = EMPTY,
    provenance: Provenance = Provenance.LIVE,
) -> Done:
    """
    Begin a matter of that mechanism at an entry that is open to hands.

    Raises: `UnknownMechanism`, `BadTitle`, `NoPost`, `NotOffered`.
    """
    words = clean_title(title)
    world = DatabaseWorld(on=today(now))
    with acting():
        if answered := idempotency.answered(by.account, form.key, form.request("open", key, words)):
            return _again(answered)
        mechanism, digest = current(key)
        found = mechanism.entry(entry)
        if found.opened:
            raise NotOffered(f"“{mechanism.title}”的这一环节只能由其他事项引出", remedy="请从相关事项办理。")
        actor = actor_of(by, world=world, now=now)
        check_proxy(by, actor=actor, parties=(), files=form.files, world=world)
        uid = str(uuid7())
        on = effective_day(by, not_before=None, files=form.files, now=now)
        organ = world.organ(actor.for_organ)
        draft = open_matter(
            mechanism,
            uid,
            entry=found.state,
            declaration=digest,
            roles={},
            values={},
            acting=Acting(actor.for_organ, on, now, form.chosen),
            world=world,
        )
        hand = Hand(actor, now, world, by.basis, tuple(form.files))
        beginning = Beginning(
            uid=uid,
            key=key,
            title=words,
            region_code=organ.region_code,
            node=world.organ(actor.organ).node_id,
            provenance=Provenance.PROXY if by.on_behalf_of else provenance,
        )
        standing, record = begin(mechanism, beginning, draft, hand=hand)
        follow_up(standing, record, hand=hand)
        idempotency.remember(by.account, form.key, form.request("open", key, words), standing.row, record.seq)
        return _done(standing, record)


@transaction.atomic
def perform(uid: str, move: str, *, by: By, now: datetime, form: Form = EMPTY, answers: str = "") -> Done:
    """
    Make a move of the holder: one record, and everything that it brings about, or nothing at all.

    `answers` names the request that the move grants. The same `form.key` of the same account is answered with the
    first record. Raises: `NoSuchMatter`, `NotYourTurn`, `NotOffered`, `OutsideWindow`, `ValuesRefused`, `NoPost`,
    `NoProxy`, `WrongDate`, `StaleKey`, and what binding roles and starting clocks refuse.
    """
    world = DatabaseWorld(on=today(now))
    with acting():
        standing = lock(uid)
        request = form.request("act", uid, move, answers)
        if answered := idempotency.answered(by.account, form.key, request):
            return _again(answered)
        record, after = _perform(standing, move, by=by, now=now, form=form, answers=answers, world=world)
        idempotency.remember(by.account, form.key, request, after.row, record.seq)
        return _done(after, record)


def _perform(
    standing: Standing,
    move_key: str,
    *,
    by: By,
    now: datetime,
    form: Form,
    answers: str,
    world: DatabaseWorld,
) -> tuple[Record, Standing]:
    situation, mechanism = standing.situation, standing.mechanism
    here(mechanism, situation)
    world.learn((situation.holder, *situation.parties))
    acting_for = by.on_behalf_of or by.organ
    if acting_for and acting_for != situation.holder:
        raise _not_yours(standing, acting_for)
    found = offer(mechanism, situation, move_key, today=today(now))
    actor = actor_of(by, world=world, now=now, signed=found.move.signed)
    if actor.for_organ != situation.holder:
        raise _not_yours(standing, actor.for_organ)
    check_proxy(by, actor=actor, parties=situation.parties, files=form.files, world=world)
    on = effective_day(by, not_before=situation.stay_on, files=form.files, now=now)
    values = check_values(
        mechanism,
        form.values,
        asks=found.move.asks,
        may_ask=found.move.may_ask,
        rows_before=situation.values,
        knows_organ=world.knows_organ,
    )
    require_stored((*form.files, *_files_in(values)))
    concealed = conceal(mechanism, uid=situation.uid, values=values)
    draft = make_move(
        mechanism,
        situation,
        move_key,
        values=concealed.values,
        acting=Acting(actor.for_organ, on, now, form.chosen),
        world=world,
        answers=answers,
    )
    if found.move.signed or not situation.issued_seq:
        draft = _citing_inner_trail(standing, draft, actor)
    hand = Hand(actor, now, world, by.basis, tuple(form.files))
    after, record = append(standing, draft, hand=hand)
    keep(after.row.pk, concealed)
    attach(after.row, record, (*form.files, *_files_in(values)))
    follow_up(after, record, hand=hand)
    return record, after


def _citing_inner_trail(standing: Standing, draft: Draft, actor: Actor) -> Draft:
    """Let the record name the head of the trail inside the organ, which the other parties never see."""
    inner = InnerRecord.objects.filter(matter=standing.row, organ__code=actor.for_organ).order_by("-seq").first()
    if inner is None:
        return draft
    return replace(draft, resolved={**draft.resolved, "inner_head": bytes(inner.digest).hex()})


def _not_yours(standing: Standing, organ: str) -> NotYourTurn:
    situation = standing.situation
    title = standing.mechanism.state(situation.state).title
    return NotYourTurn(
        f"本件在“{title}”环节，由 {situation.holder} 办理，{organ} 不能办理",
        remedy="可以催办、补充材料，或等待其办理。",
    )


def _files_in(values: Mapping[str, Json]) -> tuple[str, ...]:
    lists = (value for value in values.values() if isinstance(value, list))
    return tuple(entry for found in lists for entry in found if isinstance(entry, str) and len(entry) == 64)


def clean_title(title: str) -> str:
    """Return a title in one line. Raises: `BadTitle`."""
    clean = " ".join(title.split())
    if not clean or len(clean) > LONGEST_TITLE or not clean.isprintable():
        raise BadTitle(f"标题须为 1 至 {LONGEST_TITLE} 个可显示的字", remedy="请写明事由。", field="title")
    return clean


def _done(standing: Standing, record: Record) -> Done:
    situation = standing.situation
    return Done(situation.uid, record, situation.state, situation.holder)


def _again(answered: idempotency.Answered) -> Done:
    return Done(answered.matter, answered.record, answered.record.to_state, answered.holder, again=True)
