"""An agenda: what is to be done at which moment, taken in the order of time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

PEOPLE, ENGINE = 0, 1  # of two at the same moment people go first

Act = Callable[[datetime], object]


@dataclass
class Agenda:
    """What waits for its moment; `now` is the moment of what is done."""

    now: datetime
    _waiting: list[tuple[datetime, int, int, Act]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)

    def later(self, at: datetime, act: Act, *, rank: int = PEOPLE) -> None:
        """Let something be done at a moment, not before what is done now."""
        heappush(self._waiting, (max(at, self.now), rank, next(self._order), act))

    def run(self, *, until: datetime) -> Iterator[datetime]:
        """Do everything that comes before the moment; yields the time as it goes on."""
        while self._waiting and self._waiting[0][0] < until:
            self.now, _, _, act = heappop(self._waiting)
            act(self.now)
            yield self.now
