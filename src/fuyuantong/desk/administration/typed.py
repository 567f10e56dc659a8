"""What administrators type into forms, read strictly."""

from collections.abc import Mapping
from datetime import date, datetime

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.organs.staffing import start_of
from fuyuantong.refusal import Refusal


class BadField(Refusal):
    """Refuse what was typed into a field."""

    key = "bad-field"
    title = "填写有误"
    remedy = "请更正后重新提交。"


def day(fields: Mapping[str, str], name: str, *, title: str) -> date:
    """Return a field as a day. Raises: `BadField`."""
    try:
        return date.fromisoformat(fields.get(name, ""))
    except ValueError:
        raise BadField(f"{title}不是日期", remedy="请写作 2026-11-23。", field=name) from None


def whole(fields: Mapping[str, str], name: str, *, title: str) -> int:
    """Return a field as a whole number. Raises: `BadField`."""
    try:
        return int(fields.get(name, ""))
    except ValueError:
        raise BadField(f"{title}不是整数", remedy="请写作 10。", field=name) from None


def moment(fields: Mapping[str, str], name: str, *, title: str, now: datetime) -> datetime:
    """Return from when: now when the field is empty or today, else the first moment of its day. Raises: `BadField`."""
    if not fields.get(name):
        return now
    said = day(fields, name, title=title)
    return now if said == now.astimezone(SHANGHAI).date() else start_of(said)
