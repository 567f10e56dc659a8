"""Extras: what may be possible at a station beside going on; each adds its moves and whatever they need."""

from collections.abc import Callable

from tests.oracles.rulebook import Word
from tests.oracles.sketch import ALL, RECEIVER, SENDER, Site, Sketch, guard, move
from tests.oracles.spelling import spell

Extra = Callable[[Sketch, Site], list[Word]]


def send_back(sketch: Sketch, site: Site) -> list[Word]:
    """Return to the station before, a few times at most."""
    if not site.place:
        return []
    beyond = "supervised" if sketch.supervises and sketch.chance(0.6) else ""
    before, times = sketch.stations[site.place - 1], sketch.rng.choice([1, 2])
    return [move(f"back{site.place}", before, "reason", at_most=times, beyond=beyond)]


def note(sketch: Sketch, site: Site) -> list[Word]:
    """Write a note, once; in some sketches every station shares the one note."""
    key = sketch.rng.choice([f"note{site.place}", "note"])
    return [move(key, site.key, "reason", at_most=1)]


def renew(sketch: Sketch, site: Site) -> list[Word]:
    """Set another day, as often as needed."""
    return [move(f"renew{site.place}", site.key, "reply_by", renews="每次均有新情况", restarts=[site.clock])]


def extend(sketch: Sketch, site: Site) -> list[Word]:
    """Lengthen the clock, perhaps because somebody asked for it."""
    asker = sketch.rng.choice([role for role in (SENDER, RECEIVER) if role != site.holder])
    key = f"extend{site.place}"
    if sketch.chance(0.5):
        sketch.requests.append(
            spell(
                "Request",
                key=f"more{site.place}",
                title="申请延期",
                by=[asker],
                states=[site.key],
                asks=["reason"],
                grants=key,
                answer_by="house:answer-request",
            )
        )
    longer = spell(
        "Extends", clock=site.clock, **sketch.rng.choice([{"term": "house:extension"}, {"until": "reply_by"}])
    )
    asks = ["reason", *filter(None, [longer.get("until")])]
    return [move(key, site.key, *asks, at_most=1, extends=[longer])]


def refuse(sketch: Sketch, site: Site) -> list[Word]:
    """Refuse, perhaps only in time or only late."""
    window: dict[str, str] = sketch.rng.choice([{}, {}, {"until": site.clock}, {"not_before": site.clock}])
    return [move(f"refuse{site.place}", sketch.refused(), "reason", **window)]


def settle(sketch: Sketch, site: Site) -> list[Word]:
    """End by agreement."""
    return [move(f"settle{site.place}", sketch.final("settled", "settled", basis="双方和解"))]


def pause(sketch: Sketch, site: Site) -> list[Word]:
    """Let the clock rest while the sender looks for what is missing."""
    rest = f"rest{site.place}"
    found = next(clock for clock in sketch.clocks if clock["key"] == site.clock)
    found["stops"] = [*found.get("stops", []), rest]
    judged = {"judged_by": sketch.clock(f"r{site.place}", term="house:rest")} if sketch.chance(0.6) else {}
    moves = [move(f"resume{site.place}", site.key, "reason")]
    if judged and sketch.chance(0.3):
        moves = [
            move(f"resume{site.place}", site.key, "reason", until=f"r{site.place}"),
            move(f"give_up{site.place}", sketch.refused(), "reason", not_before=f"r{site.place}"),
        ]
    review = {} if judged else {"review": "house:review"}
    sketch.states.append(spell("State", key=rest, title="中止", holder=SENDER, moves=moves, **judged, **review))
    return [move(f"pause{site.place}", rest, "reason", at_most=1)]


def reserve(sketch: Sketch, site: Site) -> list[Word]:
    """Reserve money that the holder keeps, and write it down."""
    draw = spell("Draws", act="reserve", of="fund", by="amount", keeper=site.holder)
    row = spell("Enters", register="payments", fields=["amount"])
    return [move(f"reserve{site.place}", site.key, "amount", at_most=1, draws=[draw], enters=[row])]


def grow_late(sketch: Sketch, site: Site) -> list[Word]:
    """Mark by lapse that the day has passed; only then may the matter be given up."""
    late = f"late{site.place}"
    state = next(state for state in sketch.states if state["key"] == site.key)
    if state.get("lapses"):
        return []
    lapse = spell("Lapse", clock=site.clock, to=site.key, when=[guard(late, False)], sets={late: True})
    state["lapses"] = [lapse]
    return [move(f"give_late{site.place}", sketch.refused(), "reason", when=[guard(late, True)])]


def keep_on(sketch: Sketch, site: Site) -> list[Word]:
    """Let one clock run from here over the next station, and lapse there."""
    if site.place + 1 >= len(sketch.stations) or not sketch.supervises:
        return []
    following = sketch.stations[site.place + 1]
    sketch.clock(f"whole{site.place}", term="house:whole", keeps=[site.key, following])
    state = next(state for state in sketch.states if state["key"] == site.key)
    state.setdefault("lapses", []).append(spell("Lapse", clock=f"whole{site.place}", to="supervised"))
    return []


def hear_all(sketch: Sketch, site: Site) -> list[Word]:
    """Let every member add material."""
    if not sketch.awaiting or sketch.by_rows or any(request["key"] == "add" for request in sketch.requests):
        return []
    sketch.requests.append(
        spell(
            "Request",
            key="add",
            title="补充材料",
            by=[ALL],
            states=[site.key],
            asks=["materials.body"],
            rows="materials",
        )
    )
    return []


def list_anew(sketch: Sketch, site: Site) -> list[Word]:
    """List the items anew, once; what was written beside them is empty again."""
    return [move(f"relist{site.place}", site.key, "items", at_most=1)]


def grow(sketch: Sketch, site: Site) -> list[Word]:
    """Let the sender add items while another holds."""
    if site.holder == SENDER or not sketch.by_rows:
        return []
    key = f"grow{site.place}"
    asks = ["items.item", "items.organ"]
    sketch.requests.append(
        spell("Request", key=key, title="增加事项", by=[SENDER], states=[site.key], asks=asks, rows="items")
    )
    return []


EXTRAS: tuple[Extra, ...] = (
    send_back,
    note,
    renew,
    extend,
    refuse,
    settle,
    pause,
    reserve,
    grow_late,
    keep_on,
    hear_all,
    list_anew,
    grow,
)
