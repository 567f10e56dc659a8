"""接口令牌: with which tokens courts' own systems feed the register; for the system administrator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from fuyuantong.accounts.adapters import origin_of
from fuyuantong.desk.administration.administered import administers
from fuyuantong.desk.organ_tags import tags_by_id
from fuyuantong.desk.visit import Visit
from fuyuantong.matters.services.actors import By
from fuyuantong.organs.identity import read_uid
from fuyuantong.organs.models import Account
from fuyuantong.organs.queries import account_by_username
from fuyuantong.organs.vocabulary import POST_TITLES, PostKind
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.services.tokens import (
    BadLabel,
    Keeper,
    NoSuchToken,
    make_token,
    recorders,
    revoke_token,
    tokens,
)


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PostKind.SYSTEM_ADMINISTRATOR)
def tokens_page(visit: Visit) -> HttpResponse:
    """Show every token but never what it is; make one, which is shown this once, or end one."""
    if visit.request.method != "POST":
        return _page(visit)
    try:
        return _revoked(visit) if "revoke" in visit.request.POST else _made(visit)
    except Refusal as refusal:
        return _page(visit, refusal=refusal)


def _made(visit: Visit) -> HttpResponse:
    court, _, username = visit.request.POST.get("recorder", "").partition(" ")
    if (court, username) not in {(organ.code, one.username) for organ, one in recorders(now=visit.now)}:
        raise BadLabel("没有选择由哪个法院账号登记", remedy="请从列表中选择。", field="recorder")
    by = By(account_by_username(username), court)
    _, shown = make_token(visit.request.POST.get("label", ""), by=by, keeper=_keeper(visit), now=visit.now)
    return _page(visit, shown=shown)


def _revoked(visit: Visit) -> HttpResponse:
    uid = read_uid(visit.request.POST["revoke"])
    if uid is None:
        raise NoSuchToken("编号有误", remedy="请刷新页面后重试。", field="revoke")
    found = revoke_token(uid, keeper=_keeper(visit), now=visit.now)
    messages.success(visit.request, f"令牌“{found.label}”已撤销，用它发送的内容不再接收。")
    return redirect("administration-tokens")


def _keeper(visit: Visit) -> Keeper:
    return Keeper(visit.account, origin_of(visit.request))


def _page(visit: Visit, *, shown: str = "", refusal: Refusal | None = None) -> HttpResponse:
    found, people = tokens(), list(recorders(now=visit.now))
    tags = tags_by_id({*(one.organ_id for one in found), *(organ.pk for organ, _ in people)}, on=visit.today)
    names = dict(Account.objects.filter(pk__in=[one.account_id for _, one in people]).values_list("pk", "display_name"))
    context = {
        "tokens": [(one, tags.get(one.organ_id)) for one in found],
        "recorders": [
            (f"{organ.code} {one.username}", tags[organ.pk], names[one.account_id], POST_TITLES[PostKind(one.kind)])
            for organ, one in people
            if organ.pk in tags
        ],
        "shown": shown,
        "refusal": refusal,
        "typed": visit.request.POST if refusal else {},
    }
    response = visit.page("desk/administration/tokens.html", context)
    response["Cache-Control"] = "no-store"
    return response
