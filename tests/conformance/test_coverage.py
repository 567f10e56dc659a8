"""Every row of the matrix is told where it is; no row is made up, and none is done twice by accident."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.terminal import Terminal

from fuyuantong.protocol import library
from fuyuantong.protocol.coverage import Coverage, MatrixRow, coverage, features

ROOT = Path(__file__).parents[2]
SHELF = library.read()
FOUND = coverage(SHELF.folder, SHELF.mechanisms.values())


def test_the_matrix_has_221_rows() -> None:
    assert len({row.key for row in FOUND.rows}) == 221


def test_no_row_is_made_up_or_done_twice_by_accident() -> None:
    assert list(FOUND.faults()) == []


def test_the_page_says_what_is_true_now() -> None:
    assert (ROOT / "docs/coverage.md").read_text(encoding="utf-8") == FOUND.page()


@pytest.mark.parametrize("package", sorted({feature.package for feature in features(SHELF.folder)}))
def test_the_package_of_a_feature_exists(package: str) -> None:
    assert (ROOT / "src/fuyuantong" / package).is_dir()


def test_a_made_up_row_and_an_accidental_double_are_told() -> None:
    row = MatrixRow("SUG-10", "口头建议", "司法建议", several=False)
    twice = Coverage((row,), {"SUG-10": ("甲", "乙"), "SUG-99": ("丙",)})

    assert list(twice.faults()) == ["SUG-10 口头建议 重复实现：甲、乙", "SUG-99 不在矩阵中：丙"]
    assert list(replace(twice, rows=(replace(row, several=True),), places={"SUG-10": ("甲", "乙")}).faults()) == []


def test_fyt_coverage_tells_and_writes(terminal: Terminal, tmp_path: Path) -> None:
    said = terminal("coverage", "--write", str(tmp_path / "page.md"))

    assert said.said.startswith("221 项中已实现")
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == FOUND.page()
