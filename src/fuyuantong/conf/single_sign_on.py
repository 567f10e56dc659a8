"""The place's own single sign-on (OpenID Connect), when the environment names one."""

from collections.abc import Mapping
from typing import Any

from fuyuantong.refusal import Refusal

VARIABLES = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")


class SingleSignOnIncomplete(Refusal):
    """Refuse to start with half of what a single sign-on needs."""

    key = "single-sign-on-incomplete"
    title = "统一身份认证设置不完整"


def providers(environment: Mapping[str, str]) -> dict[str, Any]:
    """
    Return django-allauth's SOCIALACCOUNT_PROVIDERS: one, or none when nothing is set.

    Raises: `SingleSignOnIncomplete` when only some of the variables are set.
    """
    given = [name for name in VARIABLES if environment.get(name)]
    if not given:
        return {}
    if len(given) < len(VARIABLES):
        missing = "、".join(name for name in VARIABLES if name not in given)
        raise SingleSignOnIncomplete(
            f"缺少环境变量 {missing}。", remedy="三项须同时设置；不使用统一身份认证的，全部不设。", field=missing
        )
    app = {
        "provider_id": "place",
        "name": environment.get("OIDC_TITLE", "统一身份认证"),
        "client_id": environment["OIDC_CLIENT_ID"],
        "secret": environment["OIDC_CLIENT_SECRET"],
        "settings": {"server_url": environment["OIDC_ISSUER"]},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
