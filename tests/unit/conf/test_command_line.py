"""`fyt`: how a command is found, what is printed when it refuses, and what stays untouched."""

import json
from pathlib import Path

import pytest
from tests.processes import environment, fyt

from fuyuantong.conf.command_line import named, show
from fuyuantong.refusal import Refusal

COMMANDS = {"clock_due": 1, "clock": 1, "prove": 1}


class NotNow(Refusal):
    """Stand for any refusal."""

    key = "not-now"
    title = "现在不能办"


def test_two_words_name_one_command() -> None:
    assert named(["clock", "due", "--json"], among=COMMANDS) == ("clock_due", ["--json"])


def test_one_word_is_enough_where_two_name_nothing() -> None:
    assert named(["clock", "strike"], among=COMMANDS) == ("clock", ["strike"])


def test_a_command_alone_has_no_rest() -> None:
    assert named(["prove"], among=COMMANDS) == ("prove", [])


def test_an_unknown_word_names_nothing() -> None:
    assert named(["prvoe"], among=COMMANDS) is None


def test_a_refusal_is_one_paragraph_with_basis_and_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    show(NotNow("已经办结。", basis="某办法第3条", remedy="请查看轨迹。"), as_json=False)

    assert capsys.readouterr().err == "现在不能办：已经办结。\n依据：某办法第3条\n怎么办：请查看轨迹。\n"


def test_a_refusal_without_basis_shows_no_empty_lines(capsys: pytest.CaptureFixture[str]) -> None:
    show(NotNow("已经办结。"), as_json=False)

    assert capsys.readouterr().err == "现在不能办：已经办结。\n"


def test_a_refusal_in_json_is_a_problem(capsys: pytest.CaptureFixture[str]) -> None:
    show(NotNow("已经办结。"), as_json=True)

    problem = {"type": "urn:fuyuantong:refusal:not-now", "title": "现在不能办", "detail": "已经办结。"}
    assert json.loads(capsys.readouterr().out) == problem


@pytest.mark.slow
def test_without_words_all_commands_are_listed(tmp_path: Path) -> None:
    listed = fyt(env=environment(tmp_path))

    assert listed.returncode == 0
    assert "clock due" in listed.stdout
    assert "serve" in listed.stdout


@pytest.mark.slow
def test_the_list_is_to_be_had_in_json(tmp_path: Path) -> None:
    listed = fyt("--json", env=environment(tmp_path))

    assert json.loads(listed.stdout)["clock due"] == "计算期限届满日及其证明"


@pytest.mark.slow
def test_a_wrong_word_is_refused_without_starting_a_database(open_dir: Path) -> None:
    refused = fyt("clok", "due", env=environment(open_dir))

    assert refused.returncode == 2
    assert refused.stderr.startswith("没有这个命令：“fyt clok due”")
    assert not (open_dir / "postgres" / "data").exists()


@pytest.mark.slow
def test_a_command_that_needs_no_database_leaves_nothing_behind(tmp_path: Path) -> None:
    answered = fyt("clock", "due", "--period", "JY-01", "--from", "2026-08-03", env=environment(tmp_path))

    assert answered.returncode == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_command_alone_starts_the_database_and_stops_it(prepared_dir: Path) -> None:
    done = fyt("migrate", "--check", env=environment(prepared_dir))

    assert done.returncode == 0
    log = (prepared_dir / "postgres" / "postgres.log").read_text(encoding="utf-8")
    assert log.rstrip().endswith("database system is shut down")


@pytest.mark.slow
def test_an_unexpected_error_shows_its_trace(prepared_dir: Path) -> None:
    failed = fyt("shell", "-c", "1 / 0", env=environment(prepared_dir))

    assert failed.returncode == 1
    assert "ZeroDivisionError" in failed.stderr
