"""台账: every matter that one may see, narrowed and ordered as one asks."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from fuyuantong.desk.ledger import choices, kept_views
from fuyuantong.desk.ledger.asked import Asked, Question, mechanism_and_state, spelled, understood
from fuyuantong.desk.ledger.columns import ALWAYS, COLUMNS, Column, columns_of, forget_columns, keep_columns
from fuyuantong.desk.ledger.rows import lines_with_regions
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.ledger import listed, patience, total
from fuyuantong.matters.ledger_query import INDEXED, Box, Sort
from fuyuantong.matters.sight import Reader
from fuyuantong.organs.models import Organ
from fuyuantong.refusal import Refusal

SIZE = 50
NO_ID = UUID(int=0)
BOXES = ((Box.LEDGER, "全部"), (Box.TO_DO, "待我办理"), (Box.SENT, "我发出的"), (Box.COPIED, "抄送我的"))
SORTS = ((Sort.OPENED, "新立项在前"), (Sort.DUE, "先到期在前"))
NOTHING = {
    Box.LEDGER: "您单位参与的事项会出现在这里。",
    Box.TO_DO: "等您单位办理的事项会出现在这里，最急的在最上面。",
    Box.SENT: "您单位发出的事项会出现在这里。",
    Box.COPIED: "抄送您单位的事项会出现在这里，只需知悉。",
}


@require_safe
@at_desk
def ledger_page(visit: Visit) -> HttpResponse:
    """Show a page of the ledger; without a question the view that the person chose to see first."""
    if not visit.request.GET and (view := kept_views.first_view(visit.account)):
        return redirect(f"{reverse('ledger')}?{view.address}&view={view.pk}")
    asked = Asked.read(visit.request.GET)
    with visit.reading() as reader:
        columns = columns_of(visit.account)
        try:
            with patience():
                found = _found(visit, reader, asked, columns)
        except Refusal as refusal:
            found = {"refusal": refusal}
        return visit.listing(
            "desk/ledger/found.html",
            "desk/ledger/page.html",
            {**_around(asked), **found},
            around=lambda: _filters(visit, asked, columns),
        )


def asked_of(visit: Visit, asked: Asked) -> Question:
    """Return what an address asks for. Raises: `BadFilter`."""
    return understood(asked, holder=choices.holder_meant(asked.holder, on=visit.today), today=visit.today)


def _found(visit: Visit, reader: Reader, asked: Asked, columns: Sequence[Column]) -> dict[str, Any]:
    question = asked_of(visit, asked)
    page = listed(
        reader, box=question.box, filters=question.filters, sort=question.sort, after=question.place, size=SIZE
    )
    return {
        "lines": lines_with_regions(page.rows, columns, now=visit.now),
        "heads": [column for column in columns if not column.beside_title],
        "show": dict.fromkeys((column.key for column in columns), True),
        "total": page.whole or total(reader, box=question.box, filters=question.filters, sort=question.sort),
        "by_due": question.sort is Sort.DUE,
        "next": asked.address(after=spelled(page.after)) if page.after else "",
        "previous": asked.address(before=spelled(page.before)) if page.before else "",
        "first": asked.address() if page.before else "",
        "nothing": NOTHING[question.box],
    }


def _around(asked: Asked) -> dict[str, Any]:
    """Return what the part shows around its rows."""
    box = asked.box or Box.LEDGER
    return {
        "asked": asked,
        "here": asked.address(),
        "boxes": [
            {"title": title, "address": asked.address(box=key, sort=""), "current": key == box} for key, title in BOXES
        ],
        "newest": asked.address(sort=Sort.OPENED),
        "by_due_address": asked.address(sort=Sort.DUE),
        "states": choices.states(mechanism_and_state(asked)[0], asked.state),
        "matters": reverse("matter", args=[NO_ID]).removesuffix(str(NO_ID)),
    }


def _sort(asked: Asked) -> str:
    return asked.sort or next((sort for box, sort in INDEXED.items() if box == (asked.box or Box.LEDGER)), Sort.OPENED)


def _filters(visit: Visit, asked: Asked, chosen: Sequence[Column]) -> dict[str, Any]:
    """Return what the page offers to choose from."""
    organ = visit.person.organ
    region = Organ.objects.filter(pk=organ.id).values_list("region_code", flat=True).first() if organ else ""
    return {
        "mechanisms": choices.mechanisms(mechanism_and_state(asked)[0]),
        "regions": choices.regions(region or "", chosen=asked.region, on=visit.today),
        "sorts": [(key, title, key == _sort(asked)) for key, title in SORTS],
        "views": kept_views.views_of(visit.account, organ=organ.id if organ else None),
        "view": visit.request.GET.get("view", ""),
        "every_column": [(column, column in chosen, column.key == ALWAYS) for column in COLUMNS],
    }


@require_safe
@at_desk
def organs(visit: Visit) -> HttpResponse:
    """Offer organs whose names bear what is being typed."""
    typed = visit.request.GET.get("holder", "").replace("\0", "").strip()[:60]
    return visit.part("desk/ledger/organs.html", {"organs": choices.organs_like(typed, on=visit.today)})


@require_POST
@at_desk
def choose_columns(visit: Visit) -> HttpResponse:
    """Keep which columns to show."""
    if "usual" in visit.request.POST:
        forget_columns(visit.account)
    else:
        keep_columns(visit.account, visit.request.POST.getlist("column"))
    return _back(visit)


@require_POST
@at_desk
def keep_view(visit: Visit) -> HttpResponse:
    """Keep the list as it stands under a name."""
    given, organ = visit.request.POST, visit.person.organ
    shared = organ.id if organ and "shared" in given else None
    view = kept_views.keep_view(
        visit.account, name=given.get("name", ""), asked=_here(visit), first="first" in given, shared_with=shared
    )
    messages.success(visit.request, f"已保存视图“{view.name}”。")
    return redirect(f"{reverse('ledger')}?{view.address}&view={view.pk}")


@require_POST
@at_desk
def drop_view(visit: Visit) -> HttpResponse:
    """Drop a view of one's own."""
    given = visit.request.POST.get("view", "")
    if given.isascii() and given.isdecimal():
        kept_views.drop_view(visit.account, int(given[:18]))
        messages.success(visit.request, "已删除视图。")
    return _back(visit)


def _here(visit: Visit) -> Asked:
    """Return what the list asked from which a form was sent."""
    return Asked.read(dict(parse_qsl(visit.request.POST.get("here", "")[:4000])))


def _back(visit: Visit) -> HttpResponse:
    # a box is always named, so that going back is not taken for opening the ledger anew
    here = _here(visit)
    return redirect(f"{reverse('ledger')}?{here.address(box=here.box or Box.LEDGER)}")
