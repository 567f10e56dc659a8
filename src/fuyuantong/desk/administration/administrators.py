"""三员任命: who opens accounts cannot make administrators of them; who makes administrators opens no account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from fuyuantong.desk.administration.administered import administers
from fuyuantong.desk.administration.typed import BadField, moment
from fuyuantong.desk.organ_tags import tags_by_id
from fuyuantong.desk.visit import Visit
from fuyuantong.organs.models import Tenure
from fuyuantong.organs.queries import account_by_username, organ_by_code
from fuyuantong.organs.rolls import holders_of
from fuyuantong.organs.staffing import appoint, end_tenure, open_post
from fuyuantong.organs.vocabulary import ADMINISTRATORS, POST_TITLES, PostKind
from fuyuantong.refusal import Refusal

TITLES = {kind: title for kind, title in POST_TITLES.items() if kind in ADMINISTRATORS}


class LastOfItsKind(Refusal):
    """Refuse to leave a place without one of the three administrators."""

    key = "last-of-its-kind"
    title = "不能免去最后一名管理员"


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PostKind.SECURITY_ADMINISTRATOR)
def administrators(visit: Visit) -> HttpResponse:
    """Show the three administrators; appoint one, or end a tenure."""
    if visit.request.method != "POST":
        return _shown(visit, None)
    try:
        said = _ended(visit) if visit.request.POST.get("act") == "end" else _appointed(visit)
    except Refusal as refusal:
        return _shown(visit, refusal)
    messages.success(visit.request, said)
    return redirect("administration-administrators")


def _appointed(visit: Visit) -> str:
    fields = visit.request.POST
    kind = fields.get("kind", "")
    if kind not in ADMINISTRATORS:
        raise BadField("只能在此任命三类管理员", remedy="其他岗位由系统管理员办理。", field="kind")
    account = account_by_username(fields.get("account", "").strip())
    organ = organ_by_code(fields.get("organ", "").strip())
    title = TITLES[PostKind(kind)]
    post = open_post(organ, kind=kind, title=title, by=visit.account, now=visit.now)
    since = moment(fields, "since", title="任职开始", now=visit.now)
    appoint(account, post=post, since=since, until=None, by=visit.account, now=visit.now)
    return f"{account.display_name} 已任{title}，下次登录须设置第二验证。"


def _ended(visit: Visit) -> str:
    number = visit.request.POST.get("tenure", "")
    found = Tenure.objects.filter(post_kind__in=ADMINISTRATORS, pk=int(number) if number.isdecimal() else 0).first()
    if found is None:
        raise BadField("没有这项任职", remedy="请刷新页面后重试。", field="tenure")
    others = holders_of([found.post_kind], at=visit.now)
    if not any(other.account_id != found.account_id and other.account.is_active for other in others):
        raise LastOfItsKind(
            f"{found.account.display_name} 是唯一的{TITLES[PostKind(found.post_kind)]}", remedy="请先任命接任者。"
        )
    end_tenure(found, at=visit.now, by=visit.account, now=visit.now)
    return f"{found.account.display_name} 的任职已终止。"


def _shown(visit: Visit, refusal: Refusal | None) -> HttpResponse:
    held = holders_of(ADMINISTRATORS, at=visit.now)
    tags = tags_by_id({tenure.post.organ_id for tenure in held}, on=visit.today)
    lines = [(tenure, TITLES[PostKind(tenure.post_kind)], tags.get(tenure.post.organ_id)) for tenure in held]
    context = {"refusal": refusal, "typed": visit.request.POST, "lines": lines, "kinds": TITLES.items()}
    return visit.page("desk/administration/administrators.html", context)
