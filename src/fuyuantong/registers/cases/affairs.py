"""A case as what a new matter is about: what the register knows of it, for the first form."""

from datetime import date

from fuyuantong.matters.services.about import Affair, takes
from fuyuantong.organs.models import OrganName
from fuyuantong.organs.vocabulary import Branch
from fuyuantong.protocol import Json, Mechanism, Prefill
from fuyuantong.registers.cases.models.case import CourtCase
from fuyuantong.registers.cases.queries import WholeCase


def takes_cases(mechanism: Mechanism) -> bool:
    """Tell whether a matter of that mechanism can be begun about a case in court."""
    return takes(mechanism, Prefill.CASE)


def affair_of_case(whole: WholeCase, *, own: int, today: date) -> Affair:
    """
    Return a case as what a matter is about, for one of those who take part in it.

    Of several organs sued it is the own one, else the first that the directory knows. Left out is what the register
    does not say: a day of service, a hearing still to come, since when the judgment is in force.
    """
    case = whole.case
    known = [one for one in whole.defendants if one.organ]
    sued = next((one for one in known if one.organ_id == own), known[0] if known else None)
    coming = [hearing.heard_on for hearing in whole.hearings if hearing.heard_on >= today]
    facts: dict[Prefill, Json] = {
        Prefill.CASE: case.number,
        Prefill.INSTANCE: case.instance,
        Prefill.CAUSE: case.cause,
        Prefill.COURT: _court(case, on=today),
        Prefill.SUED: sued.organ.code if sued and sued.organ else "",
        Prefill.SERVED: sued.served_on.isoformat() if sued and sued.served_on else "",
        Prefill.HEARD: min(coming).isoformat() if coming else "",
        Prefill.EFFECTIVE: case.effective_on.isoformat() if case.effective_on else "",
    }
    return Affair(None, f"{case.number}{case.cause}案", facts=facts)


def _court(case: CourtCase, *, on: date) -> str:
    """Return the code of the court that hears a case; "" where the directory has none of its name."""
    names = OrganName.objects.filter(organ__branch=Branch.COURT, valid__contains=on).select_related("organ")
    found = [name for name in names if case.court.endswith(name.full)]
    return max(found, key=lambda name: len(name.full)).organ.code if found else ""
