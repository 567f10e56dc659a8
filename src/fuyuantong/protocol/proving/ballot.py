"""What a ballot may decide: every outcome that the children of an Await can bring, however many they are."""

from collections import deque
from dataclasses import dataclass

from fuyuantong.protocol.decision import decided
from fuyuantong.protocol.mechanism import Await, Tally


@dataclass(frozen=True)
class Outcomes:
    """The rules that some outcome reaches, and a smallest outcome that no rule decides, if there is one."""

    decisive: tuple[Tally, ...]
    undecided: tuple[str, ...] | None


def outcomes(place: Await, endings: tuple[str, ...]) -> Outcomes:
    """
    Return what the ballot makes of every non-empty set of endings, for one child or more.

    Endings that no rule tells apart are one kind; of each kind as many are tried as the largest `n` counts. More
    change no rule's answer, so this is exact for any number of children.
    """
    kinds = {tuple(ending in rule.endings for rule in place.ballot): ending for ending in reversed(endings)}
    most = max((rule.n for rule in place.ballot), default=0) or 1
    decisive: dict[int, Tally] = {}
    undecided: tuple[str, ...] | None = None
    seen: set[tuple[str, ...]] = set()
    queue: deque[tuple[str, ...]] = deque([()])
    while queue:
        ended = queue.popleft()
        for ending in kinds.values():
            after = tuple(sorted((*ended, ending)))
            if ended.count(ending) >= most or after in seen:
                continue
            seen.add(after)
            complete = decided(place, after, awaited=len(after))
            early = decided(place, after, awaited=len(after) + 1)
            decisive |= {place.ballot.index(rule): rule for rule in (complete, early) if rule}
            if complete is None and undecided is None:
                undecided = after
            if early is None:
                queue.append(after)
    return Outcomes(tuple(decisive[at] for at in sorted(decisive)), undecided)
