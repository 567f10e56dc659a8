"""Due items: what the calendar makes of obligations, once for each organ and period, however often it is asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.rounds import batches
from fuyuantong.plans.ledger_rules import LedgerRules, rules_of_regions
from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.models.obligation import Obligation, ObligationDue, Responsible
from fuyuantong.plans.models.progress import EvidenceRule
from fuyuantong.plans.periods import Occurrence, Rhythm, occurrences
from fuyuantong.plans.vocabulary import Part
from fuyuantong.reading.values import DueType, Period


def create_due_items(*, now: datetime, obligations: QuerySet[Obligation] | None = None) -> int:
    """
    Make what has begun to be due of open obligations and is not there yet; shape: how many were missing.

    Due of the organs that lead, else of every organ that is known. What is made after its last day is marked so, unless
    that had passed when the obligation came into force. An organ that came to an obligation later does not owe what had
    passed by then. Two at once make nothing twice.
    """
    wanted = (Obligation.objects.all() if obligations is None else obligations).filter(closed_on=None)
    found = wanted.select_related("plan").prefetch_related(
        Prefetch("responsible", Responsible.objects.exclude(organ=None).select_related("organ")),
        Prefetch("dues", ObligationDue.objects.all()),
    )
    return sum(_create(batch, now=now) for batch in batches(found))


def _create(batch: Sequence[Obligation], *, now: datetime) -> int:
    with transaction.atomic():
        there: dict[int, set[tuple[int, str]]] = {}
        existing = DueItem.objects.filter(obligation__in=batch).values_list("obligation_id", "organ_id", "period")
        for obligation, organ, period in existing:
            there.setdefault(obligation, set()).add((organ, period))
        opening = _opening_returns(batch)
        places = rules_of_regions((one.plan.region_code for one in batch), on=today(now))
        missing = [
            item
            for one in batch
            for item in _missing(
                one, there.get(one.pk, set()), places[one.plan.region_code], reports=one.pk in opening, now=now
            )
        ]
        DueItem.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def _missing(
    obligation: Obligation, there: set[tuple[int, str]], place: LedgerRules, *, reports: bool, now: datetime
) -> Iterator[DueItem]:
    day, passed = today(now), {period for _, period in there}
    organs = organs_owing(obligation, on=day)
    for period, (due, one) in _due_by(obligation, place, day).items():
        due_on = one.due_on + _grace(due, place) if reports else one.due_on
        for organ in organs:
            if (organ, period) in there or (due_on < day and period in passed):
                continue
            yield DueItem(
                obligation=obligation,
                organ_id=organ,
                due=due,
                period=period,
                starts_on=one.starts_on,
                due_on=due_on,
                created_at=now,
                late_created=obligation.since <= due_on < day,
            )


def _opening_returns(batch: Sequence[Obligation]) -> set[int]:
    """Return the ids of the obligations of which each period opens a return."""
    rules = EvidenceRule.objects.filter(obligation__in=batch).order_by("pk").values_list("obligation_id", "query")
    return {obligation for obligation, query in dict(rules).items() if query.get("entry")}


def _grace(due: ObligationDue, place: LedgerRules) -> timedelta:
    """Return how long after a period its return may come in: what is counted to the last day is written later."""
    of_a_period = due.type == DueType.PERIOD and not due.window
    return timedelta(days=place.grace_days if of_a_period else 0)


def organs_owing(obligation: Obligation, *, on: date) -> tuple[int, ...]:
    """Return the ids of the living organs that owe an obligation: those that lead, else every one that is known."""
    known = [
        (one.organ_id, one.part)
        for one in obligation.responsible.all()
        if one.organ is not None and (one.organ.valid_to is None or one.organ.valid_to > on)
    ]
    leads = [organ for organ, part in known if part == Part.LEAD]
    return tuple(dict.fromkeys(leads or [organ for organ, _ in known]))


def _due_by(obligation: Obligation, place: LedgerRules, day: date) -> Mapping[str, tuple[ObligationDue, Occurrence]]:
    """Return what falls due by periods; of two that name the same period the one due first."""
    found: dict[str, tuple[ObligationDue, Occurrence]] = {}
    for due in _counting(obligation.dues.all()):
        for one in occurrences(rhythm_of(due), since=obligation.since, today=day, regularly=place.regularly):
            is_dropped = due.ended_on is not None and one.due_on > due.ended_on
            if not is_dropped and (one.period not in found or one.due_on < found[one.period][1].due_on):
                found[one.period] = (due, one)
    return found


def _counting(dues: Iterable[ObligationDue]) -> list[ObligationDue]:
    """Return the dues that have a time; without any in force, one by which the obligation is reviewed every year."""
    timed = [due for due in dues if due.type in (DueType.DATE, DueType.PERIOD)]
    if any(due.ended_on is None for due in timed):
        return timed
    return timed + [due for due in dues if due.ended_on is None][:1]


def rhythm_of(due: ObligationDue) -> Rhythm:
    """Return by when, or how often, something falls due."""
    period = Period(due.period) if due.period else None
    return Rhythm(type=DueType(due.type), on=due.on, period=period, window=due.window)
