"""Laps: questions about a graph of situations. Plain graph theory, nothing of matters."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

N = TypeVar("N", bound=Hashable)
Graph = Mapping[N, Iterable[N]]


def leading_to(graph: Graph[N], goals: set[N]) -> set[N]:
    """Return the nodes from which some goal can be reached, the goals themselves included."""
    before: dict[N, list[N]] = {}
    for node, nexts in graph.items():
        for following in nexts:
            before.setdefault(following, []).append(node)
    found, waiting = set(goals), list(goals)
    while waiting:
        for node in before.get(waiting.pop(), ()):
            if node not in found:
                found.add(node)
                waiting.append(node)
    return found


def on_laps(graph: Graph[N]) -> set[N]:
    """
    Return the nodes that can neither be reached late nor left early: whatever lies on a lap, or between laps.

    Nodes without a way in are taken away, then nodes without a way out, until nothing changes.
    """
    ahead = {node: set(nexts) for node, nexts in graph.items()}
    behind: dict[N, set[N]] = {node: set() for node in ahead}
    for node, nexts in ahead.items():
        nexts &= ahead.keys()
        for following in nexts:
            behind[following].add(node)
    left = set(ahead)
    for ways_in, ways_out in ((behind, ahead), (ahead, behind)):
        waiting = [node for node in left if not ways_in[node] & left]
        while waiting:
            node = waiting.pop()
            if node in left:
                left.discard(node)
                waiting += [other for other in ways_out[node] & left if not ways_in[other] & left]
    return left


def within(graph: Graph[N], keep: Callable[[N], bool]) -> dict[N, list[N]]:
    """Return the graph of the nodes that are kept."""
    return {node: [n for n in nexts if keep(n)] for node, nexts in graph.items() if keep(node)}


def strong_parts(graph: Graph[N]) -> list[set[N]]:
    """Return the sets of nodes that can all reach one another, single nodes without a lap left out."""
    behind: dict[N, list[N]] = {node: [] for node in graph}
    for node, nexts in graph.items():
        for following in nexts:
            if following in behind:
                behind[following].append(node)
    parts, placed = [], set[N]()
    for root in reversed(_finished(graph)):
        if root in placed:
            continue
        part, waiting = {root}, [root]
        placed.add(root)
        while waiting:
            for node in behind[waiting.pop()]:
                if node not in placed:
                    placed.add(node)
                    part.add(node)
                    waiting.append(node)
        if len(part) > 1 or root in graph[root]:
            parts.append(part)
    return parts


def _finished(graph: Graph[N]) -> list[N]:
    """Return the nodes in the order in which a walk in depth is done with them."""
    seen: set[N] = set()
    order: list[N] = []
    for root in graph:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(graph[root]))]
        while stack:
            node, nexts = stack[-1]
            following = next((n for n in nexts if n in graph and n not in seen), None)
            if following is None:
                order.append(node)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(graph[following])))
    return order
