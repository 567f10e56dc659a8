"""Entries of the security log in words."""

from collections.abc import Mapping
from typing import Any, Final

from fuyuantong.accounts.factor_log import FACTOR_TITLES
from fuyuantong.accounts.models import SecurityEvent
from fuyuantong.accounts.vocabulary import GuardKind, SecurityKind
from fuyuantong.organs.models import DirectoryChange
from fuyuantong.organs.vocabulary import POST_TITLES, RELATION_TITLES, PostKind, RelationKind

METHODS: Final = {
    "password": "密码",
    "socialaccount": "统一身份认证",
    **{str(kind): title for kind, title in FACTOR_TITLES.items()},
}
STEPS: Final = {
    "password": "密码不正确",
    "second-factor": "第二步验证没有通过",
    "locked": "锁定期间的尝试，未予核对",
    "single-sign-on": "统一身份认证没有对应的账号",
}
LOCKED: Final = {GuardKind.ACCOUNT: "账号", GuardKind.FACTOR: "第二步验证", GuardKind.ADDRESS: "网络地址"}

# what the directory log keeps beside ids
WORDS: Final = {
    "account": "账号",
    "code": "代码",
    "full": "全称",
    "short": "简称",
    "was_full": "原全称",
    "was_short": "原简称",
    "name": "名称",
    "node": "节点",
    "online": "上线",
    "from": "由",
    "relation": "任",
    "to": "对",
    "kind": "类别",
    "title": "岗位",
    "until": "至",
    "region": "区划",
    "successors": "承接单位",
    "principal": "主要承接",
}


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


def change_told(change: DirectoryChange) -> str:
    """Return what an entry of the directory log says beside its kind and organ."""
    told_of = ((WORDS[name], _value(name, value)) for name, value in change.detail.items() if name in WORDS)
    return "，".join(f"{word} {value}" for word, value in told_of if value)


def _value(name: str, value: object) -> str:
    if name == "relation" and value in set(RelationKind):
        return RELATION_TITLES[RelationKind(str(value))]
    if name == "kind" and value in set(PostKind):
        return POST_TITLES[PostKind(str(value))]
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _of(detail: Mapping[str, Any]) -> str:
    return str(detail.get("account", ""))
