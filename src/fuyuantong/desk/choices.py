"""What a person sets for the own desk: for which organ to act, and how bright the page is."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from fuyuantong.desk.visit import ORGAN_CHOSEN, Visit, at_desk
from fuyuantong.refusal import Refusal

A_YEAR = 365 * 24 * 3600
THEMES = ("light", "dark")


class NotYourOrgan(Refusal):
    """Refuse to act for an organ in which the person holds no post."""

    key = "not-your-organ"
    title = "不能以该单位办理"


@require_POST
@at_desk
def choose_organ(visit: Visit) -> HttpResponse:
    """Act for another of the own organs from now on."""
    code = visit.request.POST.get("organ", "")
    if code not in {organ.code for organ in visit.person.organs}:
        raise NotYourOrgan("您在该单位没有可办理事项的职务", remedy="请系统管理员核对您的任职。", field="organ")
    visit.request.session[ORGAN_CHOSEN] = code
    return redirect("home")


@require_POST
@at_desk
def choose_theme(visit: Visit) -> HttpResponse:
    """Show pages light or dark from now on, in this browser."""
    wanted, back = visit.request.POST.get("theme", ""), visit.request.POST.get("next", "/")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts={visit.request.get_host()})
    response = HttpResponseRedirect(back if here else "/")
    theme = wanted if wanted in THEMES else THEMES[0]
    response.set_cookie("theme", theme, max_age=A_YEAR, samesite="Lax", httponly=True, secure=visit.request.is_secure())
    return response
