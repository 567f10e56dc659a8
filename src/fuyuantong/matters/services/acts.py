"""Acting: opening a matter by hand, and `perform`, the only way in which a holder acts."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from uuid_utils.compat import uuid7

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.declarations import current
from fuyuantong.matters.models.matter import Provenance
from fuyuantong.matters.services import idempotency
from fuyuantong.matters.services.actors import MAY_ACT, MAY_SIGN, By, actor_of, effective_day, today
from fuyuantong.matters.services.beginners import check_may_begin
from fuyuantong.matters.services.chains import ChainNotWalked, chain_of, words_of
from fuyuantong.matters.services.files import Enclosure, attach, enclosures
from fuyuantong.matters.services.follow_up import follow_up
from fuyuantong.matters.services.forms import EMPTY, Form, check_chosen
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.nearness import taking_part, told_who_came_first
from fuyuantong.matters.services.register_rows import unfit_row
from fuyuantong.matters.services.rows import inner_head
from fuyuantong.matters.services.secrets import conceal, keep
from fuyuantong.matters.services.slip_writing import answer_slip, require_unanswered
from fuyuantong.matters.services.trail import Beginning, Hand, Standing, append, begin, not_before_last
from fuyuantong.matters.services.words import said
from fuyuantong.matters.session import one_act
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.protocol import Entry, Json, Mechanism, Move
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

    Raises: `UnknownMechanism`, `BadTitle`, `NoPost`, `NoProxy`, `WrongDate`, `NotOffered`, `ValuesRefused`, `NotStored`,
    `StaleKey`, `MechanismOff`, `NotYoursToBegin`.
    """
    words = clean_title(title)
    world = DatabaseWorld(on=today(now))
    with one_act():
        request = form.request(by, "open", key, entry, words)
        if answered := idempotency.answered(by.account, form.key, request):
            return done_again(answered)
        mechanism, digest = current(key)
        found = _open_to_hands(mechanism, entry)
        check_values(mechanism, form.values, asks=(), knows_organ=world.knows_organ)
        check_chosen(form, mechanism, world=world)
        actor = actor_of(by, world=world, now=now, files=form.files)
        check_may_begin(mechanism, found, actor.for_organ, world=world)
        on = effective_day(by, not_before=None, files=form.files, now=now)
        uid = str(uuid7())
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
            region_code=world.organ(actor.for_organ).region_code,
            node=world.organ(actor.organ).node_id,
            provenance=_provenance(by, provenance),
        )
        standing, record = begin(mechanism, beginning, draft, hand=hand)
        attach(standing.row, record, form.files, names=form.names)
        follow_up(standing, record, hand=hand)
        idempotency.remember(by.account, form.key, request, standing.row, record.seq)
        return done(standing, record)


def perform(uid: str, move: str, *, by: By, now: datetime, form: Form = EMPTY, answers: str = "") -> Done:
    """
    Make a move of the holder: one record, and everything that it brings about, or nothing at all.

    `answers` names the request that the move grants. The same `form.key` of the same account is answered with the
    first record. Raises: `NoSuchMatter`, `NotYourTurn`, `NotOffered`, `OutsideWindow`, `ValuesRefused`, `NoPost`,
    `NoProxy`, `WrongDate`, `NotStored`, `BadChoice`, `StaleKey`, `ChainNotWalked`, `RowUnfit`, and what binding roles
    and starting clocks refuse.
    """
    with one_act():
        standing = lock(uid)
        request = form.request(by, "act", uid, move, answers)
        seq = standing.situation.seq + 1
        if answered := idempotency.claimed(by.account, form.key, request, matter=standing.row, seq=seq):
            return done_again(answered)
        now = not_before_last(standing.situation, now)
        return _Act(standing, by, now, form, world_around(standing, now, by=by)).perform(move, answers=answers)


def perform_signed(uid: str, move: str, *, by: By, now: datetime, form: Form) -> Done:
    """Make a move that has gone through the hands of its organ. Raises: as `perform`, but `ChainNotWalked`."""
    with one_act():
        standing = lock(uid)
        now = not_before_last(standing.situation, now)
        world = world_around(standing, now, by=by)
        return _Act(standing, by, now, form, world, is_approved=True).perform(move, answers="")


@dataclass(frozen=True)
class _Act:
    """One act of the holder of a locked matter; `is_approved` when the organ's chain has been gone through."""

    standing: Standing
    by: By
    now: datetime
    form: Form
    world: DatabaseWorld
    is_approved: bool = False

    def perform(self, move_key: str, *, answers: str) -> Done:
        situation = self.standing.situation
        actor = self._actor(kinds=MAY_ACT)
        with told_who_came_first(self.standing, by=self.by, actor=actor, now=self.now):
            self._require_turn(actor)
            if answers:
                require_unanswered(self.standing, answers)
            on = effective_day(self.by, not_before=situation.stay_on, files=self.form.files, now=self.now)
            move = offer(self.standing.mechanism, situation, move_key, today=on).move
            if move.signed:
                actor = self._actor(kinds=MAY_SIGN)
                self._require_chain(actor, move)
            return self._written(move, Acting(actor.for_organ, on, self.now, self.form.chosen), actor, answers)

    def _actor(self, *, kinds: Collection[PostKind]) -> Actor:
        parties = taking_part(self.standing.situation)
        return actor_of(self.by, world=self.world, now=self.now, kinds=kinds, parties=parties, files=self.form.files)

    def _require_chain(self, actor: Actor, move: Move) -> None:
        """Refuse to sign past the hands that the organ has set; what came on paper was signed there."""
        if self.is_approved or actor.on_behalf_of:
            return
        chain = chain_of(self.world.organ(actor.organ), self.standing.row.mechanism, move.key)
        if len(chain) > 1:
            raise ChainNotWalked(f"本单位规定“{move.title}”须经“{words_of(chain)}”", remedy="请先送审，逐级审签。")

    def _require_turn(self, actor: Actor) -> None:
        mechanism, situation = self.standing.mechanism, self.standing.situation
        state = here(mechanism, situation)
        if actor.for_organ != situation.holder:
            raise NotYourTurn(
                f"本件在“{state.title}”环节，由 {situation.holder} 办理，{actor.for_organ} 不能办理",
                remedy="可以催办、补充材料，或等待其办理。",
            )

    def _written(self, move: Move, acting: Acting, actor: Actor, answers: str) -> Done:
        mechanism, situation = self.standing.mechanism, self.standing.situation
        values = self._values(move)
        if refusal := unfit_row(mechanism, situation, values):
            raise refusal
        concealed = conceal(mechanism, situation.uid, values)
        draft = make_move(
            mechanism,
            situation,
            move.key,
            values=concealed.values,
            acting=acting,
            world=self.world,
            answers=answers,
        )
        hand = Hand(actor, self.now, self.world, self.by.basis, tuple(self.form.files))
        after, record = append(self.standing, self._citing_inner_trail(draft, actor), hand=hand)
        keep(after.row.pk, concealed)
        evidence = (Enclosure(digest, sensitive=bool(concealed.envelopes)) for digest in self.form.files)
        attach(after.row, record, (), (*evidence, *enclosures(mechanism, values)), names=self.form.names)
        if answers:
            answer_slip(answers, granted=True, record=record)
        follow_up(after, record, hand=hand)
        return done(after, record)

    def _values(self, move: Move) -> dict[str, Json]:
        check_chosen(self.form, self.standing.mechanism, world=self.world)
        self.world.learn_named(self.standing.mechanism, self.form.values)
        return check_values(
            self.standing.mechanism,
            self.form.values,
            asks=move.asks,
            may_ask=move.may_ask,
            rows_before=self.standing.situation.values,
            knows_organ=self.world.knows_organ,
        )

    def _citing_inner_trail(self, draft: Draft, actor: Actor) -> Draft:
        """Let the record name the head of the trail inside the organ, which no other party sees."""
        head = inner_head(self.standing.row.pk, organ=self.world.organ(actor.for_organ).pk)
        return replace(draft, resolved={**draft.resolved, "inner_head": head.hex()}) if head else draft


def world_around(standing: Standing, now: datetime, *, by: By) -> DatabaseWorld:
    """Return the world of an act, with the posts of who acts in it and all organs that the matter knows already."""
    world, situation = DatabaseWorld(on=today(now)), standing.situation
    world.posts_held(by.account, at=now)
    world.learn((situation.holder, situation.initiator, *situation.parties))
    return world


def clean_title(title: str) -> str:
    """Return a title in one line. Raises: `BadTitle`."""
    return said(" ".join(title.split()), longest=LONGEST_TITLE, refusal=BadTitle, field="title")


def done(standing: Standing, record: Record) -> Done:
    """Return the answer to an act."""
    situation = standing.situation
    return Done(situation.uid, record, situation.state, situation.holder)


def done_again(answered: idempotency.Answered) -> Done:
    """Return the answer to an act that was made before."""
    return Done(answered.matter, answered.record, answered.state, answered.holder, again=True)


def _open_to_hands(mechanism: Mechanism, state: str) -> Entry:
    for entry in mechanism.entries:
        if state in ("", entry.state) and not entry.opened:
            return entry
    titles = [mechanism.state(entry.state).title for entry in mechanism.entries if not entry.opened]
    known = "、".join(titles) or "无"
    raise NotOffered(
        f"“{mechanism.title}”不能由此立项；可以直接立项的环节：{known}",
        remedy="其余环节请从相关事项办理。",
        field="entry",
    )


def _provenance(by: By, asked: Provenance) -> Provenance:
    """Return how the matter came here; training data stays training data, whoever plays whom."""
    return Provenance.PROXY if by.on_behalf_of and asked == Provenance.LIVE else asked
