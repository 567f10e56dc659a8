"""What an organ does inside itself before it acts: drafts, assignment, sign-off; on a trail of its own (core.md R14)."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.services.actors import MAY_ACT, MAY_SIGN, By, NoPost, actor_of, today
from fuyuantong.matters.services.acts import Done, perform_signed
from fuyuantong.matters.services.chains import MAY_REVIEW, ChainNotWalked, chain_of, words_of
from fuyuantong.matters.services.files import Enclosure, attach_inside, enclosures, names_inside
from fuyuantong.matters.services.forms import Form, check_chosen
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.nearness import shown_to, told_who_came_first
from fuyuantong.matters.services.register_rows import unfit_row
from fuyuantong.matters.services.secrets import DRAFT, conceal, keep, reveal
from fuyuantong.matters.services.trail import Standing
from fuyuantong.matters.services.words import said
from fuyuantong.matters.session import one_act
from fuyuantong.matters.trails import inner_body
from fuyuantong.organs.models import Organ
from fuyuantong.organs.queries import account_by_username, posts_held
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.protocol import Final, Json, Mechanism, Move, Rows
from fuyuantong.protocol.offers import NotOffered, NotYourTurn, offer
from fuyuantong.protocol.trail import Actor
from fuyuantong.protocol.values import check_values
from fuyuantong.refusal import Refusal
from fuyuantong.seal.digest import GENESIS, record_digest

LONGEST_REASON = 4_000
LONGEST_NAME = 60


class InnerKind(StrEnum):
    """What an inner record says."""

    ASSIGNED = "assigned"
    DRAFTED = "drafted"
    PROPOSED = "proposed"
    REVIEWED = "reviewed"
    RETURNED = "returned"
    APPROVED = "approved"
    DOCUMENT_DRAFTED = "document-drafted"
    DOCUMENT_PROPOSED = "document-proposed"
    DOCUMENT_REVIEWED = "document-reviewed"
    DOCUMENT_RETURNED = "document-returned"
    DOCUMENT_APPROVED = "document-approved"
    DOCUMENT_SEALED = "document-sealed"


class NothingProposed(Refusal):
    """There is no proposal of that move waiting for a signature."""

    key = "nothing-proposed"
    title = "没有待签发的拟稿"


class BadReason(Refusal):
    """A proposal is not given back without a reason that can be read."""

    key = "bad-reason"
    title = "退回理由有误"


def assign(uid: str, handler: str, *, by: By, now: datetime) -> InnerRecord:
    """Hand the matter to a handler of the own organ (分办). Raises: `NoPost` when they have no post there."""
    name = said(handler, longest=LONGEST_NAME, refusal=NoPost, field="handler")
    with inside(uid, by, now) as within:
        held = posts_held(account_by_username(name), at=now)
        if not any(post.organ_id == within.organ.pk and post.kind in MAY_ACT for post in held):
            raise NoPost(f"{name} 在本单位没有可办理事项的职务", remedy="请选择本单位的经办人。", field="handler")
        return within.written(InnerKind.ASSIGNED, {"handler": name})


def save_draft(uid: str, move: str, *, by: By, now: datetime, form: Form) -> InnerRecord:
    """
    Keep what was filled in so far for a move, whole or not, each value right in itself; each draft is a version.

    Raises: `NotYourTurn`, `NotOffered` when the mechanism has no such move, `ValuesRefused`, `NotStored`.
    """
    with inside(uid, by, now) as within:
        found = _declared_move(within.standing.mechanism, move)
        return within.drafted(InnerKind.DRAFTED, found, form)


def propose(uid: str, move: str, *, by: By, now: datetime, form: Form) -> InnerRecord:
    """Put a move before those who sign. Raises: `NotYourTurn`, `NotOffered`, `RowUnfit`, `ValuesRefused`, `NotStored`."""
    with inside(uid, by, now) as within:
        situation = within.standing.situation
        if situation.holder != within.actor.organ:
            raise NotYourTurn(f"本件现由 {situation.holder} 办理", remedy="可以先保存草稿。")
        found = offer(within.standing.mechanism, situation, move, today=today(now)).move
        if refusal := unfit_row(within.standing.mechanism, situation, form.values):
            raise refusal  # whoever signs could only give it back
        return within.drafted(InnerKind.PROPOSED, found, form)


def review(uid: str, *, by: By, now: datetime) -> InnerRecord:
    """
    Pass a proposal on to the next post of the organ's chain (审核).

    Raises: `NothingProposed`, `NoPost` for who does not hold the post whose turn it is, `ChainNotWalked` when only the
    signature is left.
    """
    with inside(uid, by, now, kinds=MAY_REVIEW) as within:
        left = within.posts_left(within.proposal())
        if len(left) < 2:
            raise ChainNotWalked("前面的岗位都已审核", remedy="请由签发人签发。")
        within.require_post(left[0])
        return within.written(InnerKind.REVIEWED, {"post": left[0]})


def return_draft(uid: str, reason: str, *, by: By, now: datetime) -> InnerRecord:
    """Give a proposal back to who drafted it, with a reason. Raises: `NothingProposed`, `NoPost`, `BadReason`."""
    words = said(reason, longest=LONGEST_REASON, refusal=BadReason, field="reason")
    with inside(uid, by, now, kinds=MAY_REVIEW) as within:
        within.proposal()
        return within.written(InnerKind.RETURNED, {"reason": words})


def approve(uid: str, *, by: By, now: datetime) -> Done:
    """
    Sign the proposal: the move is made with the proposed values, and its record cites the inner trail's head.

    Raises: `NothingProposed`, `NoPost`, `ChainNotWalked` while a post before the signature has not passed it on, and
    what `perform` refuses.
    """
    with one_act():
        with inside(uid, by, now, kinds=MAY_SIGN) as within:
            proposal = within.proposal()
            left = within.posts_left(proposal)
            if len(left) > 1:
                raise ChainNotWalked(f"还须经“{words_of(left)}”", remedy="请等前面的岗位审核后再签发。")
            if left:
                within.require_post(left[0])
            within.written(InnerKind.APPROVED, {"proposal": proposal.seq})
        kept = proposal.values
        values = reveal(within.standing.row, kept["values"], mark=_mark(within.organ, proposal.seq))
        form = Form(values=values, files=kept["files"], chosen=kept["chosen"], names=names_inside(proposal))
        return perform_signed(uid, kept["move"], by=replace(by, organ=within.organ.code), now=now, form=form)


@dataclass(frozen=True)
class Inside:
    """A locked matter, and the organ that does something about it inside itself."""

    standing: Standing
    actor: Actor
    organ: Organ
    world: DatabaseWorld
    now: datetime

    def proposal(self) -> InnerRecord:
        """Return the proposal that waits, made in this very stay of the matter. Raises: `NothingProposed`."""
        decided = (InnerKind.PROPOSED, InnerKind.RETURNED, InnerKind.APPROVED)
        trail = InnerRecord.objects.filter(matter=self.standing.row, organ=self.organ, kind__in=decided)
        last = trail.order_by("-seq").first()
        if last is None or last.kind != InnerKind.PROPOSED:
            raise NothingProposed("没有等待签发的拟稿", remedy="请经办人先提交签发。")
        if last.values["stay"] != self.standing.situation.stay_seq:
            raise NothingProposed("拟稿提交后本件已经办理过，原拟稿作废", remedy="请经办人重新提交签发。")
        return last

    def posts_left(self, proposal: InnerRecord) -> tuple[str, ...]:
        """Return the posts through which a proposal still has to go, the one that signs last; none is set: empty."""
        trail = InnerRecord.objects.filter(matter=self.standing.row, organ=self.organ, seq__gt=proposal.seq)
        passed = trail.filter(kind=InnerKind.REVIEWED).count()
        return chain_of(self.organ, self.standing.row.mechanism, proposal.values["move"])[passed:]

    def require_post(self, kind: str) -> None:
        """Refuse who does not hold the post whose turn it is. Raises: `NoPost`."""
        account = account_by_username(self.actor.account)
        held = posts_held(account, at=self.now)
        if not any(post.organ_id == self.organ.pk and post.kind == kind for post in held):
            raise NoPost(f"现在应由“{words_of((kind,))}”岗位办理", remedy="请等该岗位的同事办理。", field="post")

    def drafted(self, kind: InnerKind, move: Move, form: Form) -> InnerRecord:
        """Write down what was filled in for a move; secrets are taken out of it as out of any record."""
        mechanism, situation = self.standing.mechanism, self.standing.situation
        given = self._values(move, form, whole=kind == InnerKind.PROPOSED)
        last = self._last()
        mark = _mark(self.organ, last.seq + 1 if last else 1)
        concealed = conceal(mechanism, situation.uid, given, mark=mark)
        values: dict[str, Json] = {
            "move": move.key,
            "values": concealed.values,
            "files": list(form.files),
            "chosen": dict(form.chosen),
            "stay": situation.stay_seq,
        }
        record = self.written(kind, values)
        keep(self.standing.row.pk, concealed)
        enclosed = (*(Enclosure(digest) for digest in form.files), *enclosures(mechanism, given))
        attach_inside(record, enclosed, names=form.names)
        return record

    def written(self, kind: InnerKind, values: Mapping[str, Json]) -> InnerRecord:
        """Write the next record of the organ's inner trail."""
        last = self._last()
        record = InnerRecord(
            matter=self.standing.row,
            organ=self.organ,
            seq=last.seq + 1 if last else 1,
            kind=kind,
            account=self.actor.account,
            post=self.actor.post,
            recorded_at=self.now,
            values=dict(values),
            prev=bytes(last.digest) if last else GENESIS,
        )
        record.digest = record_digest(record.prev, inner_body(record))
        record.save(force_insert=True)
        return record

    def _values(self, move: Move, form: Form, *, whole: bool) -> dict[str, Json]:
        mechanism = self.standing.mechanism if whole else _unfinished(self.standing.mechanism)
        check_chosen(form, mechanism, world=self.world)
        self.world.learn_named(mechanism, form.values)
        return check_values(
            mechanism,
            form.values,
            asks=move.asks if whole else (),
            may_ask=move.may_ask if whole else (*move.asks, *move.may_ask),
            rows_before=self.standing.situation.values,
            knows_organ=self.world.knows_organ,
        )

    def _last(self) -> InnerRecord | None:
        return InnerRecord.objects.filter(matter=self.standing.row, organ=self.organ).order_by("-seq").first()


@contextmanager
def inside(uid: str, by: By, now: datetime, *, kinds: Collection[PostKind] = MAY_ACT) -> Iterator[Inside]:
    """Lock a matter for an organ to which it is shown. Raises: `NoSuchMatter`, `NotYourTurn`, `NoPost`."""
    with one_act():
        standing = lock(uid)
        world = DatabaseWorld(on=today(now))
        actor = actor_of(by, world=world, now=now, kinds=kinds)
        with told_who_came_first(standing, by=by, actor=actor, now=now):
            if actor.organ not in shown_to(standing.situation):
                raise NotYourTurn(f"{actor.organ} 不是本件的一方", remedy="请由本件的一方办理。")
            yield Inside(standing, actor, world.organ(actor.organ), world, now)


def _mark(organ: Organ, seq: int) -> str:
    """Return what keeps the secrets of one draft apart from all others."""
    return f"{DRAFT}{organ.code}/{seq}"


def _declared_move(mechanism: Mechanism, key: str) -> Move:
    for state in mechanism.states:
        for move in () if isinstance(state, Final) else state.moves:
            if move.key == key:
                return move
    raise NotOffered(f"“{mechanism.title}”没有“{key}”这一办理事项", field="move")


def _unfinished(mechanism: Mechanism) -> Mechanism:
    """Return the mechanism with tables that may be short of rows and cells."""
    fields = (
        replace(found, at_least=0, later=tuple(column.key for column in found.columns))
        if isinstance(found, Rows)
        else found
        for found in mechanism.fields
    )
    return replace(mechanism, fields=tuple(fields))
