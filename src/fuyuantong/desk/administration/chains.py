"""审签程序: through whose hands the signed acts of any organ go, for organs whose head sets nothing."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from fuyuantong.desk.administration.administered import administers
from fuyuantong.desk.administration.place import region_of
from fuyuantong.desk.chains_page import chain_rows, set_as_chosen
from fuyuantong.desk.organ_tags import tags_by_id
from fuyuantong.desk.visit import Visit
from fuyuantong.matters.services.chains import MAY_REVIEW
from fuyuantong.organs.queries import organ_by_code, organs_in
from fuyuantong.organs.vocabulary import POST_TITLES, PostKind

PART = PostKind.SECURITY_ADMINISTRATOR


@require_safe
@administers(PART)
def chains_overview(visit: Visit) -> HttpResponse:
    """Show the organs of the region, to choose one."""
    names = organs_in(region_of(visit, PART), on=visit.today)
    tags = tags_by_id({name.organ_id for name in names}, on=visit.today)
    lines = [(name.organ.code, tags.get(name.organ_id)) for name in names]
    return visit.page("desk/administration/chains_overview.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PART)
def chains_of_organ(visit: Visit, code: str) -> HttpResponse:
    """Show how an organ signs; set it."""
    organ, refusal = organ_by_code(code), None
    if visit.request.method == "POST":
        refusal = set_as_chosen(visit, organ)
        if refusal is None:
            return redirect(reverse("administration-chain", kwargs={"code": code}))
    context = {
        "tag": tags_by_id({organ.pk}, on=visit.today).get(organ.pk),
        "rows": chain_rows(organ),
        "refusal": refusal,
        "may_set": True,
        "posts": [(post.value, POST_TITLES[post]) for post in MAY_REVIEW],
    }
    return visit.page("desk/administration/chains.html", context)
