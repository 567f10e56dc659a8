"""The closed-loop proof against thousands of harmed declarations, each judged by somebody who shares no code with it."""

import ast
import os
from collections.abc import Iterator, Mapping
from itertools import count, islice
from pathlib import Path

import pytest
from tests.oracles.contest import Bout, Table, harmed, made_up
from tests.oracles.parts import FOLLOW_UP
from tests.oracles.rulebook import Word
from tests.oracles.strand import judge

from fuyuantong.protocol import library
from fuyuantong.protocol.form import from_data, to_data
from fuyuantong.protocol.proof import prove
from fuyuantong.protocol.rules import circles

TESTS = Path(__file__).parents[2]
STANDARD = {"collections", "copy", "functools", "itertools", "random", "typing"}
SEED = os.environ.get("SEED", "2026-08-03")  # make soak takes another: SEED=$RANDOM make soak
LIBRARY = library.read()
CATALOGUE = {key: to_data(mechanism) for key, mechanism in LIBRARY.mechanisms.items()}
MECHANISMS = {**LIBRARY.mechanisms, "follow-up": from_data(FOLLOW_UP)}
TOO_STRICT = 0.01  # share of sound mutants that the proof may refuse in the long run


def rules_broken(declaration: Word, others: Mapping[str, Word]) -> frozenset[str]:
    """Return the rules that the proof finds broken, alone and among the others."""
    together = {key: MECHANISMS[key] for key in others}
    mechanism = from_data(declaration)
    proof = prove(mechanism, terms=TERMS, mechanisms=together)
    turning = [fault for key, fault in circles.faults({**together, mechanism.key: mechanism}) if key == mechanism.key]
    return frozenset(fault.rule for fault in (*proof.faults, *turning))


def terms_of_the_made_up() -> frozenset[str]:
    """Return the terms that made-up declarations run by."""
    house = "term draft rest whole supervise owed collect opine tell handle extension review look-back answer-request"
    return frozenset(f"house:{name}" for name in house.split())


TERMS = LIBRARY.terms | terms_of_the_made_up()


def made_up_bouts(seed: str, *, stations: int = 3) -> Iterator[Bout]:
    """Yield bouts without end, eight to a declaration."""
    for number in count():
        yield from made_up(f"{seed}/{number}", rules_broken, mutants=8, stations=stations)


def catalogue_bouts(key: str, seed: str) -> Iterator[Bout]:
    """Yield bouts over a real mechanism without end."""
    before = judge(CATALOGUE[key], CATALOGUE)
    yield from harmed(CATALOGUE[key], CATALOGUE, rules_broken, before, seeds=(f"{seed}/{key}/{n}" for n in count()))


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
@pytest.mark.parametrize("shard", range(9))
def test_no_made_up_declaration_that_strands_is_accepted(shard: int) -> None:
    table = held(islice(made_up_bouts(f"{SEED}/{shard}"), 200))

    assert table.count("strands, refused") > 60
    assert table.count("sound, refused") <= 2, table.summary()


@pytest.mark.slow
@pytest.mark.parametrize("key", sorted(CATALOGUE))
def test_no_mechanism_that_was_harmed_and_strands_is_accepted(key: str) -> None:
    table = held(islice(catalogue_bouts(key, SEED), 12))

    assert table.count("strands, refused") >= 4


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
    seen, waiting = set(), ["tests.oracles.contest"]
    while waiting:
        imported = imports_of(waiting.pop()) - seen
        seen |= imported
        waiting += [name for name in imported if name.startswith("tests.oracles.")]

    assert "tests.oracles.strand" in seen
    assert {name for name in seen if not name.startswith("tests.oracles.")} <= STANDARD | {"collections.abc"}
