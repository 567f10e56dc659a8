"""What a ballot may decide, for any number of children."""

from dataclasses import replace
from itertools import combinations_with_replacement

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.protocol.proof.letters import COLLECTING

from fuyuantong.protocol import Tally
from fuyuantong.protocol.proving.ballot import outcomes

ENDINGS = ("agreed", "refused", "lapsed")


def balloting(*rules: Tally) -> tuple[list[str], tuple[str, ...] | None]:
    """Return where the ballot may lead, and what it leaves undecided."""
    found = outcomes(replace(COLLECTING, ballot=rules), ENDINGS)
    return [rule.to for rule in found.decisive], found.undecided


def test_all_and_otherwise_decide_everything() -> None:
    assert balloting(Tally("all", ("agreed",), to="a"), Tally("otherwise", to="b")) == (["a", "b"], None)


def test_a_rule_behind_one_that_always_holds_never_decides() -> None:
    assert balloting(Tally("otherwise", to="a"), Tally("any", ("refused",), to="b")) == (["a"], None)


def test_a_rule_that_is_tried_early_comes_before_one_that_waits() -> None:
    ballot = (Tally("all", ("agreed", "refused"), to="a"), Tally("any", ("refused",), to="b", early=True))

    assert balloting(*ballot) == (["a", "b"], ("lapsed",))


def test_a_count_is_reached_by_several_kinds_together() -> None:
    ballot = (Tally("count", ("agreed", "refused"), to="a", n=3), Tally("otherwise", to="b"))

    assert balloting(*ballot) == (["a", "b"], None)


def test_nothing_is_decided_where_no_child_can_end() -> None:
    assert outcomes(COLLECTING, ()).decisive == ()


RULES = st.builds(
    Tally,
    st.sampled_from(["all", "any", "count", "otherwise"]),
    st.lists(st.sampled_from(ENDINGS), min_size=1, max_size=2, unique=True).map(tuple),
    to=st.sampled_from(["a", "b"]),
    n=st.integers(1, 3),
    early=st.booleans(),
)


def first_to_hold(ballot: list[Tally], ended: tuple[str, ...], *, last: bool) -> int | None:
    """Return the place of the rule that decides, told from the docstring of `Tally` alone."""
    for place, rule in enumerate(ballot):
        hits = [ending for ending in ended if ending in rule.endings]
        holds = {
            "all": last and hits == list(ended),
            "any": bool(hits),
            "count": len(hits) >= rule.n,
            "otherwise": last,
        }
        if holds[rule.how] and (last or rule.early):
            return place
    return None


def played(ballot: list[Tally], endings: tuple[str, ...]) -> int | None:
    """Return the rule that decides when the children end in this order."""
    for ended in range(1, len(endings) + 1):
        found = first_to_hold(ballot, endings[:ended], last=ended == len(endings))
        if found is not None:
            return found
    return None


@given(st.lists(RULES, min_size=1, max_size=3), st.lists(st.sampled_from(ENDINGS), min_size=1, max_size=8).map(tuple))
def test_whatever_the_children_do_was_foreseen(ballot: list[Tally], endings: tuple[str, ...]) -> None:
    found = outcomes(replace(COLLECTING, ballot=tuple(ballot)), ENDINGS)
    decided = played(ballot, endings)

    assert (decided is None and found.undecided is not None) or (
        decided is not None and ballot[decided] in found.decisive
    )


@given(st.lists(RULES, min_size=1, max_size=3))
def test_what_is_foreseen_can_happen(ballot: list[Tally]) -> None:
    found = outcomes(replace(COLLECTING, ballot=tuple(ballot)), ENDINGS)
    plays = {
        played(ballot, order) for size in range(1, 7) for order in combinations_with_replacement(ENDINGS, size)
    } | {played(ballot, order[::-1]) for size in range(1, 7) for order in combinations_with_replacement(ENDINGS, size)}

    assert (None in plays) == (found.undecided is not None)
