"""The closed-loop proof against thousands of harmed declarations, each judged by somebody who shares no code with it."""

import ast
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from tests.conformance.bouts import CATALOGUE, SEED, catalogue_bouts, made_up_bouts
from tests.oracles.contest import Bout, Table
from tests.oracles.strand import judge

TESTS = Path(__file__).parents[2]
STANDARD = {"collections", "copy", "functools", "itertools", "random", "typing"}
TOO_STRICT = 0.01  # share of sound mutants that the proof may refuse in the long run


def held(bouts: Iterator[Bout]) -> Table:
    """Hold a contest; no mutant that strands may be accepted, none refused for the wrong reason."""
    table, told = Table(), []
    for bout in bouts:
        table.add(bout)
        if bout.slipped or bout.hid:
            told.append(str(bout))
    assert not told, "\n".join(told)
    return table


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(6))
def test_no_made_up_declaration_that_strands_is_accepted(shard: int) -> None:
    table = held(islice(made_up_bouts(f"{SEED}/{shard}"), 100))

    assert table.count("strands, refused") > 30
    assert table.count("sound, refused") <= 2, table.summary()


@pytest.mark.slow
@pytest.mark.parametrize("key", sorted(CATALOGUE))
def test_no_mechanism_that_was_harmed_and_strands_is_accepted(key: str) -> None:
    table = held(islice(catalogue_bouts(key, SEED), 6))

    assert table.count("strands, refused") >= 2


@pytest.mark.soak
def test_twenty_thousand_mutants(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table()
    contests = [islice(made_up_bouts(f"{SEED}/soak", stations=5), 20_000)]
    contests += [islice(catalogue_bouts(key, f"{SEED}/soak"), 150) for key in sorted(CATALOGUE)]
    for bouts in contests:
        for bout in bouts:
            table.add(bout)
            if bout.slipped or bout.hid or bout.outcome == "sound, refused":
                with capsys.disabled():
                    print(f"\n{bout}", end="")
    with capsys.disabled():
        print(f"\nSEED={SEED}\n{table}\n{table.summary()}")

    assert table.count("strands, accepted") == 0
    assert table.share_too_strict() <= TOO_STRICT


@pytest.mark.parametrize("key", sorted(CATALOGUE))
def test_the_judge_finds_nothing_grave_in_the_catalogue(key: str) -> None:
    verdict = judge(CATALOGUE[key], CATALOGUE)

    assert verdict.whole
    assert [str(finding) for finding in verdict.findings if finding.grave] == []


def imports_of(module: str) -> set[str]:
    """Return the names of the modules that a module of the tests imports."""
    tree = ast.parse(TESTS.joinpath(*module.split(".")).with_suffix(".py").read_text(encoding="utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_the_judge_imports_nothing_of_ours() -> None:
    seen: set[str] = set()
    waiting = ["tests.oracles.contest"]
    while waiting:
        imported = imports_of(waiting.pop()) - seen
        seen |= imported
        waiting += [name for name in imported if name.startswith("tests.oracles.")]

    assert "tests.oracles.strand" in seen
    assert {name for name in seen if not name.startswith("tests.oracles.")} <= STANDARD | {"collections.abc"}
