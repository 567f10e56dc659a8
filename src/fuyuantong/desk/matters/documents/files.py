"""The files of a version: PDF, .docx, and its pages as pictures."""

from datetime import date
from urllib.parse import quote
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from fuyuantong.desk.matters.documents.page import Paper, paper_of
from fuyuantong.desk.matters.subject import subject_of
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.documents.drafts import Version
from fuyuantong.documents.printing import DOCX, PDF, page_image, printed
from fuyuantong.matters.services.files import path_of

TYPES = {"pdf": PDF, "docx": DOCX}


@require_safe
@at_desk
def document_file(visit: Visit, uid: UUID, document: UUID, version: int, form: str) -> HttpResponse:
    """Hand out a version as PDF, shown in place, or as .docx."""
    paper, found = _version(visit, uid, document, version)
    name = f"{paper.draft.document.title}{'' if found.is_issued else '（草稿）'}.{form}".replace("\n", "")
    answer = _answer(_content(found, form, today=visit.today), TYPES[form])
    way = "inline" if form == "pdf" else "attachment"
    answer["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(name)}"
    return answer


@require_safe
@at_desk
def document_page(visit: Visit, uid: UUID, document: UUID, version: int, page: int) -> HttpResponse:
    """Show one page of a version as a picture."""
    _, found = _version(visit, uid, document, version)
    image = page_image(_content(found, "pdf", today=visit.today), page)
    if image is None:
        raise Http404
    return _answer(image, "image/png")


def _version(visit: Visit, uid: UUID, document: UUID, version: int) -> tuple[Paper, Version]:
    with visit.reading() as reader:
        paper = paper_of(subject_of(visit, reader, uid), document)
        return paper, paper.version(version)


def _content(version: Version, form: str, *, today: date) -> bytes:
    """Return a file of a version: what was issued as it lies in the storage, a draft as it would be made now."""
    digest = version.pdf if form == "pdf" else version.docx
    if digest:
        with default_storage.open(path_of(digest)) as stored:
            content: bytes = stored.read()
            return content
    made = printed(version.document, today=today)
    return made.pdf if form == "pdf" else made.docx


def _answer(content: bytes, mime: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=mime)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
