"""Acting at the desk: moves, drafts, proposals, requests, annotations; a refusal comes back with what was typed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from fuyuantong.desk.forms.posted import Posted, begins_by, changes_rows, posted
from fuyuantong.desk.matters.asking import fields_asked
from fuyuantong.desk.matters.beginning import begun
from fuyuantong.desk.matters.documents.issuing import issue_waiting
from fuyuantong.desk.matters.page import shown
from fuyuantong.desk.matters.panel import Entry, as_date, asked_by
from fuyuantong.desk.matters.row_tables import filled, fills_a_table
from fuyuantong.desk.matters.subject import Subject, subject_of
from fuyuantong.desk.refusals import with_names
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.console.labels import OrganNames, act_title, state_title
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.acts import Done, perform
from fuyuantong.matters.services.forms import Form
from fuyuantong.matters.services.inner import approve, assign, propose, return_draft, review, save_draft
from fuyuantong.matters.services.setting_aside import set_aside_lapse
from fuyuantong.matters.services.slips import BY_HAND, Note, annotate, decline, explain_open, make_request
from fuyuantong.protocol import Mechanism
from fuyuantong.refusal import Refusal


@require_POST
@at_desk
def act(visit: Visit, uid: UUID, move: str) -> HttpResponse:
    """Make a move, keep a draft of it, or put it before who signs; filling in rows changes nothing."""
    data = visit.request.POST
    with visit.reading() as reader:
        subject = subject_of(visit, reader, uid)
        given = _posted(visit, subject.mechanism, asked_by(subject.mechanism, move))
        by = _by(visit, subject)
    answers = data.get("answers", "")
    entry = _entry(visit, given)
    if (by_choice := begins_by(data)) in given.values:
        return _begun(visit, uid, move, entry, by_choice)
    if field := fills_a_table(data):
        return _again(visit, uid, wanted=move, entry=entry, answers=answers, fills=field)
    if changes_rows(data):
        return _again(visit, uid, wanted=move, entry=entry, answers=answers)
    form = Form(given.values, given.evidence, given.chosen, key=data.get("key", ""), names=given.names)
    try:
        match data.get("do"):
            case "draft":
                save_draft(str(uid), move, by=replace(by, on_behalf_of=""), now=visit.now, form=form)
                if data.get("silently"):
                    return HttpResponse(
                        f"草稿已于 {localtime(visit.now):%H:%M} 保存", content_type="text/plain; charset=utf-8"
                    )
                messages.success(visit.request, "草稿已保存，本单位的同事都能接着办。")
                return redirect(f"/matter/{uid}?act={move}")
            case "propose":
                propose(str(uid), move, by=replace(by, on_behalf_of=""), now=visit.now, form=form)
                messages.success(visit.request, "已送审，等待签发。签发后才生效，期限仍在计算。")
            case _:
                done = perform(str(uid), move, by=by, now=visit.now, form=form, answers=answers)
                _tell(visit, done, subject.mechanism)
                issue_waiting(visit, done, by=by)
    except Refusal as refusal:
        told = replace(entry, refusal=with_names(refusal, on=visit.today))
        return _again(visit, uid, wanted=move, entry=told, answers=answers)
    return redirect("matter", uid)


@require_POST
@at_desk
def ask(visit: Visit, uid: UUID, wanted: str) -> HttpResponse:
    """Ask the holder for something, or demand what is a right."""
    with visit.reading() as reader:
        subject = subject_of(visit, reader, uid)
        found = next((one for one in subject.mechanism.requests if one.key == wanted), None)
        if found is None:
            return redirect("matter", uid)
        mechanism, asks, may_ask = fields_asked(subject.mechanism, found)
        given = _posted(visit, mechanism, (*asks, *may_ask))
    form = Form(given.values, given.evidence, given.chosen, key=visit.request.POST.get("key", ""), names=given.names)
    try:
        done = make_request(str(uid), wanted, by=_own(visit, subject), now=visit.now, form=form)
        messages.success(
            visit.request, f"“{found.title}”已提出。" if not found.demand else _told(visit, done, subject.mechanism)
        )
    except Refusal as refusal:
        entry = replace(_entry(visit, given), refusal=with_names(refusal, on=visit.today))
        return _again(visit, uid, asking=(wanted, entry))
    return redirect("matter", uid)


@require_POST
@at_desk
def refuse_request(visit: Visit, uid: UUID, slip: str) -> HttpResponse:
    """Decline a party's request, with a reason."""
    reason = visit.request.POST.get("reason", "")
    return _simply(
        visit,
        uid,
        lambda by, given: decline(str(uid), slip, reason=reason, by=by, now=visit.now, files=given.evidence),
        "已答复：不同意。",
    )


@require_POST
@at_desk
def note(visit: Visit, uid: UUID) -> HttpResponse:
    """Put an annotation on the trail."""
    data = visit.request.POST
    kind = data.get("note", "")
    known = next((one for one in BY_HAND if one == kind), None)
    return _simply(
        visit,
        uid,
        lambda by, given: annotate(
            str(uid),
            known or Note.REMARK,
            data.get("text", ""),
            by=by,
            now=visit.now,
            files=given.evidence,
            names=given.names,
        ),
        "已记入经过，并告知有关单位。",
        for_absent=False,
    )


@require_POST
@at_desk
def explain(visit: Visit, uid: UUID) -> HttpResponse:
    """Say why the matter is still open."""
    reason = visit.request.POST.get("reason", "")
    return _simply(
        visit,
        uid,
        lambda by, given: explain_open(str(uid), reason, by=by, now=visit.now, files=given.evidence),
        "已说明，下一次说明的期限重新起算。",
    )


@require_POST
@at_desk
def set_aside(visit: Visit, uid: UUID) -> HttpResponse:
    """Lift an ending by lapse."""
    reason = visit.request.POST.get("reason", "")
    return _simply(
        visit,
        uid,
        lambda by, given: set_aside_lapse(
            str(uid), reason=reason, by=by, now=visit.now, files=given.evidence, names=given.names
        ),
        "已撤销逾期结束，原来的记录保留。本环节继续办理，期限自今日重新起算。",
        for_absent=False,
    )


@require_POST
@at_desk
def hand_to(visit: Visit, uid: UUID) -> HttpResponse:
    """Hand the matter to a colleague (分办)."""
    handler = visit.request.POST.get("handler", "")
    return _simply(
        visit,
        uid,
        lambda by, given: assign(str(uid), handler, by=by, now=visit.now),
        "已分办。",
        for_absent=False,
    )


@require_POST
@at_desk
def decide_proposal(visit: Visit, uid: UUID) -> HttpResponse:
    """Sign what was proposed, or give it back with a reason."""
    data = visit.request.POST
    if data.get("do") == "return":
        return _simply(
            visit,
            uid,
            lambda by, given: return_draft(str(uid), data.get("reason", ""), by=by, now=visit.now),
            "已退回修改。",
            for_absent=False,
        )
    if data.get("do") == "review":
        return _simply(
            visit,
            uid,
            lambda by, given: review(str(uid), by=by, now=visit.now),
            "已审核通过，送下一岗位。",
            for_absent=False,
        )
    with visit.reading() as reader:
        subject = subject_of(visit, reader, uid)
    try:
        by = _own(visit, subject)
        done = approve(str(uid), by=by, now=visit.now)
        _tell(visit, done, subject.mechanism)
        issue_waiting(visit, done, by=by)
    except Refusal as refusal:
        return _again(visit, uid, entry=Entry(refusal=with_names(refusal, on=visit.today)))
    return redirect("matter", uid)


def _simply(
    visit: Visit, uid: UUID, do: Callable[[By, Posted], object], said: str, *, for_absent: bool = True
) -> HttpResponse:
    """Do one thing that has no form of its own, and say that it was done."""
    with visit.reading() as reader:
        subject = subject_of(visit, reader, uid)
        given = _posted(visit, subject.mechanism, ())
        by = _by(visit, subject) if for_absent else _own(visit, subject)
    try:
        do(by, given)
    except Refusal as refusal:
        return _again(visit, uid, entry=Entry(refusal=with_names(refusal, on=visit.today)))
    messages.success(visit.request, said)
    return redirect("matter", uid)


def _again(
    visit: Visit,
    uid: UUID,
    *,
    wanted: str = "",
    entry: Entry | None = None,
    answers: str = "",
    asking: tuple[str, Entry] | None = None,
    fills: str = "",
) -> HttpResponse:
    with visit.reading() as reader:
        subject = subject_of(visit, reader, uid)
        if entry is not None and fills:
            entry = filled(subject, wanted, fills, entry)
        return shown(subject, wanted=wanted, entry=entry, answers=answers, asking=asking)


def _begun(visit: Visit, uid: UUID, move: str, entry: Entry, by: str) -> HttpResponse:
    """Show the form with what the chosen kind begins it with."""
    with visit.reading() as reader:
        subject = subject_of(visit, reader, uid)
        try:
            found = begun(subject, entry.values, by=by)
        except Refusal as refusal:
            return shown(subject, wanted=move, entry=replace(entry, refusal=with_names(refusal, on=visit.today)))
        messages.info(visit.request, found.told)
        return shown(subject, wanted=move, entry=replace(entry, values=found.values))


def _posted(visit: Visit, mechanism: Mechanism, asked: Iterable[str]) -> Posted:
    request = visit.request
    return posted(mechanism, request.POST, request.FILES, asked=asked, now=visit.now)


def _entry(visit: Visit, given: Posted) -> Entry:
    data = visit.request.POST
    return Entry(
        given.values,
        given.evidence,
        given.chosen,
        given.names,
        data.get("effective_on", ""),
        data.get("basis", ""),
        answers=data.get("answers", ""),
    )


def _by(visit: Visit, subject: Subject) -> By:
    """Return who acts: for the holder that is not on line where the person may, else for the own organ."""
    own = _own(visit, subject)
    return replace(own, on_behalf_of=subject.absent.code if subject.absent else "")


def _own(visit: Visit, subject: Subject) -> By:
    data = visit.request.POST
    by = visit.by(effective_on=as_date(data.get("effective_on", "")), basis=data.get("basis", "").strip())
    return replace(by, organ=subject.own.code if subject.own else "")


def _tell(visit: Visit, done: Done, mechanism: Mechanism) -> None:
    messages.success(visit.request, _told(visit, done, mechanism))


def _told(visit: Visit, done: Done, mechanism: Mechanism) -> str:
    """Return what was done and where the matter is now, in words."""
    record = done.record
    title = act_title(mechanism, record.kind, record.act, record.from_state)
    number = record.resolved.get("number")
    numbered = f"，文号 {number}" if number else ""
    if record.resolved.get("closed"):
        return f"已{title}{numbered}，本件办结（{state_title(mechanism, done.state)}）。"
    holder = OrganNames(on=visit.today)[done.holder]
    return f"已办理“{title}”{numbered}，现由{holder}办理“{state_title(mechanism, done.state)}”。"
