"""`fyt clock check`: a downloaded proof, reckoned again."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from fuyuantong.conf.offline.management.commands.clock_check import UnreadableProof


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file with an honest proof."""
    said = io.StringIO()
    call_command("clock_due", "--period", "JY-01", "--from", "2026-08-03", "--json", stdout=said)
    path = tmp_path / "proof.json"
    path.write_text(said.getvalue(), encoding="utf-8")
    return path


def ask(*words: str) -> str:
    """Return what the command prints."""
    said = io.StringIO()
    call_command("clock_check", *words, stdout=said)
    return said.getvalue()


def test_an_honest_proof_is_confirmed(file: Path) -> None:
    assert ask(str(file)).splitlines()[-1] == "核对：一致"


def test_a_forged_proof_is_told_and_fails(file: Path) -> None:
    file.write_text(file.read_text().replace('"due_on": "2026-10-08"', '"due_on": "2026-10-09"'))
    said = io.StringIO()

    with pytest.raises(SystemExit):
        call_command("clock_check", str(file), stdout=said)
    assert said.getvalue().splitlines()[-1] == "核对：不一致，届满日：证明为 2026-10-09，算出 2026-10-08"


def test_the_answer_is_data_when_asked(file: Path) -> None:
    found: dict[str, Any] = json.loads(ask(str(file), "--json"))

    assert (found["equal"], found["due_on"], found["differences"]) == (True, "2026-10-08", [])


def test_another_calendar_is_told(file: Path, tmp_path: Path) -> None:
    (tmp_path / "2027.csv").write_text("date,kind,name\n2027-01-01,holiday,元旦\n")

    assert "注意：证明所用日历" in ask(str(file), "--holidays", str(tmp_path))


@pytest.mark.parametrize("content", ["[]", "nothing", "[" * 100_000])
def test_what_is_no_proof_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(content)

    with pytest.raises(UnreadableProof):
        ask(str(file))
