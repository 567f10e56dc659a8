"""Acts of those who do not hold: requests of parties, their refusal by the holder, and annotations."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from uuid_utils.compat import uuid7

from fuyuantong.matters.services import idempotency
from fuyuantong.matters.services.actors import MAY_ACT, MAY_SIGN, By, actor_of, effective_day
from fuyuantong.matters.services.acts import Done, done, done_again, world_around
from fuyuantong.matters.services.files import NAMELESS, Enclosure, attach, enclosures
from fuyuantong.matters.services.follow_up import follow_up
from fuyuantong.matters.services.forms import EMPTY, Form, check_chosen
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.nearness import shown_to, taking_part, told_who_came_first
from fuyuantong.matters.services.secrets import REQUEST, Covered, conceal, keep
from fuyuantong.matters.services.slip_writing import answer_slip, require_unanswered, write_slip
from fuyuantong.matters.services.trail import Hand, Standing, append, not_before_last
from fuyuantong.matters.services.words import said
from fuyuantong.matters.session import one_act
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.protocol import Json, Mechanism, Request, Rows
from fuyuantong.protocol.decision import admit_request, decline_request, say_why_open
from fuyuantong.protocol.entering import Acting
from fuyuantong.protocol.offers import NotOffered, here
from fuyuantong.protocol.trail import Kind, Record
from fuyuantong.protocol.transition import Draft
from fuyuantong.protocol.values import MOST_ROWS, Fault, ValuesRefused, check_values
from fuyuantong.refusal import Refusal

LONGEST_NOTE = 4_000


class Note(StrEnum):
    """What an annotation is."""

    URGE = "urge"
    INSTRUCT = "instruct"
    SUPPLEMENT = "supplement"
    RECEIPT = "receipt"
    REMARK = "remark"
    DOCUMENT = "document"
    RECURRENCE = "recurrence"


NOTE_TITLES = {
    Note.URGE: "催办",
    Note.INSTRUCT: "批示",
    Note.SUPPLEMENT: "补充材料",
    Note.RECEIPT: "签收抄送",
    Note.REMARK: "备注",
    Note.DOCUMENT: "制发文书",
    Note.RECURRENCE: "核对是否再次发生",
}
BY_HAND = tuple(note for note in Note if note not in (Note.DOCUMENT, Note.RECURRENCE))
WANT_AN_ACT = frozenset({Note.URGE, Note.INSTRUCT})


class BadNote(Refusal):
    """An annotation without words, or of an unknown kind."""

    key = "bad-note"
    title = "批注有误"


def make_request(uid: str, request: str, *, by: By, now: datetime, form: Form = EMPTY) -> Done:
    """
    Make a party's request: a demand takes effect at once or is refused by rule, others wait for the holder.

    Raises: `NoSuchMatter`, `NotOffered` naming the record that came first, `NotYourTurn`, `ValuesRefused`, `NoPost`,
    `NoProxy`, `WrongDate`, `NotStored`, `StaleKey`.
    """
    with one_act():
        standing = lock(uid)
        asked = form.request(by, "request", uid, request)
        seq = standing.situation.seq + 1
        if answered := idempotency.claimed(by.account, form.key, asked, matter=standing.row, seq=seq):
            return done_again(answered)
        now = not_before_last(standing.situation, now)
        world = world_around(standing, now, by=by)
        actor = actor_of(by, world=world, now=now, parties=taking_part(standing.situation), files=form.files)
        with told_who_came_first(standing, by=by, actor=actor, now=now):
            on = effective_day(by, not_before=standing.situation.stay_on, files=form.files, now=now)
            hand = Hand(actor, now, world, by.basis, tuple(form.files))
            return _Asked(standing, _known(standing, request), form, hand, on).admitted()


@dataclass(frozen=True)
class _Asked:
    """One request about a locked matter."""

    standing: Standing
    request: Request
    form: Form
    hand: Hand
    on: date

    def admitted(self) -> Done:
        mechanism, situation, request = self.standing.mechanism, self.standing.situation, self.request
        slip = uuid7()
        given = self._values()
        concealed = self._concealed(given, slip)
        values = _row_of(concealed.values, request)
        draft = admit_request(
            mechanism,
            situation,
            request,
            slip=str(slip),
            values=values,
            acting=Acting(self.hand.actor.for_organ, self.on, self.hand.now, self.form.chosen),
            world=self.hand.world,
        )
        after, record = append(self.standing, draft, hand=self.hand)
        keep(after.row.pk, concealed)
        evidence = (Enclosure(digest, sensitive=bool(concealed.envelopes)) for digest in self.form.files)
        attach(after.row, record, (), (*evidence, *enclosures(mechanism, given)), names=self.form.names)
        organ = self.hand.actor.for_organ
        write_slip(
            slip, after, record, kind=f"request:{request.key}", organ=organ, body={"values": values}, hand=self.hand
        )
        follow_up(after, record, hand=self.hand)
        return done(after, record)

    def _values(self) -> dict[str, Json]:
        """Check what was filled in; a request that adds a row is filled in like one row of that table."""
        mechanism, request, world = self.standing.mechanism, self.request, self.hand.world
        check_chosen(self.form, mechanism, world=world)
        given: Mapping[str, Json] = self.form.values
        asks = request.asks
        if request.rows:
            mechanism = _one_row(self.standing, request.rows, self.form.values)
            given, asks = {request.rows: [dict(self.form.values)]}, (request.rows,)
        world.learn_named(mechanism, given)
        return check_values(
            mechanism,
            given,
            asks=asks,
            may_ask=request.may_ask,
            rows_before=self.standing.situation.values,
            knows_organ=world.knows_organ,
        )

    def _concealed(self, given: Mapping[str, Json], slip: UUID) -> Covered:
        """Take out secrets: of a row to where it will stand, of what waits for the holder to a place of its own."""
        mechanism, uid = self.standing.mechanism, self.standing.situation.uid
        rows = self.standing.situation.values.get(self.request.rows)
        first = len(rows) if isinstance(rows, list) else 0
        return conceal(mechanism, uid, given, mark=f"{REQUEST}{slip}" if self.request.grants else "", first=first)


def decline(uid: str, slip: str, *, reason: str, by: By, now: datetime, files: Sequence[str] = ()) -> Done:
    """
    Refuse an open request, as its holder, with a reason; `files` are the evidence of a proxy.

    Raises: `NoSuchMatter`, `NotYourTurn`, `NotOffered` naming the answer it had, `BadNote`, `NoPost`, `NoProxy`.
    """
    words = said(reason, longest=LONGEST_NOTE, refusal=BadNote, field="reason")
    with one_act():
        standing, hand = _in_hand(uid, by, now, files)
        with told_who_came_first(standing, by=by, actor=hand.actor, now=hand.now):
            if hand.actor.for_organ == standing.situation.holder:
                require_unanswered(standing, slip)
            on = effective_day(by, not_before=standing.situation.stay_on, files=files, now=hand.now)
            acting = Acting(hand.actor.for_organ, on, hand.now)
            draft = decline_request(standing.situation, slip, reason=words, acting=acting)
        after, record = append(standing, draft, hand=hand)
        attach(after.row, record, files)
        answer_slip(slip, granted=False, record=record)
        return done(after, record)


def annotate(
    uid: str,
    note: Note,
    text: str,
    *,
    by: By,
    now: datetime,
    files: Sequence[str] = (),
    names: Mapping[str, str] = NAMELESS,
) -> Done:
    """
    Put an annotation of a party, or of the office of its region, on the trail; an instruction by who may sign.

    A closed matter takes receipts and remarks, and nothing that wants an act.
    Raises: `NoSuchMatter`, `BadNote`, `NoPost`, `NoProxy`, `NotOffered` for who is no party, `NotStored`.
    """
    words = said(text, longest=LONGEST_NOTE, refusal=BadNote, field="text")
    if note not in NOTE_TITLES:
        known = "、".join(f"{title}（{key}）" for key, title in NOTE_TITLES.items())
        raise BadNote(f"没有“{note}”这一种；可选：{known}", remedy="请重新选择。", field="note")
    with one_act():
        standing, hand = _in_hand(uid, by, now, files, kinds=MAY_SIGN if note == Note.INSTRUCT else MAY_ACT)
        with told_who_came_first(standing, by=by, actor=hand.actor, now=hand.now):
            _require_part(standing, hand)
            if note in WANT_AN_ACT:
                here(standing.mechanism, standing.situation)
        after, record = put_note(standing, note, words, hand=hand, on=hand.world.on)
        attach(after.row, record, files, names=names)
        return done(after, record)


def put_note(standing: Standing, note: Note, text: str, *, hand: Hand, on: date) -> tuple[Standing, Record]:
    """Write an annotation as a slip and admit it at once: its matter is kept here."""
    slip = uuid7()
    told: dict[str, Json] = {"slip": str(slip), "note": text}
    draft = Draft(Kind.SLIP_ADMITTED, f"note:{note}", standing.situation.state, on, {}, told)
    after, record = append(standing, draft, hand=hand)
    organ = hand.actor.for_organ or standing.situation.holder
    write_slip(slip, after, record, kind=f"note:{note}", organ=organ, body={"text": text}, hand=hand)
    return after, record


def explain_open(uid: str, reason: str, *, by: By, now: datetime, files: Sequence[str] = ()) -> Done:
    """
    Say why a matter under review is still open: its review clock begins a new lap; `files` evidence a proxy.

    Raises: `NotOffered` where the state is not under review, `NotYourTurn`, `BadNote`, `NoPost`, `NoProxy`.
    """
    words = said(reason, longest=LONGEST_NOTE, refusal=BadNote, field="reason")
    with one_act():
        standing, hand = _in_hand(uid, by, now, files)
        with told_who_came_first(standing, by=by, actor=hand.actor, now=hand.now):
            draft = say_why_open(
                standing.mechanism,
                standing.situation,
                reason=words,
                acting=Acting(hand.actor.for_organ, hand.world.on, hand.now),
                world=hand.world,
            )
        after, record = append(standing, draft, hand=hand)
        attach(after.row, record, files)
        return done(after, record)


def _in_hand(
    uid: str, by: By, now: datetime, files: Sequence[str], *, kinds: Collection[PostKind] = MAY_ACT
) -> tuple[Standing, Hand]:
    """Lock a matter for an act that has no form."""
    standing = lock(uid)
    now = not_before_last(standing.situation, now)
    world = world_around(standing, now, by=by)
    actor = actor_of(by, world=world, now=now, kinds=kinds, parties=taking_part(standing.situation), files=files)
    return standing, Hand(actor, now, world, by.basis, tuple(files))


def _require_part(standing: Standing, hand: Hand) -> None:
    situation, world = standing.situation, hand.world
    if hand.actor.for_organ in shown_to(situation):
        return
    if hand.actor.organ not in world.related(situation.holder, "office_of", on=world.on):
        raise NotOffered("只有本件各方和领导小组办公室可以批注", remedy="请向本件的一方提出。")


def _known(standing: Standing, key: str) -> Request:
    requests = standing.mechanism.requests
    for request in requests:
        if request.key == key:
            return request
    known = "、".join(f"{one.title}（{one.key}）" for one in requests) or "无"
    raise NotOffered(f"没有“{key}”这一申请；现有：{known}", field="request")


def _one_row(standing: Standing, key: str, values: Mapping[str, Json]) -> Mechanism:
    """Return the mechanism with that table wanting one row. Raises: `NotOffered`, `ValuesRefused`."""
    mechanism = standing.mechanism
    table = mechanism.value(key)
    rows = standing.situation.values.get(key)
    if isinstance(rows, list) and len(rows) >= MOST_ROWS:
        raise NotOffered(f"“{table.title}”已有 {len(rows)} 行，不能再加", remedy="请以附件提交。", field=key)
    later = [name for name in values if isinstance(table, Rows) and name in table.later]
    if later:
        raise ValuesRefused(tuple(Fault(f"{key}.{name}", f"“{name}”由办理单位填写") for name in later))
    fields = tuple(replace(found, at_least=1) if isinstance(found, Rows) else found for found in mechanism.fields)
    return replace(mechanism, fields=fields)


def _row_of(values: dict[str, Json], request: Request) -> dict[str, Json]:
    rows = values.get(request.rows)
    row = rows[0] if isinstance(rows, list) else values
    return row if isinstance(row, dict) else values
