"""新建事项: which mechanisms one may open by hand."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from fuyuantong.catalogue import MECHANISMS
from fuyuantong.desk.visit import Visit, at_desk


@require_safe
@at_desk
def openings(visit: Visit) -> HttpResponse:
    """Show the mechanisms that can be opened by hand."""
    found = [mechanism for mechanism in MECHANISMS.values() if any(not entry.opened for entry in mechanism.entries)]
    return visit.page("desk/openings.html", {"mechanisms": found})
