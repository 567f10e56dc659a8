"""Rules on sides: whom a step puts into a part sits on a side of the table from which the part may be played."""

from collections.abc import Iterator, Mapping

from fuyuantong.protocol.faults import Fault, named
from fuyuantong.protocol.mechanism import Branch, Mechanism, Role

Sides = frozenset[Branch]

ALL: Sides = frozenset(Branch)
# what the directory itself sees to, whatever the organ from which one starts
HOLDERS: Mapping[str, Sides] = {
    "government_of": frozenset({Branch.GOVERNMENT}),
    "peer_procuratorate_of": frozenset({Branch.PROCURATORATE}),
}


def faults(mechanism: Mechanism) -> Iterator[Fault]:
    """Yield the roles that the directory would always fill from a side that may not play them."""
    for role in mechanism.roles:
        found = HOLDERS.get(role.via.partition(":")[0], ALL)
        if not found & _sides(role):
            yield Fault("wrong-side", f"{named(role)}由“{role.via}”确定，所得机关必不在所限的一方", (named(role),))


def mismatches(
    source: Mechanism, target: Mechanism, ways: Mapping[str, str], *, path: tuple[str, ...]
) -> Iterator[Fault]:
    """Yield the roles of `target` that `ways` may fill from a side that may not play them."""
    for role in target.roles:
        way = ways.get(role.key, "")
        strange = _found(source, way) - _sides(role) if way else frozenset()
        if strange:
            said = "、".join(sorted(strange))
            yield Fault("wrong-side", f"“{way}”可能在 {said} 一方，不能担任{named(target)}的{named(role)}", path)


def _found(source: Mechanism, way: str) -> Sides:
    """Return the sides on which the organs behind a way may sit; what a place sets, the place answers for."""
    relation, colon, _ = way.partition(":")
    if relation == "setting":
        return frozenset()
    if colon:
        return HOLDERS.get(relation, ALL)
    bound = [role for role in source.roles if way == role.key or role.via == f"field:{way}"]
    return frozenset.intersection(ALL, *map(_sides, bound))


def _sides(role: Role) -> Sides:
    return frozenset(role.branches) or ALL
