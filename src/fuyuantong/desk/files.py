"""Files: taken in one by one, handed out under the rights of the matter, never run in the page's own place."""

import mimetypes
from typing import IO

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.queries import attachment
from fuyuantong.matters.services.files import BadFile, NotKept, clean_name, path_of, store_file

UNPROCESSABLE = 422
PLAIN = "text/plain; charset=utf-8"
SHOWN_IN_PLACE = frozenset({"application/pdf", "image/png", "image/jpeg"})


@require_safe
@at_desk
def file(visit: Visit, pk: int) -> HttpResponse:
    """Hand out one attachment: what a browser shows safely in place, all else as a download."""
    with visit.reading() as reader:
        found = attachment(reader, pk)
        mime, digest, name = found.blob.mime_found, bytes(found.blob_id).hex(), found.name
    return handed_out(default_storage.open(path_of(digest)), mime=mime, name=name)


def handed_out(content: IO[bytes], *, mime: str, name: str) -> FileResponse:
    """Return a stored file as an answer that no browser runs, and nobody in between keeps."""
    in_place = mime in SHOWN_IN_PLACE
    answer = FileResponse(
        content,
        as_attachment=not in_place,
        filename=name,
        content_type=mime if in_place else "application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@at_desk
def upload(visit: Visit) -> HttpResponse:
    """Store one file before the act that attaches it, and say by which digest it is known."""
    sent = visit.request.FILES.get("file")
    if sent is None:
        return HttpResponse("没有收到文件", status=UNPROCESSABLE, content_type=PLAIN)
    mime = mimetypes.guess_type(sent.name or "")[0] or "application/octet-stream"
    try:
        digest = store_file(sent.read(), mime=mime, now=visit.now)
    except (BadFile, NotKept) as refusal:
        return HttpResponse(f"{refusal.detail}。{refusal.remedy}", status=UNPROCESSABLE, content_type=PLAIN)
    return JsonResponse({"digest": digest, "name": clean_name(sent.name or "")})
