"""What entering a state brings about beside its clocks: holder, children, openings, papers, closing."""

from collections.abc import Mapping

from fuyuantong.protocol.acts import Move, Opens
from fuyuantong.protocol.carrying import carried
from fuyuantong.protocol.entering import Entering, awaited, organs_named
from fuyuantong.protocol.fields import Json
from fuyuantong.protocol.mechanism import Await, Final, State
from fuyuantong.protocol.offers import guards_hold
from fuyuantong.protocol.timing import ends_on
from fuyuantong.seal.canonical import canonical
from fuyuantong.seal.digest import sm3


def holding(entering: Entering) -> dict[str, Json]:
    """Return the holder after the step; a closed matter keeps its last one. Marks what is not issued yet."""
    state = entering.state
    last = entering.before.holder or entering.acting.organ
    holder = last if isinstance(state, Final) else str(entering.roles[state.holder])
    told: dict[str, Json] = {"holder": holder}
    if isinstance(state, State) and state.inner:
        told["inner"] = True
    return told


def closing(entering: Entering) -> dict[str, Json]:
    """Return how and when the matter closed, if it did."""
    if not isinstance(entering.state, Final):
        return {}
    return {"closed": entering.state.kind.value, "closed_on": entering.acting.on.isoformat()}


def children_opened(entering: Entering) -> dict[str, Json]:
    """Return the round and children that an Await begins: all of them, or the first when they go in turn."""
    state = entering.state
    if not isinstance(state, Await) or entering.before.state == state.key:
        return {}
    number = entering.before.round + 1
    wanted = awaited(state, entering.values)
    first = wanted[:1] if state.in_turn else wanted
    return {"round": number, "children": [_child(state, entering, organ, row, number) for organ, row in first]}


def next_in_turn(state: Await, entering: Entering, *, ended: int) -> list[Json]:
    """Return the child whose turn it is after `ended` endings, in a list; an empty one when all are out already."""
    wanted = awaited(state, entering.values)
    if not state.in_turn or ended >= len(wanted):
        return []
    organ, row = wanted[ended]
    return [_child(state, entering, organ, row, entering.before.round)]


def children_recalled(entering: Entering) -> dict[str, Json]:
    """Return the children that leaving an Await recalls."""
    before = entering.before
    if not before.state:
        return {}
    left = entering.mechanism.state(before.state)
    if not isinstance(left, Await) or left.leftover != "recall" or entering.state is left:
        return {}
    return {"recalled": [uid for uid in before.awaited_children if uid not in entering.told_ended]}


def matters_opened(entering: Entering, opens: tuple[Opens, ...]) -> dict[str, Json]:
    """Return what this step opens now, and what it opens later."""
    opened: list[Json] = []
    deferred: list[Json] = []
    for wish in opens:
        if not guards_hold(wish.when, entering.values, entering.facts):
            continue
        for row in _rows(wish, entering.values):
            (deferred if wish.after else opened).append(_opening(entering, wish, row))
    return {"opened": opened, "deferred": deferred}


def papers(entering: Entering, move: Move) -> dict[str, Json]:
    """Return the copies, the document and, last of all, the number that a move gives."""
    copies = (organ for name in move.copies for organ in organs_named(name, entering))
    told: dict[str, Json] = {"copies": list(dict.fromkeys(copies))}
    if move.drafts:
        told["documents"] = [move.drafts]
    if move.numbers:
        told["number"] = entering.world.take_number(move.numbers, organ=entering.before.holder, on=entering.acting.on)
    return told


def _rows(wish: Opens, values: Mapping[str, Json]) -> list[Json]:
    if not wish.each:
        return [None]
    rows = values.get(wish.each)
    return list(rows) if isinstance(rows, list) else []


def _opening(entering: Entering, wish: Opens, row: Json) -> dict[str, Json]:
    opening: dict[str, Json] = {
        "uid": entering.world.new_uid(),
        "mechanism": wish.mechanism,
        "entry": wish.entry,
        "carried": carried(wish.carry, entering, row),
    }
    if isinstance(row, dict) and "$row" in row:
        opening["row"] = row["$row"]
    if wish.after:
        acting, world = entering.acting, entering.world
        opening["on"] = ends_on(wish.after, trigger=entering.state.title, acting=acting, world=world).isoformat()
    return opening


def _child(state: Await, entering: Entering, organ: str, row: Json, number: int) -> dict[str, Json]:
    child: dict[str, Json] = {
        "uid": entering.world.new_uid(),
        "organ": organ,
        "round": number,
        "carried": carried(state.carry, entering, row),
    }
    if isinstance(row, dict) and "$row" in row:
        child["row"] = row["$row"]
    if state.text:
        child["text"] = sm3(canonical(entering.values.get(state.text))).hex()
    return child
