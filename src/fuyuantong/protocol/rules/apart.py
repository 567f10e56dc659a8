"""Rules on parties: roles that must be played by two organs are not found in one and the same way."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from fuyuantong.protocol.faults import Fault, named
from fuyuantong.protocol.mechanism import Mechanism, Role


def faults(mechanism: Mechanism) -> Iterator[Fault]:
    """Yield the roles that would always be one organ, so that no step that binds both could ever be taken."""
    ways = {role.key: role.via for role in mechanism.roles}
    yield from clashes(mechanism, ways, path=(named(mechanism),))


def clashes(mechanism: Mechanism, ways: Mapping[str, str], *, path: tuple[str, ...]) -> Iterator[Fault]:
    """Yield each pair of single roles of a mechanism that gets its organ in one way; those without a way differ."""
    for one, other in combinations((role for role in mechanism.roles if not role.many), 2):
        way = ways.get(one.key, "")
        if way and way == ways.get(other.key) and not _may_be_same(one, other):
            message = f"{named(one)}与{named(other)}都由“{way}”确定，必是同一机关，须写明可为同一（may_be_same）"
            yield Fault("same-organ", message, path)


def _may_be_same(one: Role, other: Role) -> bool:
    return other.key in one.may_be_same or one.key in other.may_be_same
