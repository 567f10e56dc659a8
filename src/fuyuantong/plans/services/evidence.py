"""Setting by what obligations are measured: suggested when they are published, decided by people of the office."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from django.db import transaction
from django.db.models import OuterRef, Subquery

from fuyuantong import catalogue
from fuyuantong.plans.evidence import Query
from fuyuantong.plans.models.obligation import Obligation
from fuyuantong.plans.models.progress import EvidenceRule
from fuyuantong.plans.suggesting import Aim, Asked, suggested

NO_ROWS: Mapping[int, Sequence[str]] = MappingProxyType({})


def set_suggested(obligation: Obligation, *, now: datetime, rows: Sequence[str] = ()) -> None:
    """Suggest by what an obligation is measured, as `suggest_each` does for several."""
    suggest_each([obligation], now=now, rows={obligation.pk: rows})


def suggest_each(
    obligations: Iterable[Obligation], *, now: datetime, rows: Mapping[int, Sequence[str]] = NO_ROWS
) -> int:
    """
    Suggest by what obligations are measured; what a person has set stays, and so does the same suggestion.

    Shape: how many were given a new rule. `rows`: for ids of obligations, what a pack says that they are.
    """
    with transaction.atomic():
        rules = [
            EvidenceRule(obligation=obligation, query=query.as_data(), set_at=now)
            for obligation in _with_rules(obligations)
            if obligation.rule_by is None
            and (query := _suggested(obligation, rows.get(obligation.pk, ()))).as_data() != obligation.rule
        ]
        EvidenceRule.objects.bulk_create(rules)
    return len(rules)


def _with_rules(obligations: Iterable[Obligation]) -> list[Obligation]:
    """Return the obligations, each with its rule in force, locked so that two never suggest at once."""
    latest = EvidenceRule.objects.filter(obligation=OuterRef("pk")).order_by("-pk")
    wanted = Obligation.objects.filter(pk__in=[obligation.pk for obligation in obligations]).order_by("pk")
    locked = list(wanted.select_for_update())
    found = wanted.annotate(rule_by=Subquery(latest.values("set_by")[:1]), rule=Subquery(latest.values("query")[:1]))
    return list(found.prefetch_related("dues")) if locked else []


def _suggested(obligation: Obligation, rows: Sequence[str]) -> Query:
    kept = tuple((obligation.rule or {}).get("rows", ()))
    dues = [due for due in obligation.dues.all() if due.ended_on is None]
    asked = Asked(
        text=f"{obligation.title}\n{obligation.text}",
        rows=tuple(rows) or kept,
        aims=tuple(Aim(**target) for target in obligation.targets),
        due_types=tuple(due.type for due in dues),
        times=max((due.times or 1 for due in dues), default=1),
    )
    return suggested(asked, catalogue.MECHANISMS)
