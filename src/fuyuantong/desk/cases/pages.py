"""案件: the administrative cases that a person sees, and each of them with all that belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from fuyuantong.clock.explanation import explain
from fuyuantong.desk.cases.asked import ANSWERS, INSTANCES, STATES, CasesAsked, filters_of, place_of, spelled
from fuyuantong.desk.cases.begin import ways_for
from fuyuantong.desk.cases.hearings import hearing_ways
from fuyuantong.desk.cases.sheet import MOST_EXPORTED, written
from fuyuantong.desk.cases.shown import EVENTS, changes_of, finding_word, outcome_title
from fuyuantong.desk.clock_calendars import lines_as_terms
from fuyuantong.desk.ledger.taken_away import XLSX
from fuyuantong.desk.ledger.whole import TooManyRows
from fuyuantong.desk.organ_tags import OrganTag, tags_by_id
from fuyuantong.desk.templatetags.desk import minute
from fuyuantong.desk.time_left import TimeLeft, time_left
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.docket.causes import CAUSES
from fuyuantong.docket.courts import court_of
from fuyuantong.docket.outcomes import default_losses, outcomes
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.ledger import Total, patience
from fuyuantong.matters.place_settings import settings_of
from fuyuantong.organs.vocabulary import Branch
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.answer_clock import AnswerClock, Standing, answer_clock
from fuyuantong.registers.cases.columns import PASSED_TITLES
from fuyuantong.registers.cases.hearings import coming
from fuyuantong.registers.cases.listing import COUNTED, CaseRow, cases, count
from fuyuantong.registers.cases.models.case import CaseEvent, Defendant
from fuyuantong.registers.cases.models.warning import CaseWarning
from fuyuantong.registers.cases.queries import WholeCase, answers_told, case_by_id, chain_of, matters_naming
from fuyuantong.registers.cases.sight import reading_cases

SIZE = 50
FIRST_YEAR = 2016


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in the list, ready to be shown."""

    row: CaseRow
    outcome: str
    is_loss: bool
    passed: str


@dataclass(frozen=True, slots=True)
class Sued:
    """One defendant with its time to answer; `told`: by which matter it is known that it has answered."""

    defendant: Defendant
    tag: OrganTag | None
    clock: AnswerClock
    told: CaseEvent | None
    left: TimeLeft | None
    lines: Sequence[tuple[str, str]]


@require_safe
@at_desk
def case_list(visit: Visit) -> HttpResponse:
    """Show a page of the cases, narrowed as one asks."""
    asked = CasesAsked.read(visit.request.GET)
    with visit.reading() as reader:
        try:
            with reading_cases(reader) as mine, patience():
                losses = _losses_near(visit.person.organ, on=visit.today)
                filters, place = filters_of(asked, today=visit.today, losses=losses), place_of(asked)
                page = cases(mine, filters, after=place, size=SIZE)
                n = count(mine, filters)
        except Refusal as refusal:
            found: dict[str, Any] = {"refusal": refusal}
        else:
            found = {
                "lines": _lines(page.rows, losses),
                "total": Total(min(n, COUNTED), more=n > COUNTED),
                "next": asked.address(after=spelled(page.after)) if page.after else "",
                "previous": asked.address(before=spelled(page.before)) if page.before else "",
            }
        context = {"asked": asked, "here": asked.address(), **found, **_choices(visit)}
        return visit.listing("desk/cases/found.html", "desk/cases/page.html", context)


@require_safe
@at_desk
def case_export(visit: Visit) -> FileResponse:
    """Give the list as it is shown, whole, as an Excel file."""
    asked = CasesAsked.read(visit.request.GET)
    with visit.reading() as reader, reading_cases(reader) as mine:
        losses = _losses_near(visit.person.organ, on=visit.today)
        filters = filters_of(asked, today=visit.today, losses=losses)
        n = count(mine, filters)
        if n > MOST_EXPORTED:
            raise TooManyRows(
                f"符合条件的案件超过 {MOST_EXPORTED:,} 件", remedy="请用年份、被告或者法院缩小范围，分几次取。"
            )
        note = f"共 {n:,} 件；{visit.account.display_name} 于 {minute(visit.now)} 取出"
        file = written(mine, filters, losses=losses, note=note)
    name = quote(f"行政案件-{visit.today:%Y%m%d}.xlsx")
    return FileResponse(
        file, content_type=XLSX, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    )


@require_safe
@at_desk
def case(visit: Visit, pk: int) -> HttpResponse:
    """Show one case: parties, time to answer, hearings, chain, matters that name it, and who said what."""
    with visit.reading() as reader:
        with reading_cases(reader):
            whole = case_by_id(pk)
            chain = chain_of(whole.case)
            own = visit.person.organ.id if visit.person.organ else 0
            heard = hearing_ways(visit) if own == whole.case.keeper_id else []
            next_up = coming(reader, keeper=own, since=visit.today, case=pk) if heard else ()
        found = whole.case
        keys = dict.fromkeys((found.number_key, *(each.number_key for each in chain)))
        held = [each.organ_id for each in whole.defendants if each.organ_id]
        tags = tags_by_id([*held, found.keeper_id], on=visit.today)
        known = {each.number_key for each in chain}
        matters = matters_naming(reader, list(keys))
        context = {
            "case": found,
            "keeper": tags.get(found.keeper_id),
            "ways": ways_for(visit, whole),
            "court_guessed": _is_court_guessed(whole),
            "outcome": outcome_title(found.outcome),
            "is_loss": found.outcome in _losses_near(tags.get(found.keeper_id), on=visit.today),
            "passed": PASSED_TITLES.get(found.passed, ""),
            "sued": _sued(whole, tags, visit.today),
            "hearings": _hearings(whole),
            "said": whole.events[0].said,
            "coming": next_up,
            "hearing_ways": heard if any(not one.begun for one in next_up) else [],
            "chain": [(each, outcome_title(each.outcome)) for each in chain] if len(chain) > 1 else [],
            "elsewhere": _elsewhere(whole, known),
            "matters": matters,
            "seen": {row.uid for row, _ in matters},
            "events": [(event, EVENTS[event.kind], changes_of(event.changes)) for event in whole.events],
        }
        return visit.page("desk/cases/case.html", context)


def _is_court_guessed(whole: WholeCase) -> bool:
    """Tell whether the court was not told, but taken from its code by a row of the table that nobody has verified."""
    case = whole.case
    if not case.court_code or any("court" in event.said for event in whole.events[:1]):
        return False
    court = court_of(case.court_code, on=case.sort_on)
    return court is not None and court.is_guessed


def _lines(rows: Sequence[CaseRow], losses: frozenset[str]) -> list[CaseLine]:
    return [
        CaseLine(row, outcome_title(row.outcome), row.outcome in losses, PASSED_TITLES.get(row.passed, ""))
        for row in rows
    ]


def _losses_near(organ: OrganTag | None, *, on: date) -> frozenset[str]:
    """Return what counts as lost where an organ stands."""
    return settings_of(organ.code.partition("-")[0]).losses(on=on) if organ else default_losses()


def _choices(visit: Visit) -> dict[str, Any]:
    organ = visit.person.organ
    feeds = organ is not None and organ.branch == Branch.COURT
    return {
        "warned": CaseWarning.objects.filter(decided_at=None).count() if feeds else 0,
        "outcomes": outcomes().values(),
        "causes": CAUSES,
        "years": range(visit.today.year, FIRST_YEAR - 1, -1),
        "instances": INSTANCES,
        "states": STATES.items(),
        "answers": ANSWERS.items(),
        "feeds": feeds,
        "case_address": reverse("case", args=[0]).removesuffix("0"),
    }


def _sued(whole: WholeCase, tags: dict[int, OrganTag], today: date) -> list[Sued]:
    calendar, found, told = current_calendar(), [], answers_told(whole)
    for each in whole.defendants:
        clock = answer_clock(
            whole.case.instance,
            served_on=each.served_on,
            answered_on=each.answered_on,
            is_open=whole.case.decided_on is None,
            today=today,
            calendar=calendar,
        )
        due = clock.proof.due_on if clock.proof else None
        runs = due is not None and clock.standing in (Standing.RUNNING, Standing.OVERDUE)
        left = time_left(due, today=today, calendar=calendar) if runs and due else None
        lines = lines_as_terms(explain(clock.proof, calendar)) if clock.proof else ()
        found.append(Sued(each, tags.get(each.organ_id or 0), clock, told.get(each.place), left, list(lines)))
    return found


def _hearings(whole: WholeCase) -> list[tuple[date, list[tuple[str, str]]]]:
    """Return each hearing with what was found of the head of each defendant."""
    said = {(each.heard_on, each.place): finding_word(each.finding) for each in whole.appearances}
    return [
        (hearing.heard_on, [(each.name, said.get((hearing.heard_on, each.place), "—")) for each in whole.defendants])
        for hearing in whole.hearings
    ]


def _elsewhere(whole: WholeCase, known: set[str]) -> list[tuple[str, str]]:
    """Return numbers that the case names and that are not in the register, or not for this reader."""
    found = whole.case
    named = (
        ("原审", found.below_number, found.below_key),
        (PASSED_TITLES.get(found.passed, ""), found.passed_number, found.passed_key),
    )
    return [(title, number) for title, number, key in named if number and key not in known]
