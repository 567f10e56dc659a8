"""假如: what a person asks to be reckoned otherwise, read from the address; nothing is changed by asking."""

from collections.abc import Mapping
from datetime import date, datetime

from fuyuantong.clock.supposing import Supposition
from fuyuantong.clock.terms import SHANGHAI, Unit
from fuyuantong.refusal import Refusal

ASKED = ("start", "at", "length", "unit", "until", "stopped_on", "stopped_days")


class UnreadableSupposition(Refusal):
    """Refuse what is no day, no number or no unit."""

    key = "unreadable-supposition"
    title = "读不懂的假设"


def supposition_from(asked: Mapping[str, str]) -> Supposition | None:
    """
    Return what is supposed; None when nothing is asked.

    Raises: `UnreadableSupposition`.
    """
    given = {name: value for name in ASKED if (value := asked.get(name, "").strip())}
    if not given.keys() - {"unit", "stopped_on"}:
        return None
    return Supposition(
        start=_day(given, "start"),
        at=_moment(given),
        length=_number(given, "length"),
        unit=_unit(given) if "length" in given else None,
        until=_day(given, "until"),
        stopped_on=_day(given, "stopped_on") if "stopped_days" in given else None,
        stopped_days=_number(given, "stopped_days"),
    )


def _day(given: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(given[name]) if name in given else None
    except ValueError as fault:
        raise UnreadableSupposition(f"“{given[name]}”不是日期", remedy="请写作 2026-09-30。", field=name) from fault


def _moment(given: Mapping[str, str]) -> datetime | None:
    try:
        moment = datetime.fromisoformat(given["at"]) if "at" in given else None
    except ValueError as fault:
        raise UnreadableSupposition(
            f"“{given['at']}”不是时刻", remedy="请写作 2026-09-30T14:20。", field="at"
        ) from fault
    return moment.replace(tzinfo=SHANGHAI) if moment else None


def _number(given: Mapping[str, str], name: str) -> int | None:
    if name not in given:
        return None
    if not (given[name].isascii() and given[name].isdigit() and len(given[name]) < 7):
        raise UnreadableSupposition(f"“{given[name]}”不是整数", remedy="请填写正整数。", field=name)
    return int(given[name])


def _unit(given: Mapping[str, str]) -> Unit | None:
    if "unit" not in given:
        return None
    if given["unit"] not in list(Unit):
        raise UnreadableSupposition(f"“{given['unit']}”不是期限单位", remedy="请从所列单位中选择。", field="unit")
    return Unit(given["unit"])
