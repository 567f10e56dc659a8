"""What stands between having signed in and the desk: time since the last sign of life, and what is owed first."""

from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from fuyuantong.accounts.adapters import origin_of
from fuyuantong.accounts.demands import Demand, demand_on
from fuyuantong.accounts.security_log import write_event
from fuyuantong.accounts.vocabulary import SecurityKind
from fuyuantong.organs.models import Account

SEEN = "seen_at"
DEMAND = "demand"
LOOK_SECONDS = 60

_ANYWAY = frozenset({"logout", "account_logout", "choose-theme", "account_reauthenticate"})
_WAYS = {
    Demand.PASSWORD: frozenset({"account_change_password"}),
    Demand.FACTOR: frozenset(
        {
            "own-account",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "mfa_generate_recovery_codes",
            "mfa_view_recovery_codes",
        }
    ),
}
_PAGES = {Demand.PASSWORD: "account_change_password", Demand.FACTOR: "own-account"}

Respond = Callable[[HttpRequest], HttpResponse]


class Gate:
    """Let a person on who has shown life lately and owes nothing (MIDDLEWARE); looked at once a minute."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Send away who was idle too long, and to the page of what is owed who owes something."""
        account = request.user
        if not isinstance(account, Account) or not getattr(view, "login_required", True):
            return None
        now = timezone.now()
        silent = now.timestamp() - request.session.get(SEEN, 0)
        if SEEN in request.session and silent > settings.IDLE_SECONDS:
            detail = {"account": account.username, "idle": True}
            write_event(SecurityKind.SESSION_ENDED, account=account, origin=origin_of(request), now=now, detail=detail)
            logout(request)
            return redirect("account_login")
        if silent >= LOOK_SECONDS or request.session.get(DEMAND):
            request.session[SEEN] = now.timestamp()
            request.session[DEMAND] = demand_on(account, now=now)
            UserSession.objects.create_from_request(request)
        return _led(request)


def _led(request: HttpRequest) -> HttpResponse | None:
    demand = request.session.get(DEMAND)
    name = request.resolver_match.url_name if request.resolver_match else None
    if not demand or name in _ANYWAY or name in _WAYS[Demand(demand)]:
        return None
    return redirect(_PAGES[Demand(demand)])
