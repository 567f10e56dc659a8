"""我的账号: password, second factors, and where one is signed in."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from fuyuantong.accounts.adapters import origin_of
from fuyuantong.accounts.calendar_feeds import feed_of
from fuyuantong.accounts.demands import Demand
from fuyuantong.accounts.models import PasswordStanding
from fuyuantong.accounts.passwords import LASTS
from fuyuantong.accounts.second_factor import needs_factor
from fuyuantong.accounts.sessions import end_session, end_sessions, sessions_of
from fuyuantong.desk.accounts.gate import DEMAND
from fuyuantong.desk.visit import Visit, at_desk

FEW_CODES = 5


@require_safe
@at_desk
def own_account(visit: Visit) -> HttpResponse:
    """Show how the person signs in and where."""
    return own_page(visit)


def own_page(visit: Visit, *, feed_address: str = "") -> HttpResponse:
    """Return the page of the own account; `feed_address`: that of the calendar, when it has just been made."""
    account = visit.account
    factors = list(Authenticator.objects.filter(user=account).order_by("created_at"))
    of_type = {kind: [factor for factor in factors if factor.type == kind] for kind in Authenticator.Type}
    sheets = of_type[Authenticator.Type.RECOVERY_CODES]
    codes = len(sheets[0].wrap().get_unused_codes()) if sheets else 0
    standing = PasswordStanding.objects.filter(account=account).first()
    return visit.page(
        "desk/accounts/own_account.html",
        {
            "authenticator": next(iter(of_type[Authenticator.Type.TOTP]), None),
            "keys": of_type[Authenticator.Type.WEBAUTHN],
            "sheet": next(iter(sheets), None),
            "codes": codes,
            "few_codes": bool(sheets) and codes <= FEW_CODES,
            "owes_factor": visit.request.session.get(DEMAND) == Demand.FACTOR,
            "needs_factor": needs_factor(account, now=visit.now),
            "standing": standing,
            "password_until": standing and standing.set_at + LASTS,
            "feed": feed_of(account),
            "feed_address": feed_address,
            "sessions": sessions_of(account, current=visit.request.session.session_key),
        },
    )


@require_POST
@at_desk
def end(visit: Visit, session_id: int) -> HttpResponse:
    """End one of the own sessions."""
    end_session(visit.account, session_id, by=visit.account, origin=origin_of(visit.request), now=visit.now)
    messages.success(visit.request, "该处登录已终止。")
    return redirect("own-account")


@require_POST
@at_desk
def end_others(visit: Visit) -> HttpResponse:
    """End all own sessions but this."""
    key = visit.request.session.session_key
    ended = end_sessions(visit.account, but=key, by=visit.account, origin=origin_of(visit.request), now=visit.now)
    messages.success(visit.request, f"其他 {ended} 处登录已终止。" if ended else "没有其他登录。")
    return redirect("own-account")
