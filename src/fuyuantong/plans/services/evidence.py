"""Setting by what obligations are measured: suggested when they are published, decided by people of the office."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from django.db import transaction
from django.db.models import OuterRef, Subquery

from fuyuantong import catalogue
from fuyuantong.organs.models import Account, Organ
from fuyuantong.plans.calendar_openings import OFFICE, calendar_entry, sort_field
from fuyuantong.plans.evidence import BY_HAND, Query, Source, counted
from fuyuantong.plans.models.obligation import LedgerEntry, Obligation
from fuyuantong.plans.models.progress import EvidenceRule
from fuyuantong.plans.services.guarding import check_office
from fuyuantong.plans.suggesting import Aim, Asked, suggested
from fuyuantong.plans.vocabulary import EntryKind, Part
from fuyuantong.protocol import Choice, Mechanism
from fuyuantong.protocol import Organ as OrganField
from fuyuantong.refusal import Refusal

MOST_WANTED = 9_999
WHOLE = 100


@dataclass(frozen=True, kw_only=True)
class Known:
    """What a pack says of a task: what it is of all that the system knows, and which returns the calendar opens for it."""

    rows: tuple[str, ...] = ()
    opens: str = ""


NOTHING: Final[Mapping[int, Known]] = MappingProxyType({})


class BadQuery(Refusal):
    """A query that nothing could ever answer."""

    key = "bad-query"
    title = "举证方式有误"


def set_suggested(obligation: Obligation, *, now: datetime, known: Known | None = None) -> None:
    """Suggest by what an obligation is measured, as `suggest_each` does for several."""
    suggest_each([obligation], now=now, known={obligation.pk: known} if known else NOTHING)


def suggest_each(obligations: Iterable[Obligation], *, now: datetime, known: Mapping[int, Known] = NOTHING) -> int:
    """
    Suggest by what obligations are measured; what a person has set stays, and so does the same suggestion.

    Shape: how many were given a new rule. `known`: for ids of obligations, what a pack says of them.
    """
    with transaction.atomic():
        rules = [
            EvidenceRule(obligation=obligation, query=query.as_data(), set_at=now)
            for obligation in _with_rules(obligations)
            if obligation.rule_by is None
            and (query := _suggested(obligation, known.get(obligation.pk))).as_data() != obligation.rule
        ]
        EvidenceRule.objects.bulk_create(rules)
    return len(rules)


@transaction.atomic
def set_rule(obligation: Obligation, query: Query, *, by: Account, now: datetime) -> EvidenceRule:
    """
    Say by what an obligation is measured, as the office; `BY_HAND` clears what was suggested.

    Raises: `NotTheOffice`, `BadQuery` naming the field.
    """
    check_office(obligation.plan, by=by, now=now)
    _check(query, obligation)
    rule = EvidenceRule.objects.create(obligation=obligation, query=query.as_data(), set_by=by, set_at=now)
    LedgerEntry.objects.create(
        obligation=obligation, kind=EntryKind.EVIDENCE_SET, detail={"query": query.as_data()}, by=by, at=now
    )
    return rule


def _check(query: Query, obligation: Obligation) -> None:
    if query.source is not Source.MATTERS:
        return
    found = counted(query, catalogue.MECHANISMS)
    if found is None:
        raise BadQuery("没有这一机制", remedy="请从列表中选择。", field="mechanism")
    mechanism = found.mechanism
    if {*query.at} - {state.key for state in mechanism.states}:
        raise BadQuery(f"“{mechanism.title}”没有所选的环节", remedy="请重新选择。", field="at")
    if query.role and query.role not in {role.key for role in mechanism.roles}:
        raise BadQuery(f"“{mechanism.title}”没有所选的一方", remedy="请重新选择。", field="role")
    if query.field:
        _check_value(query, mechanism)
    if query.entry:
        _check_opening(query, mechanism, obligation)
    if not 0 < query.number <= MOST_WANTED:
        raise BadQuery(f"要求的件数应为 1 至 {MOST_WANTED}", remedy="请改写。", field="number")
    if query.percent is not None and not 0 < query.percent <= WHOLE:
        raise BadQuery("要求的比例应为 1 至 100", remedy="请改写。", field="percent")


def _check_opening(query: Query, mechanism: Mechanism, obligation: Obligation) -> None:
    entry, carried = calendar_entry(mechanism), dict(query.carry)
    if entry is None or entry.state != query.entry or carried.keys() != {*entry.carried}:
        raise BadQuery(f"“{mechanism.title}”不能按期生成", remedy="请另选机制。", field="mechanism")
    if sort_field(mechanism) and not query.value:
        raise BadQuery("没有选择报送哪一种", remedy="请选择。", field="sort")
    receivers = [carried[one.key] for one in mechanism.fields if isinstance(one, OrganField) and one.key in carried]
    if obligation.responsible.filter(organ__code__in=receivers).exists():
        raise BadQuery("接收单位自己承担这项任务，不能报给自己", remedy="请另选接收单位。", field="receiver")
    if any(code != OFFICE and not Organ.objects.filter(code=code, valid_to=None).exists() for code in receivers):
        raise BadQuery("没有这个接收单位", remedy="请从列表中选择。", field="receiver")


def _check_value(query: Query, mechanism: Mechanism) -> None:
    fields = {field.key: field for field in mechanism.fields if isinstance(field, Choice)}
    if query.field not in fields or query.value not in fields[query.field].options:
        raise BadQuery(f"“{mechanism.title}”不能按所选的内容区分", remedy="请重新选择。", field="value")


def _with_rules(obligations: Iterable[Obligation]) -> list[Obligation]:
    """Return the obligations, each with its rule in force, locked so that two never suggest at once."""
    latest = EvidenceRule.objects.filter(obligation=OuterRef("pk")).order_by("-pk")
    wanted = Obligation.objects.filter(pk__in=[obligation.pk for obligation in obligations]).order_by("pk")
    locked = list(wanted.select_for_update())
    found = wanted.annotate(rule_by=Subquery(latest.values("set_by")[:1]), rule=Subquery(latest.values("query")[:1]))
    return list(found.prefetch_related("dues", "responsible")) if locked else []


def _suggested(obligation: Obligation, said: Known | None) -> Query:
    kept = Query.from_data(obligation.rule) if obligation.rule else BY_HAND
    known = said or Known(rows=kept.rows, opens=kept.value if kept.entry else "")
    dues = [due for due in obligation.dues.all() if due.ended_on is None]
    asked = Asked(
        text=f"{obligation.title}\n{obligation.text}",
        rows=known.rows,
        opens=known.opens,
        aims=tuple(Aim(**target) for target in obligation.targets),
        due_types=tuple(due.type for due in dues),
        is_led=any(one.part == Part.LEAD for one in obligation.responsible.all()),
        times=max((due.times or 1 for due in dues), default=1),
    )
    return suggested(asked, catalogue.MECHANISMS)
