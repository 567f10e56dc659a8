"""Files: handed out under the rights of the matter they belong to, never run in the page's own place."""

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_safe

from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.queries import attachment
from fuyuantong.matters.services.files import path_of

SHOWN_IN_PLACE = frozenset({"application/pdf", "image/png", "image/jpeg"})


@require_safe
@at_desk
def file(visit: Visit, pk: int) -> HttpResponse:
    """Hand out one attachment: what a browser shows safely in place, all else as a download."""
    with visit.reading() as reader:
        found = attachment(reader, pk)
        mime, digest, name = found.blob.mime_found, bytes(found.blob_id).hex(), found.name
    in_place = mime in SHOWN_IN_PLACE
    answer = FileResponse(
        default_storage.open(path_of(digest)),
        as_attachment=not in_place,
        filename=name,
        content_type=mime if in_place else "application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
