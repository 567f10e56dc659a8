"""What changed between two versions of one plan: obligations that stayed, changed, came and went."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fuyuantong.reading.folding import fold
from fuyuantong.reading.unit_lists import named
from fuyuantong.reading.values import Obligation, Reading

ALIKE = 0.6  # share of common character pairs above which two texts are versions of one another
ALIKE_IN_PLACE = 0.35  # the same where they stand under the same clause


class ChangeKind(StrEnum):
    """Say what became of an obligation."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"

    @property
    def word(self) -> str:
        """Return the kind as people call it."""
        return {"same": "未变", "changed": "修改", "new": "新增", "gone": "删除"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Change:
    """
    Keep one obligation before and after, and what differs.

    `before` and `after` are places in the obligations of the two readings; `differs` names text, units, lead, due,
    targets or modality; `likeness` is the share of common character pairs, 0 to 1.
    """

    kind: ChangeKind
    before: int | None = None
    after: int | None = None
    differs: tuple[str, ...] = ()
    likeness: float = 0.0


def compare(old: Reading, new: Reading) -> tuple[Change, ...]:
    """
    Return what became of every obligation: those of the new version in their order, then those that are gone.

    Two obligations are versions of one another if their texts are alike, nearly or, under the same clause, roughly;
    each is paired once, the most alike first.
    """
    before = [_Side(found, old.text) for found in old.obligations]
    after = [_Side(found, new.text) for found in new.obligations]
    pairs = _paired(before, after)
    kept = [_change(pairs.get(place), place, before, after) for place in range(len(after))]
    gone = sorted(set(range(len(before))) - {at for at, _ in pairs.values()})
    return (*kept, *(Change(kind=ChangeKind.GONE, before=place) for place in gone))


class _Side:
    def __init__(self, found: Obligation, text: str) -> None:
        self.clause = found.clause
        self.said = "".join(fold(found.part.of(text)).split())
        self.pairs = Counter(self.said[at : at + 2] for at in range(max(1, len(self.said) - 1)))
        self.values: Mapping[str, object] = {
            "units": frozenset(named(found.units)),
            "lead": frozenset(named(found.lead)),
            "due": (found.due.type, found.due.on, found.due.period, found.due.times, found.due.within),
            "targets": tuple((target.indicator, target.operator, target.value) for target in found.targets),
            "modality": found.modality,
        }

    def likeness(self, other: "_Side") -> float:
        """Return the share of character pairs that both texts have."""
        return 2 * (self.pairs & other.pairs).total() / (self.pairs.total() + other.pairs.total())

    def differs(self, other: "_Side") -> tuple[str, ...]:
        """Return the names of what is not the same."""
        text = ("text",) if self.said != other.said else ()
        return (*text, *(name for name, value in self.values.items() if value != other.values[name]))


def _paired(before: Sequence[_Side], after: Sequence[_Side]) -> dict[int, tuple[int, float]]:
    """Return for each place of the new version the one of the old it is paired with."""
    ranked = sorted(_candidates(before, after), key=lambda found: (-found[0], found[1], found[2], found[3]))
    pairs: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for likeness, _, old, new in ranked:
        if old not in taken and new not in pairs:
            taken.add(old)
            pairs[new] = (old, likeness)
    return pairs


def _candidates(before: Sequence[_Side], after: Sequence[_Side]) -> Iterator[tuple[float, float, int, int]]:
    by_pair: defaultdict[str, set[int]] = defaultdict(set)
    for place, side in enumerate(before):
        for pair in side.pairs:
            by_pair[pair].add(place)
    for new, side in enumerate(after):
        shared = Counter(place for pair in side.pairs for place in by_pair[pair])
        for old, common in shared.items():
            # too few common pairs can never be alike enough, and most texts share a few
            if common * 3 < min(len(side.pairs), len(before[old].pairs)) * ALIKE_IN_PLACE:
                continue
            likeness = side.likeness(before[old])
            in_place = side.clause == before[old].clause
            if likeness >= (ALIKE_IN_PLACE if in_place else ALIKE):
                agrees = len(side.differs(before[old])) + (not in_place)
                yield likeness, agrees, old, new


def _change(pair: tuple[int, float] | None, place: int, before: Sequence[_Side], after: Sequence[_Side]) -> Change:
    if pair is None:
        return Change(kind=ChangeKind.NEW, after=place)
    old, likeness = pair
    differs = after[place].differs(before[old])
    kind = ChangeKind.CHANGED if differs else ChangeKind.SAME
    return Change(kind=kind, before=old, after=place, differs=differs, likeness=likeness)
