"""Where django-allauth asks this house: guards before a password, the security log after, no sign-up, no mail."""

from collections.abc import Collection
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from fuyuantong.accounts.guarding import failed, passed, password_attempt
from fuyuantong.accounts.guarding_forms import counted, refused
from fuyuantong.accounts.keeping import kept, opened
from fuyuantong.accounts.passwords import choose_password
from fuyuantong.accounts.security_log import Origin, write_event
from fuyuantong.accounts.vocabulary import SecurityKind
from fuyuantong.organs.models import Account

RECENTLY = 300  # seconds for which having signed in counts as having said the password again
WRONG = "账号或密码不正确。"
STAGES = ("allauth.mfa.stages.AuthenticateStage",)
MAIN_FACTORS = frozenset({Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN})


def origin_of(request: HttpRequest) -> Origin:
    """Return where a request comes from, behind the proxies that the settings count."""
    adapter = account_adapter(request)
    return Origin(adapter.get_client_ip(request), adapter.get_http_user_agent(request))


class Doorkeeper(DefaultAccountAdapter):
    """Count before looking, write down afterwards, and tell nobody which part was wrong (ACCOUNT_ADAPTER)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: accounts are opened by the 系统管理员."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our pages show what happened."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """
        Return the account whose name and password these are, None if they are not.

        Raises: `ValidationError` with how many more may fail, or how long it is locked.
        """
        now = timezone.now()
        attempt = password_attempt(str(credentials.get("username", "")), origin=origin_of(request))
        left = counted(attempt, now=now)
        account = authenticate(request, **credentials)
        if isinstance(account, Account):
            passed(attempt)
            return account
        failed(attempt, step="password", now=now)
        raise refused(WRONG, left=left, now=now)

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """Write down who signed in, and how."""
        response = super().post_login(request, user, **kwargs)
        methods = [record.get("type", record["method"]) for record in get_authentication_records(request, user)]
        write_event(
            SecurityKind.SIGNED_IN,
            account=user,
            origin=origin_of(request),
            now=timezone.now(),
            detail={"methods": methods},
        )
        return response

    def logout(self, request: HttpRequest) -> None:
        """Write down who leaves."""
        account = request.user if isinstance(request.user, Account) else None
        write_event(SecurityKind.SIGNED_OUT, account=account, origin=origin_of(request), now=timezone.now(), detail={})
        super().logout(request)

    def set_password(self, user: Account, password: str) -> None:
        """Keep a password that its owner chose."""
        choose_password(user, password, origin=origin_of(self.request), now=timezone.now())

    def get_login_stages(self) -> list[str]:
        """Return what stands between a right password and being signed in."""
        return list(STAGES)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Spare those the password who said it a moment ago."""
        records = get_authentication_records(self.request, self.request.user)
        return not any(timezone.now().timestamp() - record["at"] < RECENTLY for record in records)


class FactorKeeper(DefaultMFAAdapter):
    """Keep the secrets of second factors encrypted, and name things in Chinese (MFA_ADAPTER)."""

    def get_totp_label(self, user: Account) -> str:
        """Return under which name an authenticator shows its codes."""
        return user.username

    def encrypt(self, text: str) -> str:
        """Return a secret as it is kept."""
        return kept(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a kept secret."""
        return opened(encrypted_text)

    def is_mfa_enabled(self, user: Account, types: Collection[Authenticator.Type] | None = None) -> bool:
        """Say whether an account has a second factor; where any will do, a sheet of one-time codes is one."""
        any_will_do = types is None or set(types) == MAIN_FACTORS
        return super().is_mfa_enabled(user, types=None if any_will_do else types)

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:
        """Return a name for a security key to which its owner gave none."""
        return f"安全密钥 {Authenticator.objects.filter(user=user, type=type).count() + 1}"


class OutsideDoor(DefaultSocialAccountAdapter):
    """Let in by the place's own single sign-on who has an account here (SOCIALACCOUNT_ADAPTER)."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Say no: being known elsewhere opens no account here."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account of the name that the other side vouches for; without one, back to the form."""
        claims = sociallogin.account.extra_data
        said = {**claims.get("id_token", {}), **claims.get("userinfo", {})} or claims
        username = str(said.get(settings.OIDC_USERNAME_CLAIM, ""))
        account = Account.objects.filter(username=username, is_active=True).first()
        if account is not None:
            sociallogin.user = account
            return
        detail = {"step": "single-sign-on"}
        write_event(
            SecurityKind.SIGN_IN_FAILED, account=None, origin=origin_of(request), now=timezone.now(), detail=detail
        )
        raise ImmediateHttpResponse(redirect("account_single_sign_on_refused"))
