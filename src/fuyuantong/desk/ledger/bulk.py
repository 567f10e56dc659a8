"""Doing one thing with many matters: said beforehand, done one by one, told row by row."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from fuyuantong.desk.ledger.chosen import Chosen, chosen, common_moves
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.services.actors import MAY_SIGN
from fuyuantong.matters.services.acts import Done, perform
from fuyuantong.matters.services.forms import Form
from fuyuantong.matters.services.slips import LONGEST_NOTE, Note, annotate
from fuyuantong.matters.services.words import said
from fuyuantong.refusal import Refusal

KEPT: Final = "bulk"
KEY: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
URGE: Final = "请抓紧办理，并按期反馈。"
Act = Callable[[Chosen], Done]


class BadUrge(Refusal):
    """An urging without words."""

    key = "bad-urge"
    title = "催办意见有误"


class NotForAll(Refusal):
    """A move that one of the chosen matters does not offer, or not any more."""

    key = "not-for-all"
    title = "不能一起办理"


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def bulk(visit: Visit) -> HttpResponse:
    """Say what will happen to the chosen matters, then do it."""
    if visit.request.method == "POST":
        return _done(visit)
    return _asking(
        visit, "urge" if visit.request.GET.get("act") == "urge" else "move", visit.request.GET.getlist("uid")
    )


@require_safe
@at_desk
def bulk_done(visit: Visit, key: str) -> HttpResponse:
    """Tell row by row what became of it."""
    kept = visit.request.session.get(KEPT, {})
    if kept.get("key") != key:
        return redirect("ledger")
    return visit.page("desk/ledger/bulk_done.html", {**kept, "done": sum(row["done"] for row in kept["rows"])})


def _asking(visit: Visit, act: str, uids: Sequence[str], *, refusal: Refusal | None = None) -> HttpResponse:
    found = _chosen(visit, uids)
    given = visit.request.POST or visit.request.GET
    context: dict[str, Any] = {
        "act": act,
        "found": found,
        "refusal": refusal,
        "key": uuid4().hex,
        "here": given.get("here", ""),
        "text": given.get("text", URGE),
    }
    if act == "urge":
        context["urged"] = [one for one in found if not one.why_not_urged]
    else:
        context["titles"] = common_moves(found)
    return visit.page("desk/ledger/bulk.html", context)


def _done(visit: Visit) -> HttpResponse:
    given, session = visit.request.POST, visit.request.session
    key = given.get("key", "") if KEY.fullmatch(given.get("key", "")) else uuid4().hex
    if session.get(KEPT, {}).get("key") == key:
        return redirect("ledger-bulk-done", key=key)  # sent twice: done once
    found = _chosen(visit, given.getlist("uid"))
    act = "urge" if "urge" in given else "move"
    try:
        what, one_by_one = _urging(visit, given.get("text", "")) if act == "urge" else _moving(visit, found, key)
    except Refusal as refusal:
        return _asking(visit, act, given.getlist("uid"), refusal=refusal)
    acted = [one for one in found if act == "move" or not one.why_not_urged]
    rows = [_row(one, one_by_one) for one in acted]
    session[KEPT] = {"key": key, "what": what, "here": given.get("here", "")[:4000], "rows": rows}
    return redirect("ledger-bulk-done", key=key)


def _moving(visit: Visit, found: Sequence[Chosen], key: str) -> tuple[str, Act]:
    title = visit.request.POST.get("move", "")
    if title not in common_moves(found):
        raise NotForAll(
            f"选定的事项不能都办“{title[:40]}”",
            remedy="可能有人刚办过其中一件；请按下表重新选定，或逐件办理。",
            field="move",
        )
    by = visit.by()
    return title, lambda one: perform(
        str(one.line.uid), one.moves[title].key, by=by, now=visit.now, form=Form(key=f"{key}:{one.line.uid}")
    )


def _urging(visit: Visit, text: str) -> tuple[str, Act]:
    words = said(text, longest=LONGEST_NOTE, refusal=BadUrge, field="text")
    by = visit.by()
    return "催办", lambda one: annotate(str(one.line.uid), Note.URGE, words, by=by, now=visit.now)


def _row(one: Chosen, act: Act) -> dict[str, Any]:
    row = {"uid": str(one.line.uid), "title": one.line.title}
    try:
        act(one)
    except Refusal as refusal:
        return {**row, "done": False, "detail": f"{refusal.title}：{refusal.detail}", "remedy": refusal.remedy}
    return {**row, "done": True, "detail": "", "remedy": ""}


def _chosen(visit: Visit, uids: Sequence[str]) -> tuple[Chosen, ...]:
    organ = visit.person.organ
    signs = organ is not None and any(
        post.kind in MAY_SIGN and post.organ_id == organ.id for post in visit.person.posts
    )
    with visit.reading() as reader:
        return chosen(reader, uids, organ=organ.code if organ else "", may_sign=signs, now=visit.now)
