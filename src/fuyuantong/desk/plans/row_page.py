"""Everything that can be done with one row of a draft, and with one sentence of its text."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fuyuantong.desk.plans.cards import cards_of, told_value
from fuyuantong.desk.plans.shelf import Opened, opened_by_office
from fuyuantong.desk.plans.text_view import kind_of
from fuyuantong.desk.plans.typed_wording import BLANK_DUES, BLANK_TARGETS, BLANK_UNITS, typed_wording
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.plans.in_force import listed
from fuyuantong.plans.models.draft import Correction, DraftRow, PlanSentence
from fuyuantong.plans.queries.documents import NoSuchPlan, row_of
from fuyuantong.plans.services.correcting import add_row, correct_row, pair_row, said_in
from fuyuantong.plans.services.deciding import dismiss_rows, judge_sentence
from fuyuantong.plans.services.reshaping import split_row
from fuyuantong.plans.spoken import DUE_TITLES, MODALITY_TITLES, OPERATOR_TITLES, PERIOD_TITLES
from fuyuantong.plans.wording import Wording
from fuyuantong.reading.folding import fold
from fuyuantong.reading.sentences import pieces_of
from fuyuantong.reading.values import SentenceKind, Span
from fuyuantong.refusal import Refusal

REASONS = ("属一般工作要求，不单列任务", "与其他任务重复", "不属于本地区职责", "已经完成", "原文为背景表述")


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def plan_row(visit: Visit, uid: UUID, number: int, row: int) -> HttpResponse:
    """Show one row with its forms; correct it, leave it out, split it, or pair it with an obligation in force."""
    found = opened_by_office(visit, uid, number)
    entry = row_of(found.version, row)
    wording, refusal = Wording.from_data(entry.wording), None
    if visit.request.method == "POST":
        try:
            return _back(found, _acted(visit, found, entry))
        except Refusal as refused:
            refusal = refused
            wording = _typed(visit, wording)
    context = {**_row(visit, found, entry), **_form(wording), "refusal": refusal}
    return visit.page("desk/plans/row.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def plan_sentence(visit: Visit, uid: UUID, number: int) -> HttpResponse:
    """Show one sentence: say what it is, or make a task of it or of words chosen in the text."""
    found, refusal = opened_by_office(visit, uid, number), None
    span = _span(visit, found)
    wording = said_in(found.version, span) if span.end else Wording(clause="", title="", text="")
    if visit.request.method == "POST":
        try:
            return _back(found, _answered(visit, found, span))
        except Refusal as refused:
            refusal = refused
            wording = _typed(visit, wording)
    sentence = PlanSentence.objects.filter(version=found.version, start=span.start, end=span.end).first()
    context = {
        "version": found.version,
        "plan": found.version.plan,
        "span": span,
        "words": span.of(found.version.text),
        "sentence": sentence,
        "kind": kind_of(sentence) if sentence else None,
        "rows": DraftRow.objects.filter(version=found.version, span_start=span.start, span_end=span.end),
        "kinds": [kind for kind in SentenceKind if kind is not SentenceKind.NEEDS_HUMAN],
        **_form(wording),
        "refusal": refusal,
    }
    return visit.page("desk/plans/sentence.html", context)


def _acted(visit: Visit, found: Opened, entry: DraftRow) -> int:
    given, version, acts = visit.request.POST, found.version, {"by": visit.account, "now": visit.now}
    match given.get("act"):
        case "dismiss":
            dismiss_rows(version, [entry.pk], given.get("reason", ""), **acts)
        case "split":
            said = given.get("at", "")
            split_row(version, entry.pk, int(said) if said.isascii() and said.isdecimal() else 0, **acts)
        case "pair":
            said = given.get("continues", "")
            pair_row(version, entry.pk, int(said) if said.isascii() and said.isdecimal() else None, **acts)
        case _:
            correct_row(version, entry.pk, typed_wording(given, Wording.from_data(entry.wording)), **acts)
            messages.success(visit.request, "已修改。原读取内容和修改人已留痕。")
    return entry.pk


def _answered(visit: Visit, found: Opened, span: Span) -> int | None:
    given, version, acts = visit.request.POST, found.version, {"by": visit.account, "now": visit.now}
    if given.get("act") == "judge":
        judge_sentence(version, span.start, given.get("kind", ""), **acts)
        messages.success(visit.request, f"已判定为{SentenceKind(given['kind']).word}。")
        return None
    wording = typed_wording(given, said_in(version, span))
    row = add_row(version, wording, span=span if span.end else None, **acts)
    messages.success(visit.request, "已添加任务，请核对后确认。")
    return row.pk


def _typed(visit: Visit, before: Wording) -> Wording:
    """Return what stands in the form, as far as it can be read, so that nothing typed is lost."""
    given = visit.request.POST
    if "title" not in given:
        return before
    try:
        return typed_wording(given, before)
    except Refusal:
        return before


def _span(visit: Visit, found: Opened) -> Span:
    """Return the sentence or the chosen words that the address names; an empty one where it names none."""
    given = visit.request.GET if "at" in visit.request.GET else visit.request.POST
    start, end = given.get("at", ""), given.get("to", "")
    if not start:
        return Span(0, 0)
    if not (start.isascii() and start.isdecimal() and len(start) < 9):
        raise NoSuchPlan("原文中没有这个位置", remedy="请回到草稿页重新选择。")
    if end.isascii() and end.isdecimal() and int(start) < int(end) <= len(found.version.text):
        return Span(int(start), int(end))
    sentence = PlanSentence.objects.filter(version=found.version, start=int(start)).first()
    if sentence is None:
        raise NoSuchPlan("原文中没有从这里开始的句子", remedy="方案可能刚刚重新读取过，请回到草稿页。")
    return Span(sentence.start, sentence.end)


def _back(found: Opened, row: int | None) -> HttpResponse:
    page = reverse("plan-version", args=[found.version.plan.uid, found.version.number])
    return redirect(f"{page}#r{row}" if row else page)


def _row(visit: Visit, found: Opened, entry: DraftRow) -> dict[str, Any]:
    (card,) = cards_of(found.version, [entry], on=visit.today)
    corrections = Correction.objects.filter(row=entry).select_related("by").order_by("-pk")
    return {
        "version": found.version,
        "plan": found.version.plan,
        "card": card,
        "row": entry,
        "is_sentence": PlanSentence.objects.filter(version=found.version, start=entry.span_start).exists(),
        "reasons": REASONS,
        "cuts": _cuts(card.wording.text),
        "in_force": listed(found.version.plan),
        "corrections": [
            (one, told_value(one.field, one.read) if one.read is not None else "（人工添加）",
             told_value(one.field, one.before), told_value(one.field, one.after))
            for one in corrections
        ],
    }  # fmt: skip


def _cuts(text: str) -> list[tuple[int, str]]:
    """Return where a task can be split: before each clause but the first, with its words."""
    folded = fold(text)
    return [(piece.start, piece.of(text)) for piece in pieces_of(folded, Span(0, len(text)), at="，；。")][1:]


def _form(wording: Wording) -> dict[str, Any]:
    blank_due = {"type": "", "on": None, "period": "", "times": "", "window": "", "raw": ""}
    blank_aim = {"indicator": "", "operator": "", "value": "", "unit": ""}
    return {
        "wording": wording,
        "units": [*enumerate([*wording.units, *[None] * BLANK_UNITS])],
        "dues": [*enumerate([*wording.dues, *[blank_due] * BLANK_DUES])],
        "targets": [*enumerate([*wording.targets, *[blank_aim] * BLANK_TARGETS])],
        "due_titles": DUE_TITLES,
        "period_titles": PERIOD_TITLES,
        "operator_titles": OPERATOR_TITLES,
        "modality_titles": MODALITY_TITLES,
    }
