"""How due items stand, judged together: a few statements however many they are."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable

from fuyuantong import catalogue
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.organs.division_codes import prefix_of
from fuyuantong.plans.evidence import BY_HAND, Counted, Query, Whose, Window, counted
from fuyuantong.plans.ledger_rules import LedgerRules, rules_of_regions
from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.models.progress import EvidenceRule, ProgressNote
from fuyuantong.plans.progress import Facts, Judgment, Tally, judge
from fuyuantong.plans.queries.counting import Demand, demand, lineages, tallies
from fuyuantong.plans.vocabulary import NoteKind
from fuyuantong.reading.values import DueType


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """By what an obligation is measured, and what of that the catalogue can count; None: nothing."""

    query: Query
    counted: Counted | None
    is_set_by_person: bool = False

    @property
    def what(self) -> str:
        """Return the title of what is counted, empty when nothing can be."""
        if self.counted is None:
            return ""
        return self.query.value or self.counted.mechanism.title


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """One due item with its judgment."""

    item: DueItem
    rule: Rule
    judgment: Judgment


def rule_of(data: Mapping[str, object] | None, *, by: int | None = None) -> Rule:
    """Return a kept rule; without one there is evidence by hand."""
    return _rule_of(json.dumps(data, sort_keys=True), by is not None)


# many tasks have the same rule, and the catalogue is what it is as long as the process runs
@lru_cache(maxsize=1024)
def _rule_of(kept: str, is_set_by_person: bool) -> Rule:
    data = json.loads(kept)
    query = Query.from_data(data) if data else BY_HAND
    return Rule(query=query, counted=counted(query, catalogue.MECHANISMS), is_set_by_person=is_set_by_person)


def latest_rule(of: str, field: str) -> Combinable:
    """Return a field of the rule in force, as a part of a query over what `of` leads to obligations."""
    rules = EvidenceRule.objects.filter(obligation=OuterRef(of)).order_by("-pk")
    return Subquery(rules.values(field)[:1])


def still_owed(today: date) -> Q:
    """Return the condition under which an open item is owed: its organ lives, and its due was not dropped before."""
    lives = Q(organ__valid_to=None) | Q(organ__valid_to__gt=today)
    return Q(done_on=None) & lives & (Q(due__ended_on=None) | Q(due__ended_on__gte=F("due_on")))


def standings(items: QuerySet[DueItem], *, now: datetime) -> list[Standing]:
    """Return how due items stand, in the order of their last days."""
    today = now.astimezone(SHANGHAI).date()
    shown = ProgressNote.objects.filter(due_item=OuterRef("pk"), kind=NoteKind.EVIDENCE).order_by("-pk")
    found = items.annotate(
        shown_at=Subquery(shown.values("at")[:1]),
        rule=latest_rule("obligation", "query"),
        rule_by=latest_rule("obligation", "set_by"),
    )
    wanted = found.select_related("obligation__plan", "due").prefetch_related("obligation__responsible")
    rows = list(wanted.order_by("due_on", "pk"))
    rules = {row.obligation_id: rule_of(row.rule, by=row.rule_by) for row in rows}
    open_ones = [row for row in rows if row.done_on is None]
    known = _lineages(open_ones)
    asked = [_demand(row, rules[row.obligation_id], known, today) for row in open_ones]
    counts = tallies(one for one in asked if one)
    places = rules_of_regions((row.obligation.plan.region_code for row in open_ones), on=today)
    return [_standing(row, rules[row.obligation_id], counts, places, today) for row in rows]


def _standing(
    row: DueItem, rule: Rule, counts: Mapping[int, Tally], places: Mapping[str, LedgerRules], today: date
) -> Standing:
    place = places.get(row.obligation.plan.region_code, LedgerRules())
    facts = _facts(row, rule, counts.get(row.pk, Tally()), today)
    return Standing(item=row, rule=rule, judgment=judge(facts, margin=place.margin))


def demand_of(item: DueItem, rule: Rule, *, today: date) -> Demand | None:
    """Return what is to be counted for a due item; None where nothing can be."""
    return _demand(item, rule, _lineages([item]), today)


def _lineages(items: Iterable[DueItem]) -> dict[int, tuple[int, ...]]:
    """Return the organs that owe items or are named beside them, each with those whose successors they are."""
    return lineages({organ for item in items for organ in _units(item)})


def _units(item: DueItem) -> tuple[int, ...]:
    named = [one.organ_id for one in item.obligation.responsible.all() if one.organ_id is not None]
    return tuple(dict.fromkeys((item.organ_id, *named)))


def _demand(item: DueItem, rule: Rule, known: Mapping[int, tuple[int, ...]], today: date) -> Demand | None:
    if rule.counted is None:
        return None
    query, obligation = rule.query, item.obligation
    units = _units(item) if query.whose is Whose.UNITS else (item.organ_id,)
    # what falls due once is done whenever it was done, late or not
    is_period = query.window is Window.PERIOD and item.due.type != DueType.DATE
    last = item.due_on if is_period else today
    if query.percent is not None:
        last = min(last, today - timedelta(days=1))  # what falls due today may still be done in time
    return demand(
        item.pk,
        query,
        rule.counted,
        organs=[organ for unit in units for organ in known[unit]],
        region=prefix_of(obligation.plan.region_code),
        starts_on=item.starts_on if is_period else min(obligation.since, item.starts_on),
        ends_on=last,
        own=item.matter_id,
    )


def _facts(row: DueItem, rule: Rule, tally: Tally, today: date) -> Facts:
    return Facts(
        query=rule.query,
        what=rule.what,
        tally=tally,
        starts_on=row.starts_on,
        due_on=row.due_on,
        today=today,
        shown_on=row.shown_at.astimezone(SHANGHAI).date() if row.shown_at else None,
        done_on=row.done_on,
        is_confirmed=row.done_by_id is not None,
        has_own=row.matter_id is not None,
        is_review=row.due.type not in (DueType.DATE, DueType.PERIOD),
    )
