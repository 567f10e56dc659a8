"""What every path has given: roles bound, fields filled, papers drawn up, numbers taken, matters opened."""

from collections import deque

from fuyuantong.protocol.mechanism import Entry
from fuyuantong.protocol.proving.anatomy import known_at
from fuyuantong.protocol.proving.configuration import Edge, Space
from fuyuantong.protocol.proving.paths import path_to


class Given:
    """For each configuration the bits of what all paths to it have in common; exact, since no edge depends on it."""

    def __init__(self, space: Space) -> None:
        """Spread what each edge gives until nothing changes."""
        self.space = space
        everything = (1 << len(space.frame.bits)) - 1
        self.common = [everything] * len(space.configurations)
        for index, entry in space.entries:
            self.common[index] &= self.known(entry)
        queue = deque(index for index, _ in space.entries)
        while queue:
            for edge in space.outgoing[queue.popleft()]:
                fewer = self.common[edge.target] & self.after(edge) & ~self._open_again(edge.target)
                if fewer != self.common[edge.target]:
                    self.common[edge.target] = fewer
                    queue.append(edge.target)

    def known(self, entry: Entry) -> int:
        """Return what is known at an entry: what it carries, and the roles that a parent binds in its children."""
        frame = self.space.frame
        inherited = frame.inherited if entry.opened else frozenset()
        return frame.closed(frame.mask(*known_at(entry), *inherited))

    def after(self, edge: Edge) -> int:
        """Return what every path has given once this edge is taken."""
        return self.space.frame.closed(self.common[edge.source] & ~edge.takes | edge.gives)

    def _open_again(self, at: int) -> int:
        return self.space.frame.grows[self.space.configurations[at].state]

    def missing(self, name: str, at: int, when: Edge | Entry | None = None) -> bool:
        """Tell whether some path to a configuration, or only `when` it ends or begins so, has not given this."""
        if when is None:
            given = self.common[at]
        elif isinstance(when, Edge):
            given = self.after(when)
        else:
            given = self.known(when)
        return not given & self.space.frame.bits[name]

    def path_without(self, name: str, at: int, *, last: Edge | None = None) -> tuple[str, ...]:
        """Return a shortest path to a configuration on which this is not given in the end, and on by `last`."""
        frame = self.space.frame
        wanted = frame.bits[name]
        lacking = {index for index, entry in self.space.entries if not self.known(entry) & wanted}
        lacking |= {index for index in range(len(self.common)) if self._open_again(index) & wanted}
        lacking |= {edge.target for edge in self.space.edges if edge.takes & wanted and not edge.gives & wanted}
        return path_to(
            self.space,
            at,
            allows=lambda edge: not frame.closed(edge.gives) & wanted,
            last=last,
            starts=lacking,
        )
