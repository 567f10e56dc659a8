"""One document of the own organ: its pages, its editor, what may be done with it now, and its former versions."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from fuyuantong.desk.matters.documents.typed import typed
from fuyuantong.desk.matters.subject import Subject, subject_of
from fuyuantong.desk.refusals import with_names
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.documents import services
from fuyuantong.documents.drafts import Draft, Stage, Version, drafts_of
from fuyuantong.documents.kinds import kind_of, moves_of, posts_through
from fuyuantong.documents.printing import count_pages
from fuyuantong.documents.services import waits_for
from fuyuantong.matters.services.actors import MAY_SIGN, By
from fuyuantong.matters.services.chains import MAY_REVIEW, words_of
from fuyuantong.organs.models import Account, Organ
from fuyuantong.refusal import Concealed, Refusal
from fuyuantong.typesetting.document import STYLE_TITLES, OfficialDocument, Style


class NoSuchPaper(Concealed):
    """Say that there is no such document, or none that may be seen: the answer is the same for both."""

    key = "no-such-paper"
    title = "没有这份文书，或者您看不到它"


@dataclass(frozen=True)
class Paper:
    """A document with the matter and the organ that it belongs to, as the person sees it."""

    subject: Subject
    organ: Organ
    draft: Draft

    def version(self, seq: int | None) -> Version:
        """Return a version, the last one when none is named. Raises: `NoSuchPaper`."""
        found = self.draft.version(seq) if seq else self.draft.versions[-1]
        if found is None:
            raise NoSuchPaper("没有这一稿", remedy="请从文书页面选择。")
        return found


def paper_of(subject: Subject, document: UUID) -> Paper:
    """Return a document of the own organ. Raises: `NoSuchPaper`."""
    if subject.own:
        for draft in drafts_of(subject.inner, organ_id=subject.own.id):
            if draft.uid == str(document):
                return Paper(subject, Organ.objects.get(pk=subject.own.id), draft)
    raise NoSuchPaper("本单位在这件事项中没有这份文书", remedy="请回到事项页面核对；文书草稿只有制作单位看得到。")


@require_POST
@at_desk
def new_document(visit: Visit, uid: UUID) -> HttpResponse:
    """Draw a document up and go to it."""
    with visit.reading() as reader:
        by = own(visit, subject_of(visit, reader, uid))
    document = services.draft(str(uid), visit.request.POST.get("document-kind", ""), by=by, now=visit.now)
    messages.success(visit.request, "已按本件内容生成草稿，请核对、修改。")
    return redirect("document", uid, document)


@require_safe
@at_desk
def document(visit: Visit, uid: UUID, document: UUID) -> HttpResponse:
    """Show a document, or one of its former versions."""
    asked = visit.request.GET.get("version", "")
    with visit.reading() as reader:
        paper = paper_of(subject_of(visit, reader, uid), document)
        return _shown(visit, paper, seq=int(asked) if asked.isdecimal() and len(asked) < 9 else None)


@require_POST
@at_desk
def document_act(visit: Visit, uid: UUID, document: UUID) -> HttpResponse:
    """Keep what was typed, pass the document on, sign it, give it back, or issue it."""
    data = visit.request.POST
    with visit.reading() as reader:
        paper = paper_of(subject_of(visit, reader, uid), document)
        by, before = own(visit, paper.subject), paper.draft.document
    content = before
    try:
        if "body" in data:
            content = typed(data, before=before)
        messages.success(visit.request, _done(visit, paper, content, by))
    except Refusal as refusal:
        with visit.reading() as reader:
            paper = paper_of(subject_of(visit, reader, uid), document)
            told = with_names(refusal, on=visit.today)
            return _shown(visit, paper, content=content, refusal=told)
    return redirect("document", uid, document)


def own(visit: Visit, subject: Subject) -> By:
    """Return the person acting for the own organ."""
    by = visit.by()
    return By(by.account, subject.own.code if subject.own else by.organ)


def _done(visit: Visit, paper: Paper, content: OfficialDocument, by: By) -> str:
    """Do what the button says, and return what was done."""
    data, now = visit.request.POST, visit.now
    uid, document = str(paper.subject.uid), paper.draft.uid
    posted = data.get("after", "")
    after = int(posted) if posted.isdecimal() and len(posted) < 9 else 0
    act = data.get("do", "save")
    if "body" in data:
        services.edit(uid, document, content, after=after, by=by, now=now)
        with visit.reading() as reader:
            after = paper_of(subject_of(visit, reader, paper.subject.uid), UUID(document)).draft.last_seq
    if act == "propose":
        services.propose(uid, document, by=by, now=now)
        return "已送审，等待签发。"
    if act == "review":
        services.review(uid, document, after=after, by=by, now=now)
        return "已审核通过，送下一岗位。"
    if act == "return":
        services.give_back(uid, document, data.get("reason", ""), by=by, now=now)
        return "已退回修改。"
    if act == "seal":
        services.seal(uid, document, by=by, now=now)
        return "正式文书已生成，记入本件经过。"
    if act == "approve":
        issued = services.approve(uid, document, after=after, by=by, now=now)
        return "已签发，正式文书已生成，记入本件经过。" if issued else "已签发。办理对应事项后自动取号、生成正式文书。"
    return "已保存为新的一稿，原稿仍可查看。"


def _shown(
    visit: Visit,
    paper: Paper,
    *,
    seq: int | None = None,
    content: OfficialDocument | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    subject, draft = paper.subject, paper.draft
    version = paper.version(seq)
    kind = kind_of(subject.standing, draft.kind)
    people = dict(
        Account.objects.filter(username__in={one.account for one in draft.versions}).values_list(
            "username", "display_name"
        )
    )
    context: dict[str, Any] = {
        "subject": subject,
        "draft": draft,
        "version": version,
        "is_last": version is draft.versions[-1],
        "document": content or version.document,
        "title": kind.title if kind else "文书",
        "basis": kind.basis if kind else "",
        "layout": STYLE_TITLES[version.document.style],
        "pages": range(1, count_pages(version.document) + 1),
        "versions": [(one, people.get(one.account, one.account)) for one in reversed(draft.versions)],
        "numbered": bool(kind and any(move.numbers for move in moves_of(subject.standing, kind))),
        "is_file": version.document.style == Style.FILE,
        "is_minutes": version.document.style == Style.MINUTES,
        "has_mark": version.document.style != Style.WRIT,
        "refusal": refusal,
        **_ways(paper),
    }
    return visit.page("desk/document/page.html", context)


def _ways(paper: Paper) -> dict[str, Any]:
    """Return what the person may do with the document now."""
    subject, draft = paper.subject, paper.draft
    if kind_of(subject.standing, draft.kind) is None:
        return {}
    left = posts_through(paper.organ, subject.standing.row, draft.kind, passed=draft.passed)
    may_sign = len(left) < 2 and subject.may(left or MAY_SIGN) and subject.may(MAY_SIGN)
    waits = waits_for(subject.standing, paper.organ, draft)
    return {
        "chain": words_of(left),
        "is_open": draft.stage in (Stage.DRAFT, Stage.RETURNED),
        "may_edit": subject.may(),
        "may_sign": may_sign and draft.stage in (Stage.DRAFT, Stage.RETURNED, Stage.PROPOSED),
        "may_review": draft.stage == Stage.PROPOSED and len(left) > 1 and subject.may(left[:1]),
        "may_return": draft.stage == Stage.PROPOSED and subject.may(MAY_REVIEW),
        "may_seal": draft.stage == Stage.APPROVED and not waits and subject.may(),
        "waits": waits if draft.stage == Stage.APPROVED else "",
    }
