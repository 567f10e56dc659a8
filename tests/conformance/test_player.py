"""Random players act on whatever the proof accepts, ten thousand times, and no matter is ever stranded."""

import os
from itertools import islice
from random import Random

import pytest
from tests.conformance.bouts import made_up_bouts
from tests.conformance.players import County
from tests.oracles.contest import Bout
from tests.oracles.generated import generate
from tests.oracles.parts import FOLLOW_UP

from fuyuantong.protocol import library
from fuyuantong.protocol.form import from_data
from fuyuantong.protocol.mechanism import Mechanism
from fuyuantong.protocol.proof import prove

SEED = os.environ.get("SEED", "2026-08-03")
MECHANISMS = library.read().mechanisms
FOLLOWING = {"follow-up": from_data(FOLLOW_UP)}
AT_ONCE = 6  # matters open at the same time


def play(county: County, mechanism: Mechanism, *, steps: int) -> None:
    """Let matters of the mechanism be played; a new one is opened whenever there are few."""
    for _ in range(steps):
        if sum(played.is_open for played in county.matters.values()) < AT_ONCE:
            county.open(mechanism)
        uid = county.step()
        touched = {uid, county.matters[uid].parent} & county.matters.keys()
        assert {county.stranded(key) for key in touched} <= {""}
        county.matters = {key: played for key, played in county.matters.items() if played.is_open}


@pytest.mark.slow
@pytest.mark.parametrize("key", sorted(MECHANISMS))
def test_four_hundred_random_acts_strand_no_matter_of_the_catalogue(key: str) -> None:
    county = County(MECHANISMS, Random(f"{SEED}/{key}"))

    play(county, MECHANISMS[key], steps=400)

    assert county.ended > 10


@pytest.mark.slow
def test_three_thousand_random_acts_strand_no_matter_of_a_made_up_declaration() -> None:
    county = County({}, Random(SEED))

    for number in range(50):
        play(county, a_proved_one(f"{SEED}/{number}"), steps=60)

    assert county.ended > 100


@pytest.mark.slow
def test_random_acts_strand_no_matter_of_a_harmed_declaration_that_is_accepted() -> None:
    for bout in islice(made_up_bouts(f"{SEED}/player"), 50):
        if not bout.faults:
            play_accepted(bout, steps=60)


@pytest.mark.soak
def test_two_thousand_harmed_declarations_that_are_accepted_strand_no_player() -> None:
    for bout in islice(made_up_bouts(f"{SEED}/player", stations=4), 6_000):
        if not bout.faults:
            play_accepted(bout, steps=150)


def play_accepted(bout: Bout, *, steps: int) -> None:
    """Play what both judge and proof let pass: the engine is the third opinion. Its seed tells which it was."""
    mechanism = from_data(bout.declaration)
    county = County({**FOLLOWING, mechanism.key: mechanism}, Random(bout.seed))
    try:
        play(county, mechanism, steps=steps)
    except Exception as failure:
        failure.add_note(str(bout))
        raise


def a_proved_one(seed: str) -> Mechanism:
    """Return the first made-up mechanism that the proof accepts; its examples are another matter."""
    rng = Random(seed)
    while True:
        declaration = generate(rng, most=4)
        mechanism = from_data(declaration)
        faults = prove(mechanism, terms=Anything(), mechanisms=FOLLOWING).faults
        if all(fault.rule.startswith("unshown") for fault in faults):
            return mechanism


class Anything(frozenset[str]):
    """A set that has everything in it."""

    def __contains__(self, _: object) -> bool:
        return True
