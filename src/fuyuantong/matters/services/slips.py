"""Acts of those who do not hold: requests of parties, their refusal by the holder, and annotations."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction
from uuid_utils.compat import uuid7

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.models.slip import Slip
from fuyuantong.matters.services import idempotency
from fuyuantong.matters.services.actors import By, actor_of, check_proxy, effective_day, today
from fuyuantong.matters.services.acts import EMPTY, Done, Form
from fuyuantong.matters.services.files import attach, require_stored
from fuyuantong.matters.services.follow_up import follow_up
from fuyuantong.matters.services.locks import NoSuchMatter, lock
from fuyuantong.matters.services.secrets import conceal, keep
from fuyuantong.matters.services.slip_writing import write_slip
from fuyuantong.matters.services.trail import Hand, Standing, append
from fuyuantong.matters.session import acting
from fuyuantong.protocol import Json, Request
from fuyuantong.protocol.decision import admit_request, decline_request, say_why_open
from fuyuantong.protocol.entering import Acting
from fuyuantong.protocol.offers import NotOffered
from fuyuantong.protocol.trail import Kind, Record
from fuyuantong.protocol.transition import Draft
from fuyuantong.protocol.values import check_values
from fuyuantong.refusal import Refusal

LONGEST_NOTE = 4_000


class Note(StrEnum):
    """What an annotation is."""

    URGE = "urge"
    INSTRUCT = "instruct"
    SUPPLEMENT = "supplement"
    RECEIPT = "receipt"
    REMARK = "remark"


NOTE_TITLES = {
    Note.URGE: "催办",
    Note.INSTRUCT: "批示",
    Note.SUPPLEMENT: "补充材料",
    Note.RECEIPT: "签收抄送",
    Note.REMARK: "备注",
}


class BadNote(Refusal):
    """An annotation without words, or of an unknown kind."""

    key = "bad-note"
    title = "批注有误"


@transaction.atomic
def make_request(uid: str, request: str, *, by: By, now: datetime, form: Form = EMPTY) -> Done:
    """
    Make a party's request: a demand takes effect at once or is refused by rule, others wait for the holder.

    Raises: `NoSuchMatter`, `NotOffered`, `NotYourTurn`, `ValuesRefused`, `NoPost`, `NoProxy`, `WrongDate`.
    """
    world = DatabaseWorld(on=today(now))
    with acting():
        standing = lock(uid)
        asked = form.request("request", uid, request)
        if answered := idempotency.answered(by.account, form.key, asked):
            return Done(answered.matter, answered.record, answered.record.to_state, answered.holder, again=True)
        hand, draft = _requested(standing, request, by=by, now=now, form=form, world=world)
        after, record = append(standing, draft[1], hand=hand)
        slip = draft[0]
        Slip.objects.filter(pk=slip.pk).update(matter=after.row, admitted_seq=record.seq)
        attach(after.row, record, form.files)
        follow_up(after, record, hand=hand)
        idempotency.remember(by.account, form.key, asked, after.row, record.seq)
        return Done(uid, record, after.situation.state, after.situation.holder)


def _requested(
    standing: Standing, key: str, *, by: By, now: datetime, form: Form, world: DatabaseWorld
) -> tuple[Hand, tuple[Slip, Draft]]:
    mechanism, situation = standing.mechanism, standing.situation
    request = _known(standing, key)
    actor = actor_of(by, world=world, now=now)
    check_proxy(by, actor=actor, parties=situation.parties, files=form.files, world=world)
    on = effective_day(by, not_before=situation.stay_on, files=form.files, now=now)
    require_stored(form.files)
    mark = f"@{uuid7()}" if request.rows else ""  # the secrets of each added row keep a place of their own
    concealed = conceal(mechanism, situation.uid, _values(standing, request, form, world), mark=mark)
    keep(standing.row.pk, concealed)
    values = _row_of(concealed.values, request)
    hand = Hand(actor, now, world, by.basis, tuple(form.files))
    slip = write_slip(standing, kind=f"request:{key}", organ=actor.for_organ, body={"values": values}, hand=hand)
    draft = admit_request(
        mechanism,
        situation,
        request,
        slip=str(slip.pk),
        values=values,
        acting=Acting(actor.for_organ, on, now, form.chosen),
        world=world,
    )
    return hand, (slip, draft)


def _known(standing: Standing, key: str) -> Request:
    requests = standing.mechanism.requests
    for request in requests:
        if request.key == key:
            return request
    known = "、".join(f"{one.title}（{one.key}）" for one in requests) or "无"
    raise NotOffered(f"没有“{key}”这一申请；现有：{known}", field="request")


def _values(standing: Standing, request: Request, form: Form, world: DatabaseWorld) -> dict[str, Json]:
    """Check what was filled in; a request that adds a row is filled in like one row of that table."""
    given: Mapping[str, Json] = {request.rows: [dict(form.values)]} if request.rows else form.values
    asks = (request.rows,) if request.rows else request.asks
    return check_values(
        standing.mechanism,
        given,
        asks=asks,
        may_ask=request.may_ask,
        rows_before=standing.situation.values,
        knows_organ=world.knows_organ,
    )


def _row_of(values: dict[str, Json], request: Request) -> dict[str, Json]:
    rows = values.get(request.rows)
    row = rows[0] if isinstance(rows, list) else values
    return row if isinstance(row, dict) else values


@transaction.atomic
def decline(uid: str, slip: str, *, reason: str, by: By, now: datetime) -> Done:
    """
    Refuse an open request, as its holder, with a reason.

    Raises: `NoSuchMatter`, `NotYourTurn`, `NotOffered`, `BadNote`, `NoPost`.
    """
    world = DatabaseWorld(on=today(now))
    words = _words(reason)
    with acting():
        standing = lock(uid)
        actor = actor_of(by, world=world, now=now)
        on = effective_day(by, not_before=standing.situation.stay_on, files=(), now=now)
        draft = decline_request(standing.situation, slip, reason=words, acting=Acting(actor.for_organ, on, now))
        after, record = append(standing, draft, hand=Hand(actor, now, world, by.basis))
        Slip.objects.filter(pk=slip).update(answer={"granted": False, "reason": words, "seq": record.seq})
        return Done(uid, record, after.situation.state, after.situation.holder)


@transaction.atomic
def annotate(uid: str, note: Note, text: str, *, by: By, now: datetime, files: Sequence[str] = ()) -> Done:
    """
    Put an annotation of a party, or of the office of its region, on the trail.

    Raises: `NoSuchMatter`, `BadNote`, `NoPost`, `NotOffered` for a closed matter or a stranger.
    """
    world = DatabaseWorld(on=today(now))
    words = _words(text)
    with acting():
        standing = lock(uid)
        actor = actor_of(by, world=world, now=now)
        _require_near(standing, actor.for_organ, world)
        require_stored(files)
        hand = Hand(actor, now, world, by.basis, tuple(files))
        after, record = put_note(standing, note, words, hand=hand, on=today(now))
        attach(after.row, record, files)
        return Done(uid, record, after.situation.state, after.situation.holder)


def put_note(standing: Standing, note: Note, text: str, *, hand: Hand, on: date) -> tuple[Standing, Record]:
    """Write an annotation as a slip and admit it at once: its matter is kept here."""
    organ = hand.actor.for_organ or standing.situation.holder
    slip = write_slip(standing, kind=f"note:{note}", organ=organ, body={"text": text}, hand=hand)
    told: dict[str, Json] = {"slip": str(slip.pk), "note": text}
    draft = Draft(Kind.SLIP_ADMITTED, f"note:{note}", standing.situation.state, on, {}, told)
    after, record = append(standing, draft, hand=hand)
    Slip.objects.filter(pk=slip.pk).update(matter=after.row, admitted_seq=record.seq)
    return after, record


@transaction.atomic
def explain_open(uid: str, reason: str, *, by: By, now: datetime) -> Done:
    """
    Say why a matter under review is still open: its review clock begins a new lap.

    Raises: `NotOffered` where the state is not under review, `NotYourTurn`, `BadNote`, `NoPost`.
    """
    world = DatabaseWorld(on=today(now))
    words = _words(reason)
    with acting():
        standing = lock(uid)
        actor = actor_of(by, world=world, now=now)
        draft = say_why_open(
            standing.mechanism,
            standing.situation,
            reason=words,
            acting=Acting(actor.for_organ, today(now), now),
            world=world,
        )
        after, record = append(standing, draft, hand=Hand(actor, now, world, by.basis))
        return Done(uid, record, after.situation.state, after.situation.holder)


def _require_near(standing: Standing, organ: str, world: DatabaseWorld) -> None:
    situation = standing.situation
    if organ in (*situation.parties, *situation.copies, situation.holder):
        return
    if organ not in world.related(situation.holder, "office_of", on=world.on):
        raise NoSuchMatter(f"编号 {situation.uid}", remedy="请核对编号。", field="matter")


def _words(text: str) -> str:
    words = text.strip()
    if not words or len(words) > LONGEST_NOTE or "\x00" in words:
        raise BadNote(f"须写 1 至 {LONGEST_NOTE} 字", field="text")
    return words
