"""Correcting what was recorded, moving to a new version, and bringing running paper matters in."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from uuid_utils.compat import uuid7

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.declarations import current
from fuyuantong.matters.models.matter import Provenance
from fuyuantong.matters.models.record import Record as RecordRow
from fuyuantong.matters.services.actors import By, actor_of, today
from fuyuantong.matters.services.acts import EMPTY, Done, Form, clean_title
from fuyuantong.matters.services.files import attach, require_stored
from fuyuantong.matters.services.follow_up import follow_up
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.secrets import conceal, keep
from fuyuantong.matters.services.trail import Beginning, Hand, append, begin
from fuyuantong.matters.session import acting
from fuyuantong.protocol import Final
from fuyuantong.protocol.amendments import Paper, bring_in, correct, move_version
from fuyuantong.protocol.entering import Acting
from fuyuantong.protocol.offers import NotOffered, NotYourTurn
from fuyuantong.protocol.trail import ENGINE
from fuyuantong.protocol.values import check_values
from fuyuantong.refusal import Refusal


class BadPaper(Refusal):
    """A paper matter cannot be brought in as described."""

    key = "bad-paper"
    title = "补录内容有误"


@transaction.atomic
def correct_record(uid: str, seq: int, *, reason: str, by: By, now: datetime, form: Form) -> Done:
    """
    Replace values that a record gave, as the organ that gave them; the record itself stays as it was.

    Raises: `NoSuchMatter`, `NotYourTurn` for another organ, `NothingToCorrect`, `ValuesRefused`, `NoPost`.
    """
    world = DatabaseWorld(on=today(now))
    with acting():
        standing = lock(uid)
        actor = actor_of(by, world=world, now=now)
        wrong = RecordRow.objects.filter(matter=standing.row, seq=seq).first()
        if wrong is None or (wrong.on_behalf_of or wrong.organ) != actor.for_organ:
            raise NotYourTurn(f"第 {seq} 号记录不是 {actor.for_organ} 所作，不能由其更正", field="seq")
        unknown = sorted(set(form.values) - set(wrong.values))
        if unknown or not reason.strip():
            raise NotOffered(f"第 {seq} 号记录没有填写：{'、'.join(unknown)}；更正须写明理由", field="reason")
        values = check_values(
            standing.mechanism,
            form.values,
            asks=tuple(form.values),
            rows_before=standing.situation.values,
            knows_organ=world.knows_organ,
        )
        concealed = conceal(standing.mechanism, uid, values)
        draft = correct(
            standing.mechanism,
            standing.situation,
            of_seq=seq,
            values=concealed.values,
            reason=reason.strip(),
            acting=Acting(actor.for_organ, today(now), now),
            world=world,
        )
        after, record = append(standing, draft, hand=Hand(actor, now, world, by.basis, tuple(form.files)))
        keep(after.row.pk, concealed)
        attach(after.row, record, form.files)
        return Done(uid, record, after.situation.state, after.situation.holder)


@transaction.atomic
def move_to_current_version(uid: str, *, now: datetime) -> Done:
    """Lead a running matter over to the current version of its mechanism. Raises: `NotOffered`."""
    world = DatabaseWorld(on=today(now))
    with acting():
        standing = lock(uid)
        mechanism, digest = current(standing.row.mechanism)
        if digest == standing.situation.declaration:
            raise NotOffered("本件已是现行版本")
        draft = move_version(
            mechanism,
            standing.situation,
            declaration=digest,
            acting=Acting(standing.situation.holder, today(now), now),
            world=world,
        )
        moved = replace(standing, mechanism=mechanism)
        hand = Hand(ENGINE, now, world)
        after, record = append(moved, draft, hand=hand)
        follow_up(after, record, hand=hand)
        return Done(uid, record, after.situation.state, after.situation.holder)


@transaction.atomic
def bring_paper_in(key: str, title: str, paper: Paper, *, by: By, now: datetime, form: Form = EMPTY) -> Done:
    """
    Bring in a matter that ran on paper, at any state, with its dates; the papers are its evidence.

    Raises: `UnknownMechanism`, `BadPaper`, `ValuesRefused`, `NoPost`, `NoSuchFile`, `OrganUnclear`.
    """
    world = DatabaseWorld(on=today(now))
    with acting():
        mechanism, digest = current(key)
        actor = actor_of(by, world=world, now=now)
        _check_paper(paper, form, now, states={state.key for state in mechanism.states})
        require_stored(form.files)
        values = check_values(mechanism, paper.values, asks=tuple(paper.values), knows_organ=world.knows_organ)
        uid = str(uuid7())
        concealed = conceal(mechanism, uid, values)
        draft = bring_in(
            mechanism,
            uid,
            replace(paper, values=concealed.values),
            declaration=digest,
            acting=Acting(actor.for_organ, paper.since, now, form.chosen),
            world=world,
        )
        organ = world.organ(actor.organ)
        beginning = Beginning(
            uid=uid,
            key=key,
            title=clean_title(title),
            region_code=organ.region_code,
            node=organ.node_id,
            provenance=Provenance.IMPORTED,
        )
        hand = Hand(actor, now, world, by.basis or "纸质事项补录", tuple(form.files))
        standing, record = begin(mechanism, beginning, draft, hand=hand)
        keep(standing.row.pk, concealed)
        attach(standing.row, record, form.files)
        if not isinstance(mechanism.state(paper.state), Final):
            follow_up(standing, record, hand=hand)
        return Done(uid, record, standing.situation.state, standing.situation.holder)


def _check_paper(paper: Paper, form: Form, now: datetime, *, states: set[str]) -> None:
    if paper.state not in states:
        raise BadPaper(f"没有“{paper.state}”这一环节；可选：{'、'.join(sorted(states))}", field="state")
    if paper.since > today(now):
        raise BadPaper(f"进入当前环节的日期 {paper.since} 在今天之后", field="since")
    if not form.files:
        raise BadPaper("补录须附纸质材料扫描件", remedy="请上传文书、回执等扫描件。", field="files")
