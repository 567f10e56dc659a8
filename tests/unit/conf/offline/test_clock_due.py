"""`fyt clock due`: single questions and batches."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command

from fuyuantong.clock.periods import UnknownPeriod
from fuyuantong.conf.offline.management.commands.clock_due import BadQuestion


class Stdin:
    """Stand for standard input."""

    def __init__(self, *lines: str) -> None:
        self.buffer = io.BytesIO("".join(f"{line}\n" for line in lines).encode())


def ask(*words: str) -> str:
    """Return what the command prints."""
    said = io.StringIO()
    call_command("clock_due", *words, stdout=said)
    return said.getvalue()


def proof(*words: str) -> dict[str, Any]:
    """Return the proof that the command prints."""
    found: dict[str, Any] = json.loads(ask(*words, "--json"))
    return found


def test_a_period_of_law_is_explained() -> None:
    assert "2026-10-03为国庆节，顺延至2026-10-08届满" in ask("--period", "JY-01", "--from", "2026-08-03")


def test_a_proof_in_json_has_its_trace() -> None:
    found = proof("--period", "JY-01", "--from", "2026-08-03")

    assert found["result"]["due_on"] == "2026-10-08"
    assert found["trace"]


def test_a_length_is_counted_without_a_period_of_law() -> None:
    assert proof("--length", "2", "--unit", "months", "--from", "2026-08-03")["result"]["due_on"] == "2026-10-08"


@pytest.mark.parametrize(("statute", "due"), [("行政复议法", "2026-10-10"), ("行政诉讼法", "2026-10-08")])
def test_a_short_period_means_what_its_statute_means(statute: str, due: str) -> None:
    assert proof("--wording", "5日", "--statute", statute, "--from", "2026-09-28")["result"]["due_on"] == due


def test_hours_end_at_a_moment() -> None:
    found = proof("--length", "24", "--unit", "hours", "--from", "2026-08-03T09:30")

    assert found["result"]["due_at"] == "2026-08-04T10:00:00+08:00"


def test_a_moment_may_name_its_zone() -> None:
    found = proof("--length", "24", "--unit", "hours", "--from", "2026-08-03T01:30+00:00")

    assert found["result"]["due_at"] == "2026-08-04T10:00:00+08:00"


def test_a_moment_of_another_zone_counts_as_the_day_that_it_is_here() -> None:
    found = proof("--length", "1", "--unit", "days", "--from", "2026-08-03T23:00-08:00")

    assert found["clock"]["started_on"] == "2026-08-04"


def test_a_negative_length_is_counted_back_from_the_event() -> None:
    found = proof("--length=-3", "--unit", "working_days", "--from", "2026-10-09")

    assert found["result"]["due_on"] == "2026-09-29"


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "2026-08-03"),
        ("--period", "JY-01"),
        ("--period", "JY-01", "--length", "3", "--from", "2026-08-03"),
        ("--length", "3", "--from", "2026-08-03"),
        ("--period", "JY-01", "--from", "2026-02-30"),
        ("--period", "JY-01", "--from", "2026-W32-1"),
        ("--length", "24", "--unit", "hours", "--from", "2026-08-03"),
        ("--wording", "5日", "--statute", "行政复议", "--from", "2026-08-03"),
    ],
)
def test_a_question_that_leaves_something_open_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(BadQuestion):
        ask(*words)


def test_an_unknown_period_is_refused() -> None:
    with pytest.raises(UnknownPeriod):
        ask("--period", "XX-99", "--from", "2026-08-03")


def test_a_batch_is_answered_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    line = '{"length":15,"unit":"days","from":"2026-09-18"}'
    monkeypatch.setattr("sys.stdin", Stdin(line, line))

    assert ask("--batch", "-").splitlines() == ['{"due_on": "2026-10-08", "provisional": false}'] * 2


def test_a_bad_line_has_its_problem_and_the_others_their_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Stdin("?", "[" * 100_000, '{"length":1,"unit":"days","from":"2026-09-18"}'))
    said = io.StringIO()

    with pytest.raises(BadQuestion, match="有 2 行未能计算"):
        call_command("clock_due", "--batch", "-", stdout=said)

    types = [json.loads(line).get("type") for line in said.getvalue().splitlines()]
    assert types == ["urn:fuyuantong:refusal:bad-line", "urn:fuyuantong:refusal:bad-line", None]
