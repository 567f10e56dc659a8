"""The vectors worked out by hand, and the builders that turn a line of them into a clock."""

import csv
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from fuyuantong.clock.rule import Roll, Rule, Source
from fuyuantong.clock.running import Extension, RunningClock, Stop
from fuyuantong.clock.terms import Term, Unit

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def named(row: dict[str, str]) -> str:
    return " ".join(value for value in row.values() if value)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def term(text: str) -> Term:
    length, unit = text.split()
    return Term(int(length), Unit(unit))


def a_rule(text: str) -> Rule:
    """`15 days`, `-3 days<` (rolls back), `=2026-10-03` (fixed), `=2026-10-03!` (fixed, does not roll)."""
    roll = {"<": Roll.BACKWARD, "!": Roll.NONE}.get(text[-1], Roll.BY_LAW)
    text = text.rstrip("<!")
    if text.startswith("="):
        return Rule(
            key="until:reply_by",
            title="答复",
            source=Source.FIXED,
            basis="建议书",
            fixed_on=day(text[1:]),
            roll=roll,
        )
    return Rule(key="house:answer", title="答复", source=Source.HOUSE, basis="方案", term=term(text), roll=roll)


def stops(text: str) -> tuple[Stop, ...]:
    """`2026-09-01>2026-09-11;2026-10-08>`: from, and the day on which it goes on."""
    pairs = (part.split(">") for part in text.split(";") if part)
    return tuple(
        Stop(from_on=date.fromisoformat(first), to_on=day(then), cause="鉴定", approver="院长") for first, then in pairs
    )


def extensions(text: str) -> tuple[Extension, ...]:
    """`+30 days;2026-11-10=2026-11-30`: a further term, or a new last day with the day of the grant."""
    return tuple(an_extension(part) for part in text.split(";") if part)


def an_extension(text: str) -> Extension:
    if text.startswith("+"):
        return Extension(on=date(2026, 9, 1), cause="情况复杂", approver="院长", term=term(text[1:]))
    on, until = text.split("=")
    return Extension(on=date.fromisoformat(on), cause="情况复杂", approver="院长", until=day(until))


def a_clock(
    rule: str = "15 days",
    start: str = "2026-11-02",
    *,
    stopped: str = "",
    extended: str = "",
    event: str = "",
) -> RunningClock:
    return RunningClock(
        name="reply",
        started_on=date.fromisoformat(start),
        trigger="收到建议书",
        rule=a_rule(rule),
        event_on=day(event),
        stops=stops(stopped),
        extensions=extensions(extended),
    )


def an_hour_clock(length: int, start: str, *, stopped: str = "", extended: str = "") -> RunningClock:
    started_at = datetime.fromisoformat(start)
    return RunningClock(
        name="arrest",
        started_on=date.fromisoformat(start[:10]),
        started_at=started_at,
        trigger="收到提请",
        rule=a_rule(f"{length} hours"),
        stops=stops(stopped),
        extensions=extensions(f"+{extended} hours" if extended else ""),
    )


@dataclass(frozen=True)
class Expected:
    raw_on: date | None
    due_on: date | None
    provisional: bool


def expected(row: dict[str, str]) -> Expected:
    return Expected(day(row["raw"]), day(row["due"]), row["provisional"] == "yes")
