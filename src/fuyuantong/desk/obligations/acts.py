"""What is done with a task from its page: say how it goes on, show evidence, confirm, and open again."""

import mimetypes
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from fuyuantong.desk.files import handed_out
from fuyuantong.desk.forms.posted import KEPT_NAME
from fuyuantong.desk.obligations.detail import item_of, task_of, task_shown
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.models.file import Blob
from fuyuantong.matters.services.files import path_of, store_file
from fuyuantong.matters.session import acting
from fuyuantong.plans.models.progress import NoteFile
from fuyuantong.plans.queries.ledger import Task
from fuyuantong.plans.queries.readable import plans_readable
from fuyuantong.plans.services.closing import close, confirm_item, reopen, reopen_item
from fuyuantong.plans.services.notes import show_evidence, write_note
from fuyuantong.refusal import Refusal


@require_POST
@at_desk
def note(visit: Visit, uid: UUID) -> HttpResponse:
    """Say how a task goes on, or show evidence for one due item of it."""

    def write(found: Task) -> str:
        given, by = visit.request.POST, visit.by()
        files = _files(visit)
        if item := given.get("item", ""):
            show_evidence(item_of(found, item), given.get("text", ""), by=by, now=visit.now, files=files)
            return "已举证，待领导小组办公室确认。"
        write_note(found.obligation, given.get("text", ""), by=by, now=visit.now, files=files)
        return "已记下进展说明。"

    return _acted(visit, uid, write)


@require_POST
@at_desk
def decide(visit: Visit, uid: UUID) -> HttpResponse:
    """Confirm that a due item or the whole task is done, or open it again."""

    def act(found: Task) -> str:
        given = visit.request.POST
        reason, told = given.get("reason", ""), {"by": visit.account, "now": visit.now}
        match given.get("act", ""):
            case "confirm-item":
                confirm_item(item_of(found, given.get("item", "")), reason, **told)
                return "已确认完成。"
            case "reopen-item":
                reopen_item(item_of(found, given.get("item", "")), reason, **told)
                return "已重新打开。"
            case "close":
                close(found.obligation, reason, **told)
                return "已销号。"
            case "reopen":
                reopen(found.obligation, reason, **told)
                return "已重新打开。"
        raise Http404

    return _acted(visit, uid, act)


@require_safe
@at_desk
def note_file(visit: Visit, pk: int) -> FileResponse:
    """Hand out a file beside a note to who may read the plan."""
    readable = plans_readable(visit.account, at=visit.now)
    found = NoteFile.objects.filter(pk=pk, note__obligation__plan__in=readable).first()
    if found is None:
        raise Http404
    digest = bytes(found.blob_id)
    with acting():
        mime = Blob.objects.values_list("mime_found", flat=True).get(pk=digest)
    return handed_out(default_storage.open(path_of(digest.hex())), mime=mime, name=found.name)


def _acted(visit: Visit, uid: UUID, act: Callable[[Task], str]) -> HttpResponse:
    found = task_of(visit, uid)
    try:
        told = act(found)
    except Refusal as refusal:
        return task_shown(visit, found, refusal=refusal)
    messages.success(visit.request, told)
    return redirect("task", uid=uid)


def _files(visit: Visit) -> dict[str, str]:
    """Return the names of the files that came with a form by their digests; they are stored first."""
    given = visit.request.POST
    found = {digest: given.get(f"{KEPT_NAME}{digest}", "") for digest in given.getlist("files") if digest}
    for upload in visit.request.FILES.getlist("files"):
        mime = mimetypes.guess_type(upload.name or "")[0] or "application/octet-stream"
        found[store_file(upload.read(), mime=mime, now=visit.now)] = upload.name or ""
    return found
