"""Every change of a second factor on the security log: django-allauth tells of each, whichever page made it."""

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.http import HttpRequest
from django.utils import timezone

from fuyuantong.accounts.adapters import origin_of
from fuyuantong.accounts.security_log import write_event
from fuyuantong.accounts.vocabulary import SecurityKind
from fuyuantong.organs.models import Account

FACTOR_TITLES = {
    Authenticator.Type.TOTP: "动态验证码",
    Authenticator.Type.WEBAUTHN: "安全密钥",
    Authenticator.Type.RECOVERY_CODES: "打印口令表",
}


def listen() -> None:
    """Have django-allauth tell us from now on."""
    for signal, kind in (
        (authenticator_added, SecurityKind.FACTOR_ADDED),
        (authenticator_removed, SecurityKind.FACTOR_REMOVED),
        (authenticator_reset, SecurityKind.CODES_PRINTED),
    ):
        signal.connect(_Writer(kind), weak=False, dispatch_uid=f"security-log-{kind}")


class _Writer:
    def __init__(self, kind: SecurityKind) -> None:
        self.kind = kind

    def __call__(
        self, sender: object, *, request: HttpRequest, user: Account, authenticator: Authenticator, **rest: object
    ) -> None:
        detail = {"factor": authenticator.type}
        write_event(self.kind, account=user, origin=origin_of(request), now=timezone.now(), detail=detail)
