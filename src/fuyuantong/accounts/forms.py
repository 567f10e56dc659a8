"""The forms of django-allauth with our guards before them (ACCOUNT_FORMS, MFA_FORMS)."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone

from fuyuantong.accounts.adapters import origin_of
from fuyuantong.accounts.guarding import Attempt, factor_attempt, failed, passed
from fuyuantong.accounts.guarding_forms import counted, refused

# a code is good for the thirty seconds before and after its own
CODE_LIVES = 90
WRONG_CODE = "验证码不正确，或者已经用过。"
WRONG_KEY = "没有通过安全密钥的验证。"


class SignIn(LoginForm):
    """Ask for account and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "账号"
        self.fields["password"].label = "密码"


class ChangePassword(ChangePasswordForm):
    """Ask for the old password, counted like a sign-in, and twice for the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "当前密码"
        self.fields["password1"].label = "新密码"
        self.fields["password2"].label = "再输入一次新密码"

    def clean_oldpassword(self) -> str:
        """Check the old password."""
        password: str = self.cleaned_data["oldpassword"]
        get_adapter(context.request).reauthenticate(self.user, password)
        return password


class _Guarded:
    """Count a second step before it is looked at."""

    user: Any

    def _attempt(self) -> Attempt:
        return factor_attempt(self.user, origin=origin_of(context.request))


class _Code(_Guarded):
    def clean_code(self) -> str:
        """Check a code of an authenticator or of the sheet; none is good twice."""
        attempt, now = self._attempt(), timezone.now()
        left = counted(attempt, now=now)
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError as wrong:
            failed(attempt, step="second-factor", now=now)
            raise refused(WRONG_CODE, left=left, now=now) from wrong
        if not self._is_first_use(code):
            failed(attempt, step="second-factor", now=now)
            raise refused(WRONG_CODE, left=left, now=now)
        passed(attempt)
        return code

    def _is_first_use(self, code: str) -> bool:
        # allauth forgets a used code after 30 seconds, before it has run out
        authenticator: Authenticator = self.authenticator  # type: ignore[attr-defined]
        if authenticator.type != Authenticator.Type.TOTP:
            return True
        return cache.add(f"totp-used:{authenticator.pk}:{code.strip()}", "y", timeout=CODE_LIVES)


class _Key(_Guarded):
    def clean_credential(self) -> Authenticator:
        """Check the answer of a security key."""
        attempt, now = self._attempt(), timezone.now()
        left = counted(attempt, now=now)
        try:
            authenticator: Authenticator = super().clean_credential()  # type: ignore[misc]
        except ValidationError as wrong:
            failed(attempt, step="second-factor", now=now)
            raise refused(WRONG_KEY, left=left, now=now) from wrong
        passed(attempt)
        return authenticator


class SecondStepByCode(_Code, AuthenticateForm):
    """The second step of signing in, by a code."""


class AgainByCode(_Code, ReauthenticateForm):
    """Say once more who one is, by a code."""


class SecondStepByKey(_Key, AuthenticateWebAuthnForm):
    """The second step of signing in, by a security key."""


class AgainByKey(_Key, ReauthenticateWebAuthnForm):
    """Say once more who one is, by a security key."""


class PrintCodes(forms.Form):
    """Ask for a new sheet of one-time codes; where phones are forbidden it is the only second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        super().__init__(*args, **kwargs)
