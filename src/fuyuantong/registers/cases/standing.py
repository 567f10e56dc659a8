"""How a case stands, as the language of declarations calls it: pending, decided, withdrawn, or gone on elsewhere."""

from fuyuantong.docket.outcomes import GONE, WITHDRAWN
from fuyuantong.protocol.registers import RowNow
from fuyuantong.registers.cases.models.case import CourtCase

PENDING = "pending"


def row_now(key: str) -> RowNow | None:
    """Return how the case of that key stands; None when the register does not have it. For one block that sees it."""
    case = CourtCase.objects.filter(number_key=key).first()
    return standing_of(case) if case else None


def standing_of(case: CourtCase) -> RowNow:
    """Return how a case stands, since when, and under which number it goes on."""
    since = case.decided_on.isoformat() if case.decided_on else ""
    if case.passed or case.outcome in GONE:
        return RowNow("moved", since, case.passed_number)
    if not since:
        return RowNow(PENDING)
    return RowNow("withdrawn" if case.outcome in WITHDRAWN else "decided", since)
