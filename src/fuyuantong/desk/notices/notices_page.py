"""通知: what the person was told, newest first, each with the way to its matter."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from fuyuantong.desk.organ_tags import tags_by_id
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.notices.queries import told_to, unread
from fuyuantong.notices.services.reading import read, read_all
from fuyuantong.registers.cases.services.issuing import BULLETIN
from fuyuantong.registers.cases.similar import SIMILAR_CASES

PAGES = {SIMILAR_CASES: "case-warnings", BULLETIN: "case-bulletins"}


@require_safe
@at_desk
def notices(visit: Visit) -> HttpResponse:
    """Show a page of notices, all or those unread."""
    asked = visit.request.GET
    unread_only = asked.get("show") == "unread"
    with visit.reading() as reader:
        page = told_to(reader, unread_only=unread_only, before=whole_number(asked.get("before", "")))
        organs = tags_by_id({line.organ_id for line in page.lines}, on=visit.today)
        return visit.page(
            "desk/notices/notices.html",
            {
                "lines": [(line, organs.get(line.organ_id)) for line in page.lines],
                "before": page.before,
                "unread": unread(reader),
                "unread_only": unread_only,
            },
        )


@require_POST
@at_desk
def open_notice(visit: Visit, pk: int) -> HttpResponse:
    """Mark a notice as read and go to its matter, or to the page of what else it is about."""
    notice = read(pk, by=visit.account, now=visit.now)
    return redirect("matter", notice.matter_uid) if notice.matter_uid else redirect(PAGES[notice.kind])


@require_POST
@at_desk
def read_everything(visit: Visit) -> HttpResponse:
    """Mark as read all that was shown, and what is older."""
    read_all(by=visit.account, up_to=whole_number(visit.request.POST.get("up_to", "")) or 0, now=visit.now)
    return redirect("notices")


def whole_number(said: str) -> int | None:
    """Return a number that stands in an address; None for anything else."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None
