"""Pages of one's own account that django-allauth leads: in the frame, or alone while something is owed first."""

from typing import Any

from allauth.account.views import PasswordChangeView, ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fuyuantong.desk.accounts.gate import DEMAND
from fuyuantong.desk.visit import Visit


class _Framed:
    """Put a page into the frame of the desk, unless its reader owes something first."""

    request: HttpRequest

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Return what the page shows, and the frame around it."""
        found: dict[str, Any] = super().get_context_data(**context)  # type: ignore[misc]
        if not self.request.session.get(DEMAND):
            visit = Visit(self.request, now=timezone.now())
            found |= {"visit": visit, "frame": visit.frame()}
        return found


class PasswordAgain(_Framed, ReauthenticateView):
    """Ask for the password once more."""


class CodeAgain(_Framed, ReauthenticateByCodeView):
    """Ask for a code once more."""


class KeyAgain(_Framed, ReauthenticateWebAuthnView):
    """Ask for the security key once more."""


class ChangePassword(_Framed, PasswordChangeView):
    """Change the password."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send back who signs in elsewhere and has no password here."""
        if not request.user.has_usable_password():
            return redirect("own-account")
        return super().dispatch(request, *args, **kwargs)

    def get_default_success_url(self) -> str:
        """Return where one goes on."""
        return str(reverse_lazy("own-account"))


class AddAuthenticator(_Framed, ActivateTOTPView):
    """Set up an authenticator that shows codes."""


class RemoveAuthenticator(_Framed, DeactivateTOTPView):
    """Take the authenticator away."""


class AddKey(_Framed, AddWebAuthnView):
    """Add a security key."""


class RemoveKey(_Framed, RemoveWebAuthnView):
    """Take a security key away."""

    success_url = reverse_lazy("own-account")


class PrintCodes(_Framed, GenerateRecoveryCodesView):
    """Print a new sheet of one-time codes; the old one ends."""


@method_decorator(never_cache, name="dispatch")
class CodeSheet(_Framed, ViewRecoveryCodesView):
    """Show the sheet, once."""


@require_safe
@login_not_required
def outside_refused(request: HttpRequest) -> HttpResponse:
    """Say that the single sign-on let nobody in."""
    return render(request, "socialaccount/authentication_error.html", status=403)
