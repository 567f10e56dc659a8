"""What is typed after a command, read: days and numbers of things."""

from datetime import date

from fuyuantong.clock.terms import day_from
from fuyuantong.refusal import Refusal


class BadOption(Refusal):
    """Refuse what was typed after a command."""

    key = "bad-option"
    title = "参数有误"


def day(said: str, *, option: str) -> date:
    """Return a day as it was typed. Raises: `BadOption`."""
    try:
        return day_from(said)
    except ValueError:
        raise BadOption(f"--{option} “{said}”不是日期", remedy="请写作 2026-08-03。", field=option) from None


def whole(said: str, *, option: str) -> int:
    """Return a number of things as it was typed. Raises: `BadOption`."""
    if not said.isascii() or not said.isdecimal():
        raise BadOption(f"--{option} “{said}”不是整数", remedy="请只写数字。", field=option)
    return int(said)
