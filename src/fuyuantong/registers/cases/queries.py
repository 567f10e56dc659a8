"""Reading the register: one case with all that belongs to it, its chain, and the matters that name it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from fuyuantong.docket.numbers import opened
from fuyuantong.matters.ledger import LedgerRow, listed
from fuyuantong.matters.ledger_query import Box, Filters
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.named_row import NamedRow
from fuyuantong.matters.models.words import MatterWords
from fuyuantong.matters.sight import Reader, visible_to
from fuyuantong.protocol.registers import COURT_CASE
from fuyuantong.refusal import Concealed
from fuyuantong.registers.cases.answer_clock import PERIODS
from fuyuantong.registers.cases.models.case import Appearance, CaseEvent, CourtCase, Defendant, Hearing
from fuyuantong.registers.cases.models.telling import HearingNotice

LONGEST_CHAIN = 20
MOST_LINKED = 50


class NoSuchCase(Concealed):
    """Say that there is no such case, or none that the reader sees."""

    key = "no-such-case"
    title = "没有这个案件"


@dataclass(frozen=True, slots=True)
class WholeCase:
    """A case with everything that stands below it."""

    case: CourtCase
    defendants: tuple[Defendant, ...]
    hearings: tuple[Hearing, ...]
    appearances: tuple[Appearance, ...]
    events: tuple[CaseEvent, ...]


def case_by_id(pk: int) -> WholeCase:
    """Return a case that is seen in this block. Raises: `NoSuchCase`."""
    found = CourtCase.objects.select_related("keeper").filter(pk=pk).first()
    if found is None:
        raise NoSuchCase("案件不在库中，或者您无权查看", remedy="请从案件列表进入。")
    return WholeCase(
        found,
        tuple(Defendant.objects.filter(case=found).select_related("organ").order_by("place")),
        tuple(Hearing.objects.filter(case=found).order_by("heard_on")),
        tuple(Appearance.objects.filter(case=found).order_by("heard_on", "place")),
        tuple(CaseEvent.objects.filter(case=found).select_related("account", "organ").order_by("-seq")),
    )


def unanswered(organ: int, *, since: date, most: int) -> Sequence[Defendant]:
    """Return where an organ was served since a day and has not answered a case that is still tried, the first served first."""
    found = Defendant.objects.filter(organ=organ, served_on__gte=since, answered_on=None)
    tried = found.filter(case__decided_on=None, case__passed="", case__instance__in=PERIODS)
    return tried.select_related("case").order_by("served_on", "case_id")[:most]


def answers_told(whole: WholeCase) -> dict[int, CaseEvent]:
    """Return which event took over from a matter that a defendant has answered, by the place of the defendant."""
    found = dict[int, CaseEvent]()
    for event in reversed(whole.events):
        if event.matter_uid and "answered" in event.changes:
            before, after = event.changes["answered"]
            found |= {place: event for place, day in enumerate(after, 1) if not before or before[place - 1] != day}
    return {
        one.place: found[one.place]
        for one in whole.defendants
        if one.place in found and found[one.place].said["answered"][one.place - 1] == str(one.answered_on)
    }


def chain_of(case: CourtCase) -> tuple[CourtCase, ...]:
    """Return the cases that are one dispute with this one, below, above, before and after it, oldest first; itself too."""
    found, fresh = {case.number_key: case}, [case]
    while fresh and len(found) < LONGEST_CHAIN:
        keys = {each.number_key for each in fresh}
        named = {key for each in fresh for key in (each.below_key, each.passed_key) if key}
        near = Q(number_key__in=named) | Q(below_key__in=keys) | Q(passed_key__in=keys)
        fresh = [each for each in CourtCase.objects.filter(near) if each.number_key not in found]
        found |= {each.number_key: each for each in fresh}
    return tuple(sorted(found.values(), key=lambda each: (each.sort_on, each.id)))


def matters_naming(reader: Reader, keys: Sequence[str]) -> Sequence[tuple[Matter | LedgerRow, str]]:
    """
    Return the matters that name one of these cases, as far as the reader sees matters, each with the number.

    First those that have the number in a field of its own, or were begun for a hearing, then those that only mention it
    somewhere.
    """
    named = NamedRow.objects.filter(register=COURT_CASE, key__in=keys).order_by("-matter_id")
    key_of = dict(named.values_list("matter_id", "key")[: MOST_LINKED * len(keys)])
    key_of = _begun_for_hearings(keys) | key_of
    rows: list[tuple[Matter | LedgerRow, str]] = [
        (row, key_of[row.pk]) for row in visible_to(reader).filter(pk__in=key_of).order_by("-pk")
    ]
    mentioning = ((row, key) for key in keys for row in _mentioning(reader, key))
    return [*rows, *((row, key) for row, key in mentioning if row.id not in key_of)]


def _begun_for_hearings(keys: Sequence[str]) -> dict[int, str]:
    """Return the matters that were begun for a hearing of one of these cases, though they name it in a draft alone."""
    begun = dict(HearingNotice.objects.filter(case__number_key__in=keys).values_list("matter_uid", "case__number_key"))
    return {pk: begun[uid] for pk, uid in Matter.objects.filter(uid__in=begun).values_list("pk", "uid")}


def _mentioning(reader: Reader, key: str) -> Sequence[LedgerRow]:
    found = listed(reader, box=Box.LEDGER, filters=Filters(text=key.partition("）")[2]), size=MOST_LINKED).rows
    words = dict(MatterWords.objects.filter(matter_id__in=[row.id for row in found]).values_list("matter_id", "text"))
    return [row for row in found if key in opened(words.get(row.id, ""))]


def cases_named(keys: Sequence[str]) -> Sequence[tuple[int, str]]:
    """Return the cases with these keys, or that went on under one of them, as far as they are seen: id and number."""
    named = Q(number_key__in=keys) | Q(passed_key__in=keys)
    return tuple(CourtCase.objects.filter(named).order_by("pk").values_list("pk", "number"))
