"""A proof held against a fresh reckoning: what is the same, and what is not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.proof import Proof, Standing, recompute
from fuyuantong.clock.running import BadClock

MEMBERS = {
    "standing": "状态",
    "provisional": "是否暂定",
    "raw_due_on": "顺延前的末日",
    "due_on": "届满日",
    "due_at": "届满时刻",
    "ceiling_due_on": "法定上限",
}
_STANDINGS = {standing.value: standing.word for standing in Standing}


@dataclass(frozen=True)
class Difference:
    """Keep one thing that the proof says otherwise than the fresh reckoning, both in words."""

    title: str
    stored: str
    found: str


@dataclass(frozen=True)
class Check:
    """Keep the fresh proof, the calendar that was used before, and where the two differ."""

    proof: Proof
    calendar_version: str
    differences: tuple[Difference, ...]

    @property
    def same_calendar(self) -> bool:
        """Tell whether both were reckoned by the same calendar."""
        return self.calendar_version == self.proof.calendar_version


def check(data: Mapping[str, object], calendar: Calendar) -> Check:
    """
    Reckon a stored proof again from its inputs and compare the result, and the days that are kept of it.

    Raises: `BadClock` if the inputs are missing or spoiled, or no result is stored.
    """
    proof = recompute(data, calendar)
    result, version = data.get("result"), data.get("calendar_version")
    if not isinstance(result, Mapping) or not isinstance(version, str):
        raise BadClock("期限证明缺少结果或者日历版本", remedy="请核对文件是否完整。")
    fresh = proof.to_data()
    return Check(proof, version, (*differences(result, proof), *_days_apart(data.get("trace"), fresh["trace"])))


def differences(stored: Mapping[str, object], proof: Proof) -> Iterator[Difference]:
    """Yield the members of a stored result that the proof gives otherwise; members that are not stored say nothing."""
    fresh = proof.result_data()
    for member, title in MEMBERS.items():
        if member in stored and stored[member] != fresh[member]:
            yield Difference(title, _said(stored[member]), _said(fresh[member]))


def _days_apart(stored: object, fresh: object) -> Iterator[Difference]:
    if stored is None or stored == fresh:
        return
    before, now = _days(stored), _days(fresh)
    apart = sorted(on for on in before.keys() | now.keys() if before.get(on) != now.get(on))
    if not apart:
        yield Difference("逐日记录", "有", "不同")
    for on in apart:
        yield Difference(f"{on} 这一天", before.get(on, "无"), now.get(on, "无"))


def _days(trace: object) -> dict[str, str]:
    days = trace if isinstance(trace, list) else []
    told = [day for day in days if isinstance(day, dict) and "on" in day]
    return {
        str(day["on"]): " ".join(str(day[member]) for member in ("mark", "index", "note") if day.get(member))
        for day in told
    }


def _said(value: object) -> str:
    if value is None:
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    return _STANDINGS.get(str(value), str(value))
