"""What a browser says of itself, in words by which its owner knows it again."""

from typing import Final

# the first that fits: Edge and the browsers of domestic systems call themselves Chrome too
_BROWSERS: Final = (
    ("Edg", "Edge 浏览器"),
    ("360SE", "360 浏览器"),
    ("QIHU", "360 浏览器"),
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("UOS", "统信浏览器"),
    ("Qaxbrowser", "奇安信可信浏览器"),
    ("Firefox", "火狐浏览器"),
    ("Chrome", "Chrome 浏览器"),
    ("Safari", "Safari 浏览器"),
)
_SYSTEMS: Final = (
    ("Android", "安卓手机"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "苹果电脑"),
    ("Linux", "Linux 电脑（含统信、麒麟）"),
)


def device(agent: str) -> str:
    """
    Return browser and system of a user agent in words.

    Example: `Mozilla/5.0 (Windows NT 10.0) … Chrome/156.0` is `Windows 电脑 · Chrome 浏览器`.
    """
    parts = [_first(_SYSTEMS, agent), _first(_BROWSERS, agent)]
    return " · ".join(part for part in parts if part) or "未知设备"


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((title for word, title in known if word in agent), "")
