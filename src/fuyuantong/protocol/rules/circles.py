"""Rules over all mechanisms together: nobody waits for himself, and the engine never opens without end."""

from collections.abc import Callable, Iterator, Mapping

from fuyuantong.protocol.acts import Move
from fuyuantong.protocol.faults import Fault, named
from fuyuantong.protocol.mechanism import Await, Mechanism
from fuyuantong.protocol.proving import anatomy

Mechanisms = Mapping[str, Mechanism]


def faults(mechanisms: Mechanisms) -> Iterator[tuple[str, Fault]]:
    """Yield circles of awaiting and of opening by the engine, each under the key of its first mechanism."""
    for rule, message, onward in (
        ("await-cycle", "等候成环，永远等不到结果", awaited),
        ("opens-cycle", "系统自动另立事项成环，永无止境", opened_by_engine),
    ):
        for circle in _circles(mechanisms, onward):
            names = tuple(named(mechanisms[key]) for key in (*circle, circle[0]))
            yield circle[0], Fault(rule, message, names)


def awaited(mechanism: Mechanism) -> frozenset[str]:
    """Return the keys of the mechanisms whose matters this one waits for, also inside its children."""
    places = (place for part in family(mechanism) for place in part.states)
    return frozenset(place.child for place in places if isinstance(place, Await) and isinstance(place.child, str))


def opened_by_engine(mechanism: Mechanism) -> frozenset[str]:
    """Return the keys of the mechanisms that lapses and ballots open without anybody's act."""
    openings = (opening for part in family(mechanism) for opening in anatomy.openings(part))
    return frozenset(opening.opens.mechanism for opening in openings if not isinstance(opening.act, Move))


def linked(mechanism: Mechanism) -> frozenset[str]:
    """Return the keys of all mechanisms that this one opens or awaits."""
    openings = (opening for part in family(mechanism) for opening in anatomy.openings(part))
    return awaited(mechanism) | {opening.opens.mechanism for opening in openings}


def family(mechanism: Mechanism) -> Iterator[Mechanism]:
    """Yield a mechanism and all that are declared inside it."""
    yield mechanism
    for child in mechanism.children():
        yield from family(child)


def _circles(mechanisms: Mechanisms, onward: Callable[[Mechanism], frozenset[str]]) -> Iterator[tuple[str, ...]]:
    """Yield a shortest circle through each mechanism that lies on one, told once, from its first key."""
    targets = {key: sorted(onward(found) & mechanisms.keys()) for key, found in mechanisms.items()}
    told: set[frozenset[str]] = set()
    for start in sorted(targets):
        circle = _circle(start, targets)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            yield circle


def _circle(start: str, targets: Mapping[str, list[str]]) -> tuple[str, ...]:
    paths: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for path in paths:
        for key in targets[path[-1]]:
            if key == start:
                return path
            if key not in seen:
                seen.add(key)
                paths.append((*path, key))
    return ()
