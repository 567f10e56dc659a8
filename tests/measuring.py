"""Measure branch coverage in a run that `PYTEST_PLUGINS=tests.measuring` starts, and check its floors at the end."""

import json
from typing import Any

import pytest
from slipcover import FileMatcher, ImportManager, Slipcover, merge_coverage
from tests.coverage_floors import faults
from tests.repository import REPOSITORY

SOURCE = REPOSITORY / "src" / "fuyuantong"
NOT_CODE = ["if TYPE_CHECKING:", "if __name__ == .__main__.:", "@abstractmethod", r"\.\.\.$"]
# SlipCover would exchange code for the same without probes that have told enough; it does so under running threads too,
# and a process has crashed by it
NEVER = 2**31 - 1
GATHERED = pytest.StashKey[list[str]]()
FAULTS = pytest.StashKey[list[str]]()

# every process of xdist loads plugins of the environment before any module of ours: all of them are probed
measured = Slipcover(branch=True, d_miss_threshold=NEVER, source=[str(SOURCE)], exclude_also=NOT_CODE)
ImportManager(measured, FileMatcher(sources=[SOURCE])).__enter__()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Keep what a process of xdist has measured."""
    node.config.stash.setdefault(GATHERED, []).append(node.workeroutput["measured"])


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that leaves code below its floor; the processes of xdist leave it to the one that gathers."""
    if hasattr(session.config, "workeroutput"):
        measured.source = None  # of what it has not loaded, the one that gathers knows as much
        session.config.workeroutput["measured"] = json.dumps(measured.get_coverage())
        return
    together = measured.get_coverage()
    for part in session.config.stash.get(GATHERED, []):
        merge_coverage(together, json.loads(part))
    session.config.stash[FAULTS] = faults(together["files"])
    if session.config.stash[FAULTS]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which files are below their floor, before pytest's own closing line."""
    for fault in config.stash.get(FAULTS, []):
        terminalreporter.line(f"coverage: {fault}", red=True)
