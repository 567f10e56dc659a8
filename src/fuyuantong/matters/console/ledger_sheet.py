"""The ledger of an account as data."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from fuyuantong.clock.terms import days_left
from fuyuantong.matters.console.labels import state_title
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.ledger import LARGEST_PAGE, LedgerRow, counts, ledger, total
from fuyuantong.matters.models.matter import Phase
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.sight import Reader
from fuyuantong.organs.queries import names_of


def ledger_sheet(reader: Reader, *, now: datetime) -> dict[str, Any]:
    """Return the newest matters that a reader sees, how many there are, and what waits for its own organs."""
    page = ledger(reader, size=LARGEST_PAGE)
    found = counts(reader)
    return {
        "total": str(total(reader)),
        "shown": len(page.rows),
        "to_do": str(found.to_do),
        "overdue": str(found.overdue),
        "matters": list(_rows(page.rows, now)),
    }


def _rows(rows: tuple[LedgerRow, ...], now: datetime) -> Iterator[dict[str, Any]]:
    day, calendar = today(now), current_calendar()
    names = names_of({row.holder_id for row in rows if row.holder_id}, on=day)
    for row in rows:
        mechanism = declared(row.mechanism, row.declaration)
        left = days_left(row.due_on, today=day, calendar=calendar) if row.due_on else None
        yield {
            "uid": str(row.uid),
            "number": row.number,
            "title": row.title,
            "mechanism": {"key": row.mechanism, "title": mechanism.title},
            "state": {"key": row.state, "title": state_title(mechanism, row.state)},
            "is_open": row.phase == Phase.OPEN,
            "holder": names[row.holder_id].short if row.holder_id in names else "",
            "opened_at": row.opened_at.isoformat(),
            "due_on": row.due_on.isoformat() if row.due_on else None,
            "left": {"natural": left.natural, "working": left.working} if left else None,
        }
