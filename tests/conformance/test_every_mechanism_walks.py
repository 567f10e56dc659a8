"""However a matter of any mechanism walks, somebody holds it, a clock runs, and its trail folds."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.protocol.engine.matter import FakeWorld, Matter
from tests.unit.protocol.engine.walking import opened, record_from, walk

from fuyuantong.clock.rule import Rule
from fuyuantong.protocol import Await, Final, Mechanism, library
from fuyuantong.protocol.fold import Situation, fold
from fuyuantong.protocol.proving.anatomy import endings
from fuyuantong.protocol.rules.circles import family
from fuyuantong.protocol.timing import clocks_of, life_of
from fuyuantong.seal.canonical import canonical, parse

LIBRARY = library.read()
PARTS = {
    f"{key}/{part.key}" if part is not mechanism else key: part
    for key, mechanism in sorted(LIBRARY.mechanisms.items())
    for part in family(mechanism)
}
MONDAY = date(2026, 8, 3)


class EveryPlace(FakeWorld):
    """A world in which every relation and every setting names exactly one organ."""

    def related(self, organ: str, relation: str, *, on: date) -> Sequence[str]:
        return (f"{relation}-{organ}",)

    def organs_by_setting(self, key: str, *, near: str) -> Sequence[str]:
        return (f"setting-{key}",)

    def house_rule(self, key: str, *, on: date, near: str) -> Rule:
        return LIBRARY.house_terms[key].as_rule()


def endings_of(mechanism: Mechanism) -> frozenset[str]:
    """Return how the children that this mechanism awaits may end."""
    awaits = [state for state in mechanism.states if isinstance(state, Await)]
    children = (
        place.child if isinstance(place.child, Mechanism) else LIBRARY.mechanisms[place.child] for place in awaits
    )
    return frozenset(ending for child in children for ending in endings(child))


def check_standing(mechanism: Mechanism, situation: Situation) -> None:
    """Assert that the holder plays the part that holds, and that exactly the clocks that live run."""
    state = mechanism.state(situation.state)
    assert situation.holder
    assert isinstance(state, Final) or situation.holder == situation.organ_of(state.holder)
    for clock in clocks_of(mechanism):
        standing = situation.clocks.get(clock.key)
        alive = situation.state in life_of(mechanism, clock)
        assert (standing is not None and standing.running) is alive, clock.key


@pytest.mark.slow
@pytest.mark.parametrize("key", PARTS)
def test_it_walks_as_it_is_told(key: str) -> None:
    mechanism = PARTS[key]

    @settings(max_examples=20)
    @given(data=st.data())
    def walks(data: st.DataObject) -> None:
        matter = opened(data, mechanism, Matter(mechanism, EveryPlace()), today=MONDAY)
        for _, walked in walk(data, matter, since=MONDAY, endings=endings_of(mechanism)):
            check_standing(mechanism, walked.situation)
            read_back = [record_from(parse(canonical(record.body()))) for record in walked.records]
            assert fold(read_back) == walked.situation

    walks()
