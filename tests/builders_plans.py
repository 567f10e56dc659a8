"""Builders of plans: what a test does not say is ordinary."""

from datetime import date
from itertools import count
from typing import Any

from tests.builders import LONG_AGO, NOW, an_official, an_organ

from fuyuantong.matters.services.files import store_file
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.services import relate
from fuyuantong.organs.vocabulary import PostKind, RelationKind
from fuyuantong.plans.models.obligation import Obligation, ObligationDue, Responsible
from fuyuantong.plans.models.plan import Plan, PlanVersion
from fuyuantong.plans.vocabulary import Part, VersionState
from fuyuantong.reading.values import DueType, Modality

_NUMBERS = count(1)


def an_office() -> Organ:
    """Found an organ that is the office of its region."""
    office, served = an_organ(short="府院联动办"), an_organ(short="县政府")
    relate(office, RelationKind.OFFICE_OF, served, effective_on=LONG_AGO, by=None, now=NOW)
    return office


def a_plan(office: Organ | None = None, *, name: str = "温县府院联动工作方案", since: date = date(2026, 1, 1)) -> Plan:
    """Put a plan in force, with one version whose text is a single line."""
    office = office or an_office()
    plan = Plan.objects.create(region_code=office.region_code, name=name, office=office, created_at=NOW)
    by = an_official(office, kind=PostKind.OFFICE)
    PlanVersion.objects.create(
        plan=plan,
        number=1,
        state=VersionState.PUBLISHED,
        blob_id=bytes.fromhex(store_file(name.encode(), mime="text/plain", now=NOW)),
        file_name="方案.txt",
        text="由县法院牵头，司法局配合，召开联席会议。",
        uploaded_by=by,
        uploaded_at=NOW,
        published_by=by,
        published_at=NOW,
        valid_from=since,
    )
    return plan


def an_obligation(
    plan: Plan,
    *leads: Organ,
    text: str = "召开联席会议",
    joint: tuple[Organ, ...] = (),
    dues: tuple[dict[str, Any], ...] = (),
    targets: tuple[dict[str, str], ...] = (),
    since: date = date(2026, 1, 1),
    title: str = "",
) -> Obligation:
    """Lay an obligation on organs, due as `a_due` says."""
    number = next(_NUMBERS)
    obligation = Obligation.objects.create(
        plan=plan,
        number=number,
        version=plan.versions.get(),
        clause="二(一)1",
        title=title or text[:40],
        text=text,
        modality=Modality.MUST,
        targets=list(targets),
        span_start=0,
        span_end=20,
        since=since,
    )
    parts = [*((organ, Part.LEAD) for organ in leads), *((organ, Part.JOINT) for organ in joint)]
    Responsible.objects.bulk_create(
        Responsible(obligation=obligation, place=place, raw=f"单位{place}", part=part, organ=organ)
        for place, (organ, part) in enumerate(parts)
    )
    for due in dues:
        a_due(obligation, **due)
    return obligation


def a_due(obligation: Obligation, **said: Any) -> ObligationDue:
    """Let an obligation fall due: `type=PERIOD, period=QUARTER`, `on=date(…)` or another."""
    kind = DueType.DATE if "on" in said else DueType.PERIOD if "period" in said else DueType.NONE
    return ObligationDue.objects.create(**{"obligation": obligation, "place": 0, "type": kind, **said})


def an_office_holder(plan: Plan) -> Account:
    """Return someone of the office of a plan."""
    return an_official(plan.office, kind=PostKind.OFFICE)
