"""审计: the security log, who read what is sensitive, the trails, the changes of the directory."""

from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from fuyuantong.accounts.devices import device
from fuyuantong.accounts.security_log import Filters, events
from fuyuantong.accounts.vocabulary import KIND_TITLES, SecurityKind
from fuyuantong.desk.administration.administered import administers
from fuyuantong.desk.administration.told import change_told, told
from fuyuantong.desk.administration.typed import BadField, day
from fuyuantong.desk.visit import Visit
from fuyuantong.matters.readings import readings
from fuyuantong.organs.models import Account
from fuyuantong.organs.queries import account_by_username
from fuyuantong.organs.rolls import changes
from fuyuantong.organs.vocabulary import CHANGE_TITLES, ChangeKind, PostKind
from fuyuantong.refusal import Refusal


@require_safe
@administers(PostKind.AUDITOR)
def security_log(visit: Visit) -> HttpResponse:
    """Show the security log, filtered."""
    refusal, filters = None, Filters()
    try:
        filters = _filters(visit)
    except Refusal as wrong:
        refusal = wrong
    page = events(filters, below=_number(visit, "below"))
    context = {
        "refusal": refusal,
        "lines": [
            (event, KIND_TITLES[SecurityKind(event.kind)], told(event), device(event.agent)) for event in page.events
        ],
        "below": page.below,
        "typed": visit.request.GET,
        "kinds": KIND_TITLES.items(),
        "query": _query(visit),
    }
    return visit.page("desk/administration/security_log.html", context)


@require_safe
@administers(PostKind.AUDITOR)
def sensitive_readings(visit: Visit) -> HttpResponse:
    """Show who read what is sensitive, and what for."""
    with visit.reading():
        page = readings(below=visit.request.GET.get("below", ""))
        names = {
            account.pk: account for account in Account.objects.filter(pk__in={row.account_id for row in page.rows})
        }
        lines = [(row, names.get(row.account_id)) for row in page.rows]
        return visit.page("desk/administration/readings.html", {"lines": lines, "below": page.below})


@require_safe
@administers(PostKind.AUDITOR)
def directory_changes(visit: Visit) -> HttpResponse:
    """Show the changes of the directory, newest first."""
    organ = visit.request.GET.get("organ", "").strip()[:60]
    roll = changes(organ_code=organ, below=_number(visit, "below"))
    lines = [(change, CHANGE_TITLES[ChangeKind(change.kind)], change_told(change)) for change in roll.changes]
    return visit.page("desk/administration/changes.html", {"lines": lines, "below": roll.below, "organ_code": organ})


def _filters(visit: Visit) -> Filters:
    asked = visit.request.GET
    kind, username = asked.get("kind", ""), asked.get("account", "").strip()
    if kind and kind not in set(SecurityKind):
        raise BadField("没有这类事件", remedy="请从列表中选择。", field="kind")
    account: Account | None = account_by_username(username) if username else None
    return Filters(
        account=account,
        kind=SecurityKind(kind) if kind else None,
        first=_day(visit, "first", "开始日期"),
        last=_day(visit, "last", "结束日期"),
    )


def _day(visit: Visit, name: str, title: str) -> date | None:
    return day(visit.request.GET, name, title=title) if visit.request.GET.get(name) else None


def _number(visit: Visit, name: str) -> int | None:
    said = visit.request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 18 else None


def _query(visit: Visit) -> str:
    asked = visit.request.GET.copy()
    asked.pop("below", None)
    return asked.urlencode()
