"""How many proxies before the site are ours."""

from collections.abc import Mapping

from fuyuantong.refusal import Refusal

MOST = 9


class ProxiesUnreadable(Refusal):
    """Refuse to start without knowing whose word on addresses is to be believed."""

    key = "proxies-unreadable"
    title = "代理层数无法识别"


def trusted_proxies(environment: Mapping[str, str]) -> int:
    """
    Return how many proxies add to X-Forwarded-For; by default none, and the header is anybody's word.

    Raises: `ProxiesUnreadable`.
    """
    said = environment.get("TRUSTED_PROXIES") or "0"
    if len(said) != 1 or said not in "0123456789":
        raise ProxiesUnreadable(
            f"“{said[:20]}”不是 0 至 {MOST} 的整数。",
            remedy="TRUSTED_PROXIES 填本站之前自己的代理有几层；没有代理的不设。",
            field="TRUSTED_PROXIES",
        )
    return int(said)
