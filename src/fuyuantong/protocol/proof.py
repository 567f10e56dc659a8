"""The proof that a mechanism cannot strand a matter: every rule, all faults at once, each with its path."""

from collections.abc import Collection, Iterator, Mapping

from fuyuantong.protocol.faults import Fault, Proof, named
from fuyuantong.protocol.mechanism import Await, Mechanism
from fuyuantong.protocol.proving.configuration import Space, explore
from fuyuantong.protocol.proving.frame import Frame
from fuyuantong.protocol.proving.given import Given
from fuyuantong.protocol.rules import (
    apart,
    clocks,
    closure,
    endings,
    examples,
    keys,
    links,
    needs,
    readable,
    shape,
    sides,
    truths,
)

NONE: Mapping[str, Mechanism] = {}


def prove(mechanism: Mechanism, *, terms: Collection[str], mechanisms: Mapping[str, Mechanism] = NONE) -> Proof:
    """
    Return all faults of a declaration, and how much was explored.

    `terms`: the keys of all periods, of law (`JY-01`) and of the house (`house:sign-for`); `mechanisms`: what the
    declaration may open or await by key. A declaration with broken references is not explored: what its paths are
    is not said yet.
    """
    return _prove(mechanism, frozenset(), terms, mechanisms)


def _prove(
    mechanism: Mechanism, inherited: frozenset[str], terms: Collection[str], others: Mapping[str, Mechanism]
) -> Proof:
    broken = (*keys.faults(mechanism), *links.unknown(mechanism, others))
    if broken:
        return Proof(broken, 0, 0)
    space = explore(Frame(mechanism, inherited=inherited, others=others))
    given = Given(space)
    found = [*_declared(mechanism, terms, others), *_walked(space, given)]
    configurations, edges = len(space.configurations), len(space.edges)
    for place, proof in _children(space, given, terms, others):
        found += [Fault(fault.rule, fault.message, (named(place), *fault.path)) for fault in proof.faults]
        configurations, edges = configurations + proof.configurations, edges + proof.edges
    return Proof(tuple(found), configurations, edges)


def _declared(mechanism: Mechanism, terms: Collection[str], others: Mapping[str, Mechanism]) -> Iterator[Fault]:
    """Yield the faults that can be read off the declaration."""
    yield from shape.faults(mechanism)
    yield from apart.faults(mechanism)
    yield from sides.faults(mechanism)
    yield from readable.faults(mechanism)
    yield from clocks.faults(mechanism, terms)
    yield from endings.faults(mechanism)
    yield from links.own_entries(mechanism)
    yield from links.faults(mechanism, others)


def _walked(space: Space, given: Given) -> Iterator[Fault]:
    """Yield the faults that only walking shows."""
    yield from closure.faults(space)
    yield from needs.faults(space, given)
    yield from examples.faults(space)
    yield from truths.faults(space.frame)


def _children(
    space: Space, given: Given, terms: Collection[str], others: Mapping[str, Mechanism]
) -> Iterator[tuple[Await, Proof]]:
    """Prove each child that is declared inside an Await, with the roles that every path to the Await has bound."""
    mechanism = space.frame.mechanism
    for place in mechanism.states:
        if isinstance(place, Await) and isinstance(place.child, Mechanism):
            stays = [at for at, configuration in enumerate(space.configurations) if configuration.state == place.key]
            shared = links.shared_roles(mechanism, place.child)
            bound = {key for key in shared if not any(given.missing(key, at) for at in stays)}
            if any(role.key == place.each for role in place.child.roles):
                bound.add(place.each)
            yield place, _prove(place.child, frozenset(bound), terms, others)
