"""The files of this repository, for tests that read the tree."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent


def python_files(*folders: str) -> Iterator[Path]:
    """Return the Python files of the given folders, all of ours by default, as paths inside the repository."""
    for folder in folders or ("src", "tests"):
        for path in sorted((REPOSITORY / folder).rglob("*.py")):
            yield path.relative_to(REPOSITORY)


def files(pattern: str) -> Iterator[Path]:
    """Return the files that match a pattern, as paths inside the repository."""
    for path in sorted(REPOSITORY.glob(pattern)):
        yield path.relative_to(REPOSITORY)


def texts(path: Path) -> str:
    """Return the text of a file of the repository."""
    return (REPOSITORY / path).read_text(encoding="utf-8")


def project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads(texts(Path("pyproject.toml")))


def locked() -> dict[str, str]:
    """Return the version of every distribution in the lock file, by its normal name."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^ \\]+)", texts(Path("requirements.lock")), flags=re.MULTILINE)
    return {normal(name): version for name, version in found}


def normal(name: str) -> str:
    """Return the one spelling of a distribution's name."""
    return re.sub(r"[-_.]+", "-", name).lower()
