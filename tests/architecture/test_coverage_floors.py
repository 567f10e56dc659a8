"""The floors of coverage: whole where the law is, nine tenths elsewhere."""

from typing import Any

import pytest
from tests.coverage_floors import faults


def measured(*, missing: int, of: int = 10) -> dict[str, Any]:
    """Return what the measurement says about a file."""
    lines = {"covered_lines": of - missing, "missing_lines": missing, "covered_branches": 0, "missing_branches": 0}
    return {"missing_lines": list(range(missing)), "missing_branches": [], "summary": lines}


def test_a_line_without_a_test_is_named_where_all_must_be_covered() -> None:
    found = faults({"src/fuyuantong/clock/terms.py": measured(missing=1)})

    assert found == ["src/fuyuantong/clock/terms.py wants every branch; lines without a test: 0; branches: -"]


@pytest.mark.parametrize("name", ["organs/services.py", "matters/services/acts.py"])
def test_services_must_be_covered_whole(name: str) -> None:
    assert len(faults({f"src/fuyuantong/{name}": measured(missing=1)})) == 1


def test_a_branch_without_a_test_counts_as_well() -> None:
    file = measured(missing=0) | {"missing_branches": [[3, 5]]}

    assert faults({"src/fuyuantong/seal/vault.py": file})[0].endswith("branches: 3→5")


def test_elsewhere_nine_tenths_together_are_enough() -> None:
    assert (
        faults({"src/fuyuantong/conf/a.py": measured(missing=0), "src/fuyuantong/conf/b.py": measured(missing=2)}) == []
    )


def test_less_is_a_fault_that_names_the_lowest() -> None:
    found = faults({"src/fuyuantong/conf/a.py": measured(missing=2)})

    assert found == ["80.0 % elsewhere, 90 wanted; lowest: src/fuyuantong/conf/a.py 80"]
