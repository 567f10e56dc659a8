"""Entries of the security log in words."""

from collections.abc import Mapping
from typing import Any, Final

from fuyuantong.accounts.factor_log import FACTOR_TITLES
from fuyuantong.accounts.models import SecurityEvent
from fuyuantong.accounts.vocabulary import GuardKind, SecurityKind

METHODS: Final = {
    "password": "密码",
    "socialaccount": "统一身份认证",
    **{str(kind): title for kind, title in FACTOR_TITLES.items()},
}
STEPS: Final = {
    "password": "密码不正确",
    "second-factor": "第二步验证没有通过",
    "single-sign-on": "统一身份认证没有对应的账号",
}
LOCKED: Final = {GuardKind.ACCOUNT: "账号", GuardKind.FACTOR: "第二步验证", GuardKind.ADDRESS: "网络地址"}


def told(event: SecurityEvent) -> str:
    """Return what an entry says beside its kind."""
    detail: Mapping[str, Any] = event.detail
    match event.kind:
        case SecurityKind.SIGNED_IN:
            return "、".join(METHODS.get(method, method) for method in detail.get("methods", ()))
        case SecurityKind.SIGN_IN_FAILED:
            return STEPS.get(detail.get("step", ""), "")
        case SecurityKind.LOCKED:
            return LOCKED.get(detail.get("what", ""), "")
        case SecurityKind.SESSION_ENDED:
            return (
                "一小时没有操作" if detail.get("idle") else f"{detail.get('device', '')}（{detail.get('address', '')}）"
            )
        case SecurityKind.FACTOR_ADDED | SecurityKind.FACTOR_REMOVED | SecurityKind.CODES_PRINTED:
            return METHODS.get(detail.get("factor", ""), "") or _of(detail)
        case SecurityKind.FACTOR_RULE_SET:
            return f"{detail.get('organ') or '所有单位'}：{'必须使用' if detail.get('required') else '不要求'}"
        case SecurityKind.READ_REFUSED:
            return f"{detail.get('what', '')}　{detail.get('path', '')}"
        case SecurityKind.ADMINISTERED | SecurityKind.ADMINISTRATION_REFUSED:
            fields = "，".join(f"{name}={value}" for name, value in detail.get("fields", {}).items())
            return f"{detail.get('path', '')}　{fields}".strip()
        case SecurityKind.TRAILS_VERIFIED:
            result = f"{detail['breaks']} 处不符" if detail.get("breaks") else "全部相符"
            return f"{detail.get('matters')} 件，{result}"
        case _:
            return _of(detail)


def _of(detail: Mapping[str, Any]) -> str:
    return str(detail.get("account", ""))
