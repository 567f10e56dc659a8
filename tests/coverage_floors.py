"""The floors of branch coverage, checked at the end of a test run (`--coverage-floors`)."""

import json
import tempfile
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import coverage
import pytest

WHOLE = (
    "src/fuyuantong/clock/*",
    "src/fuyuantong/seal/*",
    "src/fuyuantong/reading/*",
    "src/fuyuantong/docket/*",
    "src/fuyuantong/tables/*",
    "src/fuyuantong/typesetting/*",
    "src/fuyuantong/protocol/*",
    "src/fuyuantong/mechanisms/*",
    "src/fuyuantong/catalogue.py",
    "src/fuyuantong/*/services.py",
    "src/fuyuantong/*/services/*",
    "src/fuyuantong/accounts/guarding.py",
    "src/fuyuantong/accounts/importing.py",
    "src/fuyuantong/accounts/passwords.py",
    "src/fuyuantong/accounts/second_factor.py",
    "src/fuyuantong/accounts/security_log.py",
    "src/fuyuantong/accounts/sessions.py",
)
ELSEWHERE_PERCENT = 90.0
FAULTS = pytest.StashKey[list[str]]()

Summary = Mapping[str, Any]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the check; a run of a few tests goes without it."""
    parser.addoption("--coverage-floors", action="store_true", help="fail below the floors of branch coverage")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that leaves code below its floor; the processes of xdist leave it to the one that gathers."""
    if session.config.getoption("--coverage-floors") and not hasattr(session.config, "workerinput"):
        session.config.stash[FAULTS] = faults(_measured())
        if session.config.stash[FAULTS]:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which files are below their floor, before pytest's own closing line."""
    for fault in config.stash.get(FAULTS, []):
        terminalreporter.line(f"coverage: {fault}", red=True)


def faults(files: Mapping[str, Summary]) -> list[str]:
    """Return a line for every file that must be covered whole and is not, and one for all the others together."""
    whole = {name: file for name, file in files.items() if any(fnmatch(name, pattern) for pattern in WHOLE)}
    found = [
        _gaps(name, file) for name, file in sorted(whole.items()) if file["missing_lines"] or file["missing_branches"]
    ]
    percent = _percent(file["summary"] for name, file in files.items() if name not in whole)
    if percent < ELSEWHERE_PERCENT:
        low = sorted((_percent([file["summary"]]), name) for name, file in files.items() if name not in whole)
        listed = ", ".join(f"{name} {share:.0f}" for share, name in low[:10])
        found.append(f"{percent:.1f} % elsewhere, {ELSEWHERE_PERCENT:.0f} wanted; lowest: {listed}")
    return found


def _gaps(name: str, file: Summary) -> str:
    lines = ", ".join(str(line) for line in file["missing_lines"])
    branches = ", ".join(f"{start}→{end}" for start, end in file["missing_branches"])
    return f"{name} wants every branch; lines without a test: {lines[:200] or '-'}; branches: {branches[:200] or '-'}"


def _percent(summaries: Iterable[Summary]) -> float:
    parts = done = 0
    for summary in summaries:
        parts += summary["num_statements"] + summary["num_branches"]
        done += summary["covered_lines"] + summary["covered_branches"]
    return 100.0 * done / parts if parts else 100.0


def _measured() -> Mapping[str, Summary]:
    measured = coverage.Coverage()
    measured.load()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        measured.json_report(outfile=str(report))
        found: dict[str, Summary] = json.loads(report.read_text(encoding="utf-8"))["files"]
    return found
