"""事项: one matter, for who may see it."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.console.matter_sheet import matter_sheet


@require_safe
@at_desk
def matter(visit: Visit, uid: UUID) -> HttpResponse:
    """Show a matter."""
    with visit.reading() as reader:
        sheet = matter_sheet(reader, uid, account=visit.account, now=visit.now)
        return visit.page("desk/matter.html", {"sheet": sheet})
