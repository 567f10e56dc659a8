"""Why can I (not) see this: the reasons, and for what one does not see the same answer as for what there is not."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.why_visible import why_visible


@require_safe
@at_desk
def why(visit: Visit, uid: UUID) -> HttpResponse:
    """Tell why the person sees a matter, or does not."""
    with visit.reading() as reader:
        return visit.page("desk/matter/why.html", {"uid": uid, "why": why_visible(reader, uid)})
