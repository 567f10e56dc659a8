"""Obligations in force, in the shape in which rows of a draft have them."""

from collections.abc import Sequence

from django.db.models import QuerySet

from fuyuantong.plans.models.obligation import Obligation, ObligationDue
from fuyuantong.plans.models.plan import Plan
from fuyuantong.plans.vocabulary import Part
from fuyuantong.plans.wording import WordedDue, WordedTarget, WordedUnit, Wording
from fuyuantong.reading.values import DueType, Modality, Operator, Period


def listed(plan: Plan) -> QuerySet[Obligation]:
    """
    Return the obligations that the version in force lists, also those that are done with (销号), by number.

    Shape: `responsible` and `dues` are loaded.
    """
    found = Obligation.objects.filter(plan=plan, version__state="published")
    return found.prefetch_related("responsible", "dues").order_by("number")


def wording_of(obligation: Obligation) -> Wording:
    """Return what an obligation says, as a row of a draft has it."""
    units = {one.raw: WordedUnit(name=one.raw, is_lead=one.part == Part.LEAD) for one in obligation.responsible.all()}
    return Wording(
        clause=obligation.clause,
        title=obligation.title,
        text=obligation.text,
        units=tuple(units.values()),
        dues=tuple(worded(due) for due in running_dues(obligation)),
        targets=tuple(
            WordedTarget(**{**target, "operator": Operator(target["operator"])}) for target in obligation.targets
        ),
        modality=Modality(obligation.modality),
    )


def running_dues(obligation: Obligation) -> Sequence[ObligationDue]:
    """Return the dues of an obligation that no later version dropped."""
    return [due for due in obligation.dues.all() if due.ended_on is None]


def worded(due: ObligationDue) -> WordedDue:
    """Return a due as a wording has it."""
    return WordedDue(
        type=DueType(due.type),
        on=due.on,
        period=Period(due.period) if due.period else None,
        times=due.times,
        window=due.window,
        within=tuple(due.within) if due.within else None,
        raw=due.raw,
    )
