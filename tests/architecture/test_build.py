"""What makes the project install, run and be tested: the lock file, the verbs, the scripts."""

import os
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from tests.repository import REPOSITORY, files, locked, normal, project, texts

VERBS = ("setup", "demo", "run", "test", "lint", "bench", "soak")


def direct() -> list[str]:
    """Return every requirement that the project names itself."""
    described = project()
    groups = described["dependency-groups"].values()
    return [*described["project"]["dependencies"], *(line for group in groups for line in group)]


@pytest.mark.parametrize("line", direct())
def test_the_lock_file_satisfies_every_requirement(line: str) -> None:
    wanted = Requirement(line)

    assert wanted.specifier.contains(locked()[normal(wanted.name)])


def test_every_requirement_has_a_reason() -> None:
    lines = [line.strip() for line in texts(Path("pyproject.toml")).splitlines()]
    requirements = [line for line in lines if re.match(r'"[A-Za-z].*",', line) and re.search(r"[=<>]=|\[", line)]

    assert [line for line in requirements if "# " not in line] == []
    assert len(requirements) == len(direct())


def test_every_locked_distribution_has_hashes() -> None:
    lock = texts(Path("requirements.lock"))

    assert len(re.findall(r"==[^\n]*\\\n    --hash=sha256:", lock)) == len(locked())


def test_the_lock_file_names_no_host() -> None:
    assert "://" not in texts(Path("requirements.lock"))


@pytest.mark.parametrize("verb", VERBS)
def test_the_makefile_has_the_verb(verb: str) -> None:
    assert re.search(rf"^{verb}:", texts(Path("Makefile")), flags=re.MULTILINE)


def test_continuous_integration_runs_what_a_developer_types() -> None:
    assert re.findall(r"^make .*$", texts(Path(".ci/run")), flags=re.MULTILINE) == [
        "make setup",
        "make --jobs=2 lint test",
    ]


@pytest.mark.parametrize("script", [str(path) for path in files(".ci/*")])
def test_every_script_can_be_run_and_stops_at_the_first_fault(script: str) -> None:
    assert os.access(REPOSITORY / script, os.X_OK)
    assert "set -euo pipefail" in texts(Path(script))
