"""Writing documents: drafted from the matter, edited, approved by the organ's posts, issued on the trail."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from uuid_utils.compat import uuid7

from fuyuantong import catalogue
from fuyuantong.documents.drafts import Draft, Stage, drafts_of
from fuyuantong.documents.facts import facts_of
from fuyuantong.documents.kinds import kind_of, kinds_open, moves_here, moves_of, posts_through
from fuyuantong.documents.printing import DOCX, PDF, printed
from fuyuantong.matters.models.record import InnerRecord, Record
from fuyuantong.matters.services.actors import MAY_SIGN, By, today
from fuyuantong.matters.services.acts import Done
from fuyuantong.matters.services.chains import MAY_REVIEW, ChainNotWalked, words_of
from fuyuantong.matters.services.files import Enclosure, attach_inside, store_file
from fuyuantong.matters.services.inner import InnerKind, Inside, inside
from fuyuantong.matters.services.slips import LONGEST_NOTE, BadNote, Note, annotate
from fuyuantong.matters.services.trail import Standing
from fuyuantong.matters.services.words import said
from fuyuantong.matters.session import one_act
from fuyuantong.organs.models import Organ
from fuyuantong.protocol.document_kinds import DocumentKind, blanks, drawn_up
from fuyuantong.refusal import Refusal
from fuyuantong.typesetting.document import OfficialDocument


class NoSuchDocument(Refusal):
    """There is no such document of the organ, or none of that kind can be drawn up now."""

    key = "no-such-document"
    title = "没有这份文书"


class DocumentChanged(Refusal):
    """A colleague has changed the document since it was shown."""

    key = "document-changed"
    title = "文书已被修改"


class NotNow(Refusal):
    """The document has not come so far, or is further already."""

    key = "document-not-now"
    title = "文书现在不能这样办理"


class NotWhole(Refusal):
    """Something that a document must have is missing."""

    key = "document-not-whole"
    title = "文书不完整"


@dataclass(frozen=True)
class _Ready:
    """A document that can be issued as it is."""

    draft: str
    seq: int
    kind: DocumentKind
    document: OfficialDocument


def draft(uid: str, key: str, *, by: By, now: datetime) -> str:
    """Draw a document up from what is known of the matter. Shape: its id. Raises: `NoSuchDocument`, as `inside`."""
    with inside(uid, by, now) as within:
        kind = next(
            (one for one in kinds_open(within.standing, within.organ.code, today=today(now)) if one.key == key), None
        )
        if kind is None:
            raise NoSuchDocument("本环节不能制作这种文书", remedy="请从事项页面的“文书”中选择。", field="kind")
        facts = facts_of(within.standing, kind, organ=within.organ, inner=_trail(within), today=today(now))
        found = Draft(str(uuid7()), key)
        _write(within, InnerKind.DOCUMENT_DRAFTED, found, content=drawn_up(kind, facts))
        return found.uid


def edit(uid: str, document: str, content: OfficialDocument, *, after: int, by: By, now: datetime) -> None:
    """
    Keep a new version of a document; what was there stays readable. `after`: the last act that the writer saw.

    Raises: `NoSuchDocument`, `DocumentChanged`, `NotWhole`, as `inside`.
    """
    with inside(uid, by, now) as within:
        found = _draft(within, document)
        _require_seen(found, after)
        if content != found.document or found.stage != Stage.DRAFT:
            _require_whole(content)
            _write(within, InnerKind.DOCUMENT_DRAFTED, found, content=content)


def propose(uid: str, document: str, *, by: By, now: datetime) -> None:
    """Put a document before those who sign it. Raises: `NotNow`, `NotWhole`, `NoSuchDocument`, as `inside`."""
    with inside(uid, by, now) as within:
        found = _draft(within, document)
        _require_stage(found, Stage.DRAFT)
        _require_filled_in(found.document)
        _write(within, InnerKind.DOCUMENT_PROPOSED, found)


def review(uid: str, document: str, *, after: int, by: By, now: datetime) -> None:
    """Pass a document on to the next post. Raises: `NotNow`, `ChainNotWalked`, `NoPost`, as `edit`."""
    with inside(uid, by, now, kinds=MAY_REVIEW) as within:
        found = _draft(within, document)
        _require_seen(found, after)
        _require_stage(found, Stage.PROPOSED)
        left = posts_through(within.organ, within.standing.row, found.kind, passed=found.passed)
        if len(left) < 2:
            raise ChainNotWalked("前面的岗位都已审核", remedy="请由签发人签发。")
        within.require_post(left[0])
        _write(within, InnerKind.DOCUMENT_REVIEWED, found)


def give_back(uid: str, document: str, reason: str, *, by: By, now: datetime) -> None:
    """Give a document back to who drafted it, with a reason. Raises: `BadNote`, `NotNow`, as `inside`."""
    words = said(reason, longest=LONGEST_NOTE, refusal=BadNote, field="reason")
    with inside(uid, by, now, kinds=MAY_REVIEW) as within:
        found = _draft(within, document)
        _require_stage(found, Stage.PROPOSED)
        _write(within, InnerKind.DOCUMENT_RETURNED, found, reason=words)


def approve(uid: str, document: str, *, after: int, by: By, now: datetime) -> bool:
    """
    Sign a document; tell whether it was issued at once. One that a move draws up waits for that move.

    Raises: `NotNow`, `NotWhole`, `ChainNotWalked`, `NoPost`, `DocumentChanged`, as `inside`.
    """
    with inside(uid, by, now, kinds=MAY_SIGN) as within:
        found = _draft(within, document)
        _require_seen(found, after)
        _require_stage(found, Stage.DRAFT, Stage.PROPOSED)
        _require_filled_in(found.document)
        left = posts_through(within.organ, within.standing.row, found.kind, passed=found.passed)
        if len(left) > 1:
            raise ChainNotWalked(f"本单位规定须经“{words_of(left)}”", remedy="请先送审，逐级审签。")
        if left:
            within.require_post(left[0])
        _write(within, InnerKind.DOCUMENT_APPROVED, found)
        waits = bool(waits_for(within.standing, within.organ, found))
    if not waits:
        seal(uid, document, by=by, now=now)
    return not waits


def seal(uid: str, document: str, *, by: By, now: datetime) -> None:
    """
    Issue a signed document: number and day put in, PDF and .docx attached to the trail with their digests.

    Raises: `NotNow` before the move that draws it up, `DocumentChanged` by who came between, as `inside`.
    """
    with inside(uid, by, now) as within:
        ready = _ready(within, document)
        own = replace(by, organ=within.organ.code)
    files = printed(ready.document, today=today(now))
    pdf = store_file(files.pdf, mime=PDF, now=now)
    docx = store_file(files.docx, mime=DOCX, now=now)
    name = f"{ready.document.number} {ready.kind.title}".strip()
    names = {pdf: f"{name}.pdf", docx: f"{name}.docx"}
    with one_act():
        with inside(uid, by, now) as within:
            if _ready(within, document) != ready:
                raise DocumentChanged("生成文件时同事又签发了一稿", remedy="请刷新页面，核对后再办。")
            record = _write(
                within,
                InnerKind.DOCUMENT_SEALED,
                _draft(within, document),
                content=ready.document,
                pdf=pdf,
                docx=docx,
            )
            attach_inside(record, (Enclosure(pdf), Enclosure(docx)), names=names)
        annotate(uid, Note.DOCUMENT, f"制发《{name}》", by=own, now=now, files=(pdf, docx), names=names)


def seal_waiting(uid: str, *, by: By, now: datetime) -> int:
    """Issue all signed documents of the organ whose move has been made; return how many."""
    with inside(uid, by, now) as within:
        waiting = [
            found.uid
            for found in drafts_of(_trail(within), organ_id=within.organ.pk)
            if found.stage == Stage.APPROVED and not waits_for(within.standing, within.organ, found)
        ]
    for document in waiting:
        seal(uid, document, by=by, now=now)
    return len(waiting)


@dataclass(frozen=True)
class Issue:
    """What went out with an act: how many documents, and the titles of those that nobody had drawn up and signed."""

    issued: int
    missing: tuple[str, ...]


def issue_after(done: Done, *, by: By, now: datetime) -> Issue:
    """
    Issue what waited for an act that was just made, by whatever way; what it should have gone out with is named.

    Raises: as `seal`. The act stands whatever becomes of its papers; of an act on paper the paper is its document.
    """
    if by.on_behalf_of:
        return Issue(0, ())
    own = By(by.account, organ=by.organ)
    with inside(done.matter, own, now) as within:
        kinds = [
            one for one in catalogue.document_kinds(within.standing.row.mechanism) if _goes_with(within, one, done)
        ]
    if not kinds:
        return Issue(0, ())
    issued = seal_waiting(done.matter, by=own, now=now)
    with inside(done.matter, own, now) as within:
        drafts = drafts_of(_trail(within), organ_id=within.organ.pk)
        sealed = {draft.kind for draft in drafts if draft.stage == Stage.SEALED}
    return Issue(issued, tuple(kind.title for kind in kinds if kind.key not in sealed))


def _goes_with(within: Inside, kind: DocumentKind, done: Done) -> bool:
    return done.record.act in {move.key for move in moves_of(within.standing, kind)}


def waits_for(standing: Standing, organ: Organ, found: Draft) -> str:
    """Return what has to happen before a document can go out; empty when nothing has."""
    kind = _kind(standing, found.kind)
    if not moves_of(standing, kind):
        return ""
    here = moves_here(standing, kind)
    if here and standing.situation.holder == organ.code:
        return f"须先办理“{here[0].title}”"
    return "" if kind.key in standing.situation.documents else "制作本文书的事项没有办理"


def _ready(within: Inside, document: str) -> _Ready:
    """Return what is to be issued. Raises: `NotNow`."""
    found = _draft(within, document)
    _require_stage(found, Stage.APPROVED)
    if missing := waits_for(within.standing, within.organ, found):
        raise NotNow(missing, remedy="办理之后会自动取号、套用日期，生成正式文书。")
    kind, row = _kind(within.standing, found.kind), within.standing.row
    moves = {move.key: move for move in moves_of(within.standing, kind)}
    made = Record.objects.filter(matter=row, move__in=moves, organ=within.organ.code).order_by("-seq").first()
    day = made.effective_on if made and moves else today(within.now)
    number = row.number if made and moves[made.move].numbers else found.document.number
    return _Ready(found.uid, found.last_seq, kind, _dated(found.document, number=number, day=day))


def _dated(document: OfficialDocument, *, number: str, day: date) -> OfficialDocument:
    return replace(document, number=number, signed_on=day, printed_on=day if document.printer else None)


def _kind(standing: Standing, key: str) -> DocumentKind:
    kind = kind_of(standing, key)
    if kind is None:
        raise NoSuchDocument("这种文书的样式已经取消", remedy="请另选一种文书。")
    return kind


def _trail(within: Inside) -> list[InnerRecord]:
    return list(InnerRecord.objects.filter(matter=within.standing.row, organ=within.organ).order_by("seq"))


def _draft(within: Inside, document: str) -> Draft:
    for found in drafts_of(_trail(within), organ_id=within.organ.pk):
        if found.uid == document:
            return found
    raise NoSuchDocument("本单位在这件事项中没有这份文书", remedy="请回到事项页面核对。")


def _write(
    within: Inside, kind: InnerKind, found: Draft, *, content: OfficialDocument | None = None, **more: Any
) -> InnerRecord:
    title = (content or found.document).title.replace("\n", "")
    values: dict[str, Any] = {"document": found.uid, "kind": found.kind, "title": title, **more}
    if content is not None:
        values["content"] = content.as_data()
    return within.written(kind, values)


def _require_seen(found: Draft, after: int) -> None:
    if found.last_seq != after:
        raise DocumentChanged("打开本页之后，同事已经改动或者办理过这份文书", remedy="请刷新页面，在最新一稿上办理。")


def _require_stage(found: Draft, *stages: Stage) -> None:
    if found.stage not in stages:
        raise NotNow(f"文书现为“{found.stage_title}”", remedy="请刷新页面，按现在的状态办理。")


def _require_whole(content: OfficialDocument) -> None:
    missing = [title for title, text in (("标题", content.title), ("正文", "".join(content.body))) if not text.strip()]
    if missing:
        raise NotWhole(f"缺少{'、'.join(missing)}", remedy="请补写后保存。", field="title")


def _require_filled_in(content: OfficialDocument) -> None:
    _require_whole(content)
    left = blanks((content.title, content.addressees, content.note, content.copies, *content.body))
    if left:
        raise NotWhole(f"还有 {left} 处“××××”没有填写", remedy="请填写或者删去后再送审、签发。", field="body")
