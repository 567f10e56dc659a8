"""第二验证: which organs need one; the three administrators always do."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from fuyuantong.accounts.adapters import origin_of
from fuyuantong.accounts.second_factor import rules, set_rule
from fuyuantong.desk.administration.administered import administers
from fuyuantong.desk.administration.place import region_of
from fuyuantong.desk.organ_tags import tags_by_id
from fuyuantong.desk.visit import Visit
from fuyuantong.organs.queries import organ_by_code, organs_in
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.refusal import Refusal

PART = PostKind.SECURITY_ADMINISTRATOR


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PART)
def factors(visit: Visit) -> HttpResponse:
    """Show the rules in force; set one."""
    if visit.request.method != "POST":
        return _shown(visit, None)
    fields = visit.request.POST
    code, required = fields.get("organ", "").strip(), fields.get("required") == "yes"
    try:
        organ = organ_by_code(code) if code else None
    except Refusal as refusal:
        return _shown(visit, refusal)
    set_rule(organ, required=required, by=visit.account, origin=origin_of(visit.request), now=visit.now)
    messages.success(visit.request, "已设定，对已登录的人一分钟内生效。")
    return redirect("administration-factors")


def _shown(visit: Visit, refusal: Refusal | None) -> HttpResponse:
    found = rules()
    tags = tags_by_id({rule.organ_id for rule in found if rule.organ_id is not None}, on=visit.today)
    for_all = next((rule for rule in found if rule.organ_id is None), None)
    context = {
        "refusal": refusal,
        "typed": visit.request.POST,
        "for_all": for_all,
        "rules": [(rule, tags.get(rule.organ_id)) for rule in found if rule.organ_id is not None],
        "organs": organs_in(region_of(visit, PART), on=visit.today),
    }
    return visit.page("desk/administration/factors.html", context)
