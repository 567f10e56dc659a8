"""The page of one version: the text beside its rows (a draft) or beside the obligations that it lays down."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from fuyuantong.desk.plans.cards import Card, cards_of, groups_of
from fuyuantong.desk.plans.laid_down import laid_down
from fuyuantong.desk.plans.shelf import Opened, opened, opened_by_office
from fuyuantong.desk.plans.text_view import text_view
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.plans.in_force import listed, wording_of
from fuyuantong.plans.models.plan import PlanVersion
from fuyuantong.plans.queries.documents import questions_of, rows_of, sentences_of, versions_of
from fuyuantong.plans.services.deciding import confirm_rows, reopen_row
from fuyuantong.plans.services.reshaping import merge_rows
from fuyuantong.plans.vocabulary import VERSION_TITLES, Decision, VersionState
from fuyuantong.refusal import Refusal


@require_safe
@at_desk
def plan_version(visit: Visit, uid: UUID, number: int | None = None) -> HttpResponse:
    """Show a version: a draft for confirming, a published one for reading, or why a file cannot be read."""
    return _shown(visit, opened(visit, uid, number))


@require_POST
@at_desk
def decide_rows(visit: Visit, uid: UUID, number: int) -> HttpResponse:
    """Confirm rows or a chapter, open one again, or merge those that are ticked."""
    found = opened_by_office(visit, uid, number)
    try:
        touched = _decided(visit, found.version)
    except Refusal as refusal:
        if visit.partial:
            return visit.part("desk/plans/refused.html", {"refusal": refusal})
        return _shown(visit, found, refusal=refusal)
    if visit.partial:
        rows = _rows(visit, found.version)
        cards = [card for group in rows["groups"] for card in group.cards if card.row.pk in touched]
        return visit.part("desk/plans/touched.html", {**rows, "touched": cards})
    return redirect(f"{reverse('plan-version', args=[uid, number])}#r{touched[-1]}")


def _decided(visit: Visit, version: PlanVersion) -> list[int]:
    """Return the ids of the rows that a decision touched."""
    given, acts = visit.request.POST, {"by": visit.account, "now": visit.now}
    if "reopen" in given:
        touched = [_number(given["reopen"])]
        reopen_row(version, touched[0], **acts)
        return touched
    if "merge" in given:
        return [merge_rows(version, [_number(one) for one in given.getlist("row")], **acts).pk]
    if "chapter" in given:
        groups = groups_of(version, cards_of(version, rows_of(version), on=visit.today))
        cards = next((group.cards for group in groups if group.key == given["chapter"]), [])
        touched = [card.row.pk for card in cards if card.waits]
    else:
        touched = [_number(given.get("confirm", ""))]
    confirm_rows(version, touched, **acts)
    return touched


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 18 else 0


def _shown(visit: Visit, found: Opened, *, refusal: Refusal | None = None) -> HttpResponse:
    version = found.version
    context: dict[str, Any] = {
        "found": found,
        "version": version,
        "plan": version.plan,
        "state": VERSION_TITLES[VersionState(version.state)],
        "versions": [one for one in versions_of(version.plan) if found.is_kept or one.published_at],
        "states": VERSION_TITLES,
        "refusal": refusal,
    }
    if version.state in (VersionState.UNREADABLE, VersionState.ABANDONED):
        return visit.page("desk/plans/unreadable.html", context)
    if version.state == VersionState.DRAFT:
        return visit.page("desk/plans/draft.html", {**context, **_draft(visit, found)})
    return visit.page("desk/plans/published.html", {**context, **_published(visit, version)})


def _draft(visit: Visit, found: Opened) -> dict[str, Any]:
    version = found.version
    rows = _rows(visit, version)
    anchors = [card.anchor for group in rows["groups"] for card in group.cards]
    judging = reverse("plan-sentence", args=[version.plan.uid, version.number])
    return {**rows, "text": text_view(version.text, sentences_of(version), anchors, sentence_page=judging)}


def _rows(visit: Visit, version: PlanVersion) -> dict[str, Any]:
    before = {obligation.pk: wording_of(obligation) for obligation in listed(version.plan)}
    cards = cards_of(version, rows_of(version), on=visit.today, before=before)
    taken_in = [card for card in cards if card.waits or card.row.decision == Decision.CONFIRMED]
    questions = questions_of(version)
    return {
        "version": version,
        "plan": version.plan,
        "here": reverse("plan-version", args=[version.plan.uid, version.number]),
        "groups": groups_of(version, cards),
        "has_before": bool(before),
        "waiting": [card for card in cards if card.waits],
        "confirmed": sum(card.row.decision == Decision.CONFIRMED for card in cards),
        "unmapped": _unmapped(taken_in),
        "questions": len(questions),
        "first_question": questions[0] if questions else None,
    }


def _unmapped(cards: list[Card]) -> list[str]:
    return list(dict.fromkeys(raw for card in cards for raw in card.unmapped))


def _published(visit: Visit, version: PlanVersion) -> dict[str, Any]:
    tasks = laid_down(version, on=visit.today, now=visit.now)
    text = text_view(version.text, sentences_of(version), [task.anchor for task in tasks])
    titles = [(heading["clause"], heading["text"]) for heading in version.headings if heading["text"]]
    return {"text": text, "tasks": tasks, "titles": titles}
