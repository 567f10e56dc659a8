"""What a name may be: printable as it stands, never repaired in silence."""

from fuyuantong.refusal import Refusal


class BadName(Refusal):
    """Refuse a name that cannot be printed as it stands."""

    key = "bad-name"
    title = "名称有误"


def check_name(text: str, *, field: str, most: int) -> None:
    """
    Check that a name can be printed as it stands.

    Raises: `BadName` if it is blank, too long, begins or ends with a space, or holds invisible characters.
    """
    if not text or text != text.strip() or len(text) > most or not text.isprintable():
        raise BadName(
            f"{text[:20]!r} 应为 1 至 {most} 个可见字符，首尾无空格", remedy="请去掉空格与不可见字符后重试", field=field
        )
