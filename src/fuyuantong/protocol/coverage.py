"""Which rows of the matrix of what plans ask for are there, and where."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fuyuantong.protocol.library import read_rows
from fuyuantong.protocol.mechanism import Mechanism

PAGE_HEAD = """# Coverage

Every row of the matrix (what the plans of five places ask for, 221 rows) and where it is. Written by
`fyt coverage --write`; a test keeps it true.

"""


@dataclass(frozen=True)
class MatrixRow:
    """One thing that plans ask for; `several` when more than one mechanism serves it on purpose."""

    key: str
    title: str
    group: str
    several: bool


@dataclass(frozen=True)
class Feature:
    """What the platform itself does for a row, and in which package of ours."""

    row: str
    title: str
    package: str


@dataclass(frozen=True)
class Coverage:
    """Keep the rows, and for each the places that serve it, in words."""

    rows: tuple[MatrixRow, ...]
    places: Mapping[str, tuple[str, ...]]

    @property
    def covered(self) -> int:
        """Return how many rows are served."""
        return sum(1 for row in self.rows if row.key in self.places)

    def faults(self) -> Iterator[str]:
        """Find rows that there are not, and rows that are served twice without being meant to."""
        known = {row.key: row for row in self.rows}
        for key, found in sorted(self.places.items()):
            if key not in known:
                yield f"{key} 不在矩阵中：{'、'.join(found)}"
            elif len(found) > 1 and not known[key].several:
                yield f"{key} {known[key].title} 重复实现：{'、'.join(found)}"

    def page(self) -> str:
        """Return the page of the documentation."""
        lines = [PAGE_HEAD + f"{self.covered} of {len(self.rows)} rows are there.\n"]
        for group in dict.fromkeys(row.group for row in self.rows):
            rows = [row for row in self.rows if row.group == group]
            done = sum(1 for row in rows if row.key in self.places)
            lines.append(f"\n## {group} ({done}/{len(rows)})\n\n| row | 名称 | 在哪里 |\n|---|---|---|\n")
            lines += (f"| {row.key} | {row.title} | {'；'.join(self.places.get(row.key, ()))} |\n" for row in rows)
        return "".join(lines)


def coverage(folder: Path, mechanisms: Iterable[Mechanism]) -> Coverage:
    """Return which rows of the matrix in a folder are served by mechanisms and by features."""
    places: dict[str, tuple[str, ...]] = {}
    for mechanism in sorted(mechanisms, key=lambda one: one.key):
        for row in mechanism.implements:
            places[row] = (*places.get(row, ()), f"{mechanism.title} `{mechanism.key}`")
    for feature in features(folder):
        places[feature.row] = (*places.get(feature.row, ()), f"{feature.title} `{feature.package}/`")
    return Coverage(tuple(_matrix(folder)), places)


def features(folder: Path) -> tuple[Feature, ...]:
    """Return what the platform itself does for rows of the matrix."""
    return tuple(Feature(**row) for row in read_rows(folder, "features.csv"))


def _matrix(folder: Path) -> Iterator[MatrixRow]:
    for row in read_rows(folder, "matrix.csv"):
        yield MatrixRow(row["row"], row["title"], row["group"], row["several"] == "yes")
