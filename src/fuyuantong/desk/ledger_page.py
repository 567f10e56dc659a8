"""台账: every matter that one may see."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from fuyuantong.desk.lines import lines_of
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.ledger import ledger, total
from fuyuantong.matters.ledger_query import Filters


@require_safe
@at_desk
def ledger_page(visit: Visit) -> HttpResponse:
    """Show the newest matters that the person may see."""
    filters = Filters(text=visit.request.GET.get("q", "").strip())
    with visit.reading() as reader:
        page = ledger(reader, filters=filters)
        return visit.page(
            "desk/ledger.html", {"lines": lines_of(page.rows, now=visit.now), "total": total(reader, filters=filters)}
        )
