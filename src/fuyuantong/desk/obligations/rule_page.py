"""By what a task is measured: the office chooses a mechanism, what of it counts, and how much is enough."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from fuyuantong.catalogue import MECHANISMS
from fuyuantong.desk.obligations.detail import task_of
from fuyuantong.desk.obligations.rule_words import said
from fuyuantong.desk.organ_tags import organs_to_choose
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.plans.calendar_openings import OFFICE, by_calendar, calendar_entry, sort_field
from fuyuantong.plans.evidence import BY_HAND, WHOSE_TITLES, WINDOW_TITLES, Query, Source, Whose, Window, walk
from fuyuantong.plans.queries.ledger import Task
from fuyuantong.plans.services.evidence import BadQuery, set_rule
from fuyuantong.plans.services.guarding import check_office
from fuyuantong.protocol import Choice, Mechanism
from fuyuantong.refusal import Refusal

SEPARATOR = "="


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def task_rule(visit: Visit, uid: UUID) -> HttpResponse:
    """Show by what a task is measured, and set it."""
    found = task_of(visit, uid)
    check_office(found.obligation.plan, by=visit.account, now=visit.now)
    given = visit.request.POST
    chosen = given.get("mechanism", visit.request.GET.get("mechanism", found.rule.query.mechanism))
    if visit.request.method != "POST":
        return _asking(visit, found, chosen)
    try:
        query = _asked(visit, found, chosen)
        set_rule(found.obligation, query, by=visit.account, now=visit.now)
    except Refusal as refusal:
        return _asking(visit, found, chosen, refusal=refusal)
    messages.success(visit.request, "已设定举证方式。")
    return redirect("task", uid=uid)


def _asked(visit: Visit, found: Task, chosen: str) -> Query:
    given = visit.request.POST
    if "by_hand" in given or not chosen:
        return BY_HAND
    return _opening(visit, found, chosen) if "by_calendar" in given else _typed(visit, found, chosen)


def _opening(visit: Visit, found: Task, chosen: str) -> Query:
    """Return that each period opens a return, as typed."""
    given, mechanism = visit.request.POST, dict(walk(MECHANISMS)).get(chosen)
    if mechanism is None or calendar_entry(mechanism) is None:
        raise BadQuery("这种机制不能按期生成", remedy="请另选机制。", field="mechanism")
    query = Query(source=Source.MATTERS, mechanism=chosen, rows=found.rule.query.rows)
    return by_calendar(query, mechanism, sort=given.get("sort", ""), receiver=given.get("receiver", "") or OFFICE)


def _typed(visit: Visit, found: Task, chosen: str) -> Query:
    given = visit.request.POST
    field, _, value = given.get("value", "").partition(SEPARATOR)
    is_share = given.get("measure") == "percent"
    return Query(
        source=Source.MATTERS,
        mechanism=chosen,
        rows=found.rule.query.rows,
        at=tuple(given.getlist("at")),
        field=field,
        value=value,
        role=given.get("role", ""),
        whose=_one_of(Whose, given.get("whose", ""), "whose"),
        window=_one_of(Window, given.get("window", ""), "window"),
        number=1 if is_share else _number(given.get("number", ""), "number"),
        percent=_number(given.get("percent", ""), "percent") if is_share else None,
        beside=given.get("beside", "").strip()[:100],
    )


def _one_of(kind: Any, text: str, field: str) -> Any:
    if text not in set(kind):
        raise BadQuery(f"“{text[:20]}”不是可以选择的", remedy="请重新选择。", field=field)
    return kind(text)


def _number(text: str, field: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 6):
        raise BadQuery(f"“{text[:20]}”不是数字", remedy="请填写整数。", field=field)
    return int(text)


def _asking(visit: Visit, found: Task, chosen: str, *, refusal: Refusal | None = None) -> HttpResponse:
    known = dict(walk(MECHANISMS))
    mechanism = known.get(chosen)
    query = found.rule.query if found.rule.query.mechanism == chosen else Query(source=Source.MATTERS, mechanism=chosen)
    context: dict[str, Any] = {
        "task": found,
        "obligation": found.obligation,
        "rule": said(found.rule),
        "query": query,
        "mechanisms": [(key, one.title, key == chosen) for key, one in known.items()],
        "chosen": chosen if mechanism else "",
        "whoses": [(key.value, title, query.whose is key) for key, title in WHOSE_TITLES.items()],
        "windows": [(key.value, title, query.window is key) for key, title in WINDOW_TITLES.items()],
        "is_reckoned": found.rule.query != BY_HAND,
        "refusal": refusal,
        **(_choices(mechanism, query) if mechanism else {}),
        **(_returns(visit, found, mechanism, query) if mechanism and calendar_entry(mechanism) else {}),
    }
    return visit.page("desk/obligations/rule.html", context, status=422 if refusal else 200)


def _returns(visit: Visit, found: Task, mechanism: Mechanism, query: Query) -> dict[str, Any]:
    """Return what there is to choose for returns that the calendar opens: of what sort, and who receives them."""
    sort = sort_field(mechanism)
    organs = organs_to_choose(found.obligation.plan.region_code, on=visit.today)
    carried = {words for _, words in query.carry}
    return {
        "may_open": True,
        "sorts": [(option, option == query.value) for option in (sort.options if sort else ())],
        "receivers": [(tag.code, tag.short, tag.code in carried) for tag in organs],
    }


def _choices(mechanism: Mechanism, query: Query) -> dict[str, Any]:
    return {
        "states": [(state.key, state.title, state.key in query.at) for state in mechanism.states],
        "roles": [(role.key, role.title, role.key == query.role) for role in mechanism.roles],
        "values": [
            (
                field.title,
                [
                    (f"{field.key}{SEPARATOR}{option}", option, (field.key, option) == (query.field, query.value))
                    for option in field.options
                ],
            )
            for field in mechanism.fields
            if isinstance(field, Choice)
        ],
    }
