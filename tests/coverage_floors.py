"""The floors of branch coverage: whole where the law is, nine tenths elsewhere."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from typing import Any

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

Summary = Mapping[str, Any]


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
        covered = summary["covered_lines"] + summary["covered_branches"]
        parts += covered + summary["missing_lines"] + summary["missing_branches"]
        done += covered
    return 100.0 * done / parts if parts else 100.0
