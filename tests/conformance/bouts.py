"""Bouts between the proof and its judge: over declarations that are made up, and over those of the catalogue."""

import os
from collections.abc import Iterator, Mapping
from itertools import count

from tests.oracles.contest import Bout, harmed, made_up
from tests.oracles.parts import FOLLOW_UP
from tests.oracles.rulebook import Word
from tests.oracles.strand import judge

from fuyuantong.protocol import library
from fuyuantong.protocol.form import from_data, to_data
from fuyuantong.protocol.proof import prove
from fuyuantong.protocol.rules import circles

SEED = os.environ.get("SEED", "2026-08-03")  # make soak takes another: SEED=$RANDOM make soak
LIBRARY = library.read()
CATALOGUE = {key: to_data(mechanism) for key, mechanism in LIBRARY.mechanisms.items()}
MECHANISMS = {**LIBRARY.mechanisms, "follow-up": from_data(FOLLOW_UP)}
HOUSE = "term draft rest whole supervise owed collect opine tell handle extension review look-back answer-request"
TERMS = LIBRARY.terms | {f"house:{name}" for name in HOUSE.split()}  # those of the made-up too


def rules_broken(declaration: Word, others: Mapping[str, Word]) -> frozenset[str]:
    """Return the rules that the proof finds broken, alone and among the others."""
    together = {key: MECHANISMS[key] for key in others}
    mechanism = from_data(declaration)
    proof = prove(mechanism, terms=TERMS, mechanisms=together)
    turning = [fault for key, fault in circles.faults({**together, mechanism.key: mechanism}) if key == mechanism.key]
    return frozenset(fault.rule for fault in (*proof.faults, *turning))


def made_up_bouts(seed: str, *, stations: int = 3) -> Iterator[Bout]:
    """Yield bouts without end, eight to a declaration."""
    for number in count():
        yield from made_up(f"{seed}/{number}", rules_broken, mutants=8, stations=stations)


def catalogue_bouts(key: str, seed: str) -> Iterator[Bout]:
    """Yield bouts over a real mechanism without end."""
    before = judge(CATALOGUE[key], CATALOGUE)
    yield from harmed(CATALOGUE[key], CATALOGUE, rules_broken, before, seeds=(f"{seed}/{key}/{n}" for n in count()))
