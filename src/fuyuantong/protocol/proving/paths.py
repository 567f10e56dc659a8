"""Ways through the configurations: shortest paths told in words, what can be reached, and laps."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from fuyuantong.protocol.faults import named
from fuyuantong.protocol.proving.anatomy import act_name
from fuyuantong.protocol.proving.configuration import Configuration, Edge, Space

Allows = Callable[[Edge], bool]


def path_to(
    space: Space,
    goal: int,
    *,
    allows: Allows = lambda edge: True,
    last: Edge | None = None,
    starts: Iterable[int] | None = None,
) -> tuple[str, ...]:
    """Return a shortest path from a start (any entry) to a configuration in words, and on by `last`."""
    came = _search(space, [index for index, _ in space.entries] if starts is None else starts, goal, allows)
    walked = _walked(came, goal)
    told = (_begin(space, walked[0].source if walked else goal), *(step_in_words(space, edge) for edge in walked))
    return (*told, step_in_words(space, last)) if last else told


def path_between(space: Space, start: int, goal: int, *, allows: Allows = lambda edge: True) -> tuple[str, ...]:
    """Return the steps of a shortest path from one configuration to another in words."""
    return tuple(step_in_words(space, edge) for edge in _walked(_search(space, [start], goal, allows), goal))


def step_in_words(space: Space, edge: Edge) -> str:
    """Return one step in words: `签发（issue）：类型（kind）＝个案 → 待签收（delivering）`."""
    mechanism = space.frame.mechanism
    chosen = "，".join(f"{named(mechanism.value(key))}＝{_shown(value)}" for key, value in edge.chosen)
    target = named(space.place(edge.target))
    return f"{act_name(edge.act)}{f'：{chosen}' if chosen else ''} → {target}"


def reaching(space: Space, goals: Iterable[int], *, allows: Allows) -> set[int]:
    """Return the configurations from which a goal can be reached by allowed edges."""
    incoming: list[list[int]] = [[] for _ in space.configurations]
    for edge in space.edges:
        if allows(edge):
            incoming[edge.target].append(edge.source)
    return _flood(goals, lambda index: incoming[index])


def reached_from(space: Space, starts: Iterable[int]) -> set[int]:
    """Return the configurations that can be reached from the starts."""
    return _flood(starts, lambda index: [edge.target for edge in space.outgoing[index]])


def knots(space: Space, *, allows: Allows) -> Iterator[set[int]]:
    """Yield each group of configurations in which one can walk in circles by allowed edges."""
    kept = _circling(space, allows)
    onward: dict[int, list[int]] = {index: [] for index in kept}
    backward: dict[int, list[int]] = {index: [] for index in kept}
    for edge in space.edges:
        if allows(edge) and edge.source in kept and edge.target in kept:
            onward[edge.source].append(edge.target)
            backward[edge.target].append(edge.source)
    while kept:
        start = min(kept)
        group = _flood(onward[start], onward.__getitem__) & _flood([start], backward.__getitem__)
        if start in group:
            yield group
        kept -= group | {start}


def _circling(space: Space, allows: Allows) -> set[int]:
    """Return the configurations that lie on or between circles: all that peeling off loose ends leaves over."""
    kept = set(range(len(space.configurations)))
    edges = [edge for edge in space.edges if allows(edge)]
    while True:
        leads_on = {edge.source for edge in edges}
        led_to = {edge.target for edge in edges}
        fewer = kept & leads_on & led_to
        if fewer == kept:
            return kept
        kept = fewer
        edges = [edge for edge in edges if edge.source in kept and edge.target in kept]


def _search(space: Space, starts: Iterable[int], goal: int, allows: Allows) -> dict[int, Edge | None]:
    """Return for each configuration met the edge that first led there, breadth first until the goal."""
    came: dict[int, Edge | None] = dict.fromkeys(starts)
    queue = deque(came)
    while queue and goal not in came:
        for edge in space.outgoing[queue.popleft()]:
            if edge.target not in came and allows(edge):
                came[edge.target] = edge
                queue.append(edge.target)
    return came


def _walked(came: dict[int, Edge | None], goal: int) -> list[Edge]:
    walked: list[Edge] = []
    edge = came.get(goal)
    while edge is not None:
        walked.append(edge)
        edge = came[edge.source]
    return walked[::-1]


def _flood(starts: Iterable[int], onward: Callable[[int], Iterable[int]]) -> set[int]:
    seen = set(starts)
    queue = deque(seen)
    while queue:
        for other in onward(queue.popleft()):
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return seen


def _begin(space: Space, index: int) -> str:
    configuration = space.configurations[index]
    told = f"始于{named(space.place(index))}"
    known = [f"{key}＝{_shown(value)}" for key, value in _carried(space, configuration)]
    return f"{told}：{'，'.join(known)}" if known else told


def _carried(space: Space, configuration: Configuration) -> Iterator[tuple[str, str | bool]]:
    for key, value in zip(space.frame.slots, configuration.values, strict=True):
        if value is not None and key not in space.frame.facts:
            yield named(space.frame.mechanism.value(key)), value


def _shown(value: str | bool | None) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)
