"""What one's organs owe of plans, for the workbench: overdue, or due soon."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from fuyuantong.desk.visit import Visit
from fuyuantong.matters.sight import Reader
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.periods import period_title
from fuyuantong.plans.progress import PROGRESS_TITLES
from fuyuantong.plans.queries.ledger import owed_by
from fuyuantong.plans.queries.unopened import without_receiver
from fuyuantong.reading.values import DueType

MOST: Final = 8
SOON: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One due item, ready to be shown."""

    uid: UUID
    title: str
    period: str
    due_on: str
    light: str
    progress: str


def owed_lines(visit: Visit, reader: Reader) -> list[OwedLine]:
    """Return what the reader's organs owe that is overdue or falls due within thirty days, the earliest first."""
    if not reader.organs:
        return []
    found = owed_by(reader.organs, until=visit.today + SOON, now=visit.now, most=MOST)
    return [
        OwedLine(
            uid=one.item.obligation.uid,
            title=one.item.obligation.title,
            period="" if one.item.due.type == DueType.DATE else period_title(one.item.period),
            due_on=one.item.due_on.isoformat(),
            light=one.judgment.progress.value,
            progress=PROGRESS_TITLES[one.judgment.progress],
        )
        for one in found
    ]


def unopened(visit: Visit, reader: Reader) -> list[tuple[DueItem, str]]:
    """Return for the office of a plan the returns that nobody could receive, each with its period."""
    if not visit.person.holds(PostKind.OFFICE):
        return []
    found = without_receiver(reader.organs, now=visit.now, most=MOST)
    return [(item, period_title(item.period)) for item in found]
