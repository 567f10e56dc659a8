"""工作台: what waits for me, what I sent, what I was copied on."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from fuyuantong.clock.terms import next_working_day
from fuyuantong.desk.cases.at_hand import answers_at_hand, hearings_at_hand, warnings_at_hand
from fuyuantong.desk.lines import lines_of
from fuyuantong.desk.meetings.calendar_page import meetings_soon
from fuyuantong.desk.obligations.owed import owed_lines, unopened
from fuyuantong.desk.parts import PARTS
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.documents.inbox import documents_proposed
from fuyuantong.documents.kinds import posts_through
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.inbox import handed_to, proposed
from fuyuantong.matters.ledger import LedgerRow, copied_to, counts, patience, sent_by, to_do
from fuyuantong.matters.ledger_query import Filters
from fuyuantong.matters.models.matter import Phase
from fuyuantong.matters.services.actors import MAY_SIGN
from fuyuantong.matters.services.chains import MAY_REVIEW, chain_of
from fuyuantong.matters.sight import Reader
from fuyuantong.organs.models import Organ

SHOWN = 10
OPEN = Filters(phase=Phase.OPEN)


@require_safe
@at_desk
def workbench(visit: Visit) -> HttpResponse:
    """Show the first lines of each list, and how many there are."""
    if visit.person.organ is None and any(visit.person.holds(part) for part in PARTS):
        return redirect("administration")
    with visit.reading() as reader, patience():
        warned, warnings = warnings_at_hand(visit)
        return visit.page(
            "desk/workbench.html",
            {
                "counts": counts(reader),
                "to_sign": lines_of(_to_sign(visit, reader), now=visit.now),
                "handed": lines_of(handed_to(reader, visit.account.username), now=visit.now),
                "waiting": lines_of(to_do(reader, size=SHOWN).rows, now=visit.now),
                "sent": lines_of(sent_by(reader, filters=OPEN, size=SHOWN).rows, now=visit.now),
                "owed": owed_lines(visit, reader),
                "unopened": unopened(visit, reader),
                "warned": warned,
                "warnings": warnings,
                "unnotified": hearings_at_hand(visit, reader),
                "unanswered": answers_at_hand(visit),
                "meetings": meetings_soon(visit, reader),
                "copied": lines_of(copied_to(reader, size=SHOWN).rows, now=visit.now),
                "next_working_day": next_working_day(visit.today, calendar=current_calendar()),
            },
        )


def _to_sign(visit: Visit, reader: Reader) -> Iterator[LedgerRow]:
    """Yield the matters in which an act or a document waits for a post that the person holds."""
    if not any(post.kind in MAY_REVIEW for post in visit.person.posts):
        return
    found, documents = proposed(reader), documents_proposed(reader)
    organs = Organ.objects.in_bulk({one.row.holder_id for one in found} | {one.organ_id for one in documents})
    rows = {}
    for one in found:
        organ = organs[one.row.holder_id or 0]
        if _wants(visit, organ, chain_of(organ, one.row.mechanism, one.move)[one.passed :]):
            rows[one.row.id] = one.row
    for document in documents:
        organ = organs[document.organ_id]
        if _wants(visit, organ, posts_through(organ, document.row, document.kind, passed=document.passed)):
            rows[document.row.id] = document.row
    yield from rows.values()


def _wants(visit: Visit, organ: Organ, left: tuple[str, ...]) -> bool:
    kinds = set(left[:1]) or MAY_SIGN
    return any(post.organ_id == organ.pk and post.kind in kinds for post in visit.person.posts)
