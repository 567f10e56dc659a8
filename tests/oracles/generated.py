"""Small declarations made up at random, such that a matter of them is mostly held, clocked and can end."""

from random import Random

from tests.oracles.extras import EXTRAS, send_back
from tests.oracles.parts import opinion
from tests.oracles.rulebook import Word
from tests.oracles.sketch import ALL, OFFICE, RECEIVER, SENDER, Site, Sketch, guard, move
from tests.oracles.spelling import spell, tidy


def generate(rng: Random, *, most: int = 3) -> Word:
    """Make up one declaration of so many stations; most, not all, are sound: ask the judge."""
    sketch = Sketch(rng, most=most)
    _draft(sketch)
    for place, key in enumerate(sketch.stations):
        (_await if key == sketch.awaiting else _station)(sketch, place, key)
    acts = [act for state in sketch.states for word in ("moves", "lapses") for act in state.get(word, [])]
    if any("supervised" in (act["to"], act.get("beyond")) for act in acts):
        _supervision(sketch)
    if sketch.chance(0.3):
        _withdrawal(sketch)
    entries = [spell("Entry", state="draft", by=SENDER)]
    if sketch.chance(0.3):
        entries.append(_relayed(sketch))
    return tidy(
        {
            "word": "Mechanism",
            "key": f"made-{rng.randrange(10**9)}",
            "title": "试件",
            "basis": "测试",
            "roles": _roles(sketch),
            "fields": _fields(sketch),
            "clocks": sketch.clocks,
            "entries": entries,
            "states": [*sketch.states, *sketch.finals.values()],
            "requests": sketch.requests,
        }
    )


def _roles(sketch: Sketch) -> list[Word]:
    receiver = "field:to_organ" if sketch.has_receiver else "setting:receiver"
    office = sketch.rng.choice([f"office_of:{SENDER}", f"superior_of:{RECEIVER}", "setting:office"])
    roles = [
        spell("Role", key=SENDER, title="发出单位", branches=["court"]),
        spell("Role", key=RECEIVER, title="收到单位", via=receiver),
        spell("Role", key=OFFICE, title="办公室", via=office),
    ]
    everybody = spell("Role", key=ALL, title="各成员单位", via="field:members", many=True)
    return roles + ([everybody] if sketch.awaiting and not sketch.by_rows else [])


def _fields(sketch: Sketch) -> list[Word]:
    columns = [spell("Text", key="item", title="事项"), spell("Organ", key="organ", title="单位")]
    columns += [spell("Text", key="outcome", title="结果")] if sketch.records else []
    later = ["outcome"] if sketch.records else []
    return [
        spell("Organ", key="to_organ", title="收到单位"),
        spell("Organs", key="members", title="成员单位", at_least=sketch.at_least),
        spell("Choice", key="kind", title="类型", options=sketch.options),
        spell("Flag", key="urgent", title="是否紧急"),
        spell("Date", key="reply_by", title="答复期限"),
        spell("Time", key="begins_at", title="开始时间"),
        spell("Number", key="amount", title="金额", unit="分"),
        spell("Text", key="body", title="正文", samples=["甲"]),
        spell("Text", key="reason", title="理由", samples=["甲"]),
        spell("Text", key="reply", title="答复", samples=["甲"]),
        spell("Rows", key="items", title="事项", at_least=1, identity=sketch.by_rows, columns=columns, later=later),
        spell(
            "Rows", key="materials", title="补充材料", identity=True, columns=[spell("Text", key="body", title="说明")]
        ),
    ]


def _draft(sketch: Sketch) -> None:
    copies = [RECEIVER] if sketch.chance(0.3) else []
    asks = sketch.asked_at_issue()
    signed = sketch.chance(0.5)
    moves = [move("issue", sketch.stations[0], *asks, numbers="letter", drafts="letter", signed=signed, copies=copies)]
    if sketch.chance(0.4):
        moves.append(move("drop", sketch.final("dropped", "withdrawn"), "reason"))
    if sketch.chance(0.4):
        moves.append(move("redraft", "draft", "body", renews="起草中"))
    free = moves[-1]["key"] != "redraft" and sketch.chance(0.7)
    clocked = {"unclocked": "未发出"} if free else {"judged_by": sketch.clock("drafting", term="house:draft")}
    sketch.states.append(spell("State", key="draft", title="拟稿", holder=SENDER, inner=True, moves=moves, **clocked))


def _station(sketch: Sketch, place: int, key: str) -> None:
    holder = sketch.rng.choice([RECEIVER, RECEIVER, SENDER, OFFICE] if place else [RECEIVER, OFFICE])
    site = Site(place, key, sketch.clock(f"c{place}"), holder)
    lapses = _lapses(sketch, site.clock) if sketch.chance(0.4) else []
    state = {"word": "State", "key": key, "title": key, "holder": holder, "judged_by": site.clock, "lapses": lapses}
    sketch.states.append(state)
    moves = _forward(sketch, site)
    for extra in EXTRAS:
        if sketch.chance(0.25):
            moves += extra(sketch, site)
    state["moves"] = moves


def _forward(sketch: Sketch, site: Site) -> list[Word]:
    to = sketch.onward(site.place, site.holder)
    asks = sketch.closing_asks() if to == "closed" else ["reply"]
    go, off = f"go{site.place}", f"off{site.place}"
    style = sketch.rng.choice(["plain", "plain", "typed" if sketch.is_typed else "fact", "flag"])
    if style == "plain":
        return [move(go, to, *asks, opens=_opening(sketch))]
    if style == "typed":
        first, rest = sketch.split()
        refused = move(off, sketch.refused(), "reply", when=[guard("kind", *rest)])
        return [move(go, to, *asks, when=[guard("kind", *first)]), refused]
    if style == "flag":
        return [
            move(go, to, "urgent", *asks, when=[guard("urgent", True)]),
            move(off, sketch.refused(), "urgent", "reason", when=[guard("urgent", False)]),
        ]
    checked = f"checked{site.place}"
    check = move(f"check{site.place}", site.key, "reason", when=[guard(checked, False)], sets={checked: True})
    return [check, move(go, to, *asks, when=[guard(checked, True)])]


def _opening(sketch: Sketch) -> list[Word]:
    if sketch.chance(0.75):
        return []
    carry = {"source": SENDER, "keeper": RECEIVER, "matter": "body"}
    when = [guard("kind", sketch.options[0])] if sketch.is_typed and sketch.chance(0.5) else []
    after, each = sketch.rng.choice(["", "house:look-back"]), sketch.rng.choice(["", "items"])
    carry["matter"] = "row.item" if each else "body"
    return [spell("Opens", mechanism="follow-up", entry="open", carry=carry, when=when, after=after, each=each)]


def _lapses(sketch: Sketch, clock: str) -> list[Word]:
    if sketch.supervises and sketch.chance(0.5):
        return [spell("Lapse", clock=clock, to="supervised")]
    lapsed = sketch.final("lapsed", "lapsed", basis="逾期视为放弃", set_aside="不可抗力的证明")
    return [spell("Lapse", clock=clock, to=lapsed)]


def _supervision(sketch: Sketch) -> None:
    order = move("order", sketch.closed(OFFICE), *sketch.closing_asks())
    moves = [order, move("abandon", sketch.refused(), "reason")]
    clock = sketch.clock("supervise", term="house:supervise")
    sketch.states.append(spell("State", key="supervised", title="督办", holder=OFFICE, judged_by=clock, moves=moves))


def _withdrawal(sketch: Sketch) -> None:
    others = [s["key"] for s in sketch.states if s["key"] in sketch.stations and s["holder"] != SENDER]
    states = sketch.rng.sample(others, k=sketch.rng.randint(0, len(others)))
    when = [guard("kind", sketch.options[0])] if sketch.is_typed and sketch.chance(0.3) else []
    if states:
        to = sketch.final("withdrawn", "withdrawn")
        request = spell("Request", key="withdraw", title="撤回", by=[SENDER], states=states, asks=["reason"], when=when)
        sketch.requests.append({**request, "demand": to})


def _relayed(sketch: Sketch) -> Word:
    clock = sketch.clock("owed", term="house:owed")
    take_up = move("take_up", sketch.stations[0], "body", numbers="letter", drafts="letter")
    sketch.states.append(spell("State", key="owed", title="应办未办", holder=SENDER, judged_by=clock, moves=[take_up]))
    return spell("Entry", state="owed", by=SENDER, opened=True, carried=[SENDER, *sketch.asked_at_issue()])


def _await(sketch: Sketch, place: int, key: str) -> None:
    holder = sketch.rng.choice([SENDER, OFFICE])
    onward, other = sketch.onward(place, holder), sketch.refused()
    site = Site(place, key, sketch.clock(f"c{place}", term="house:collect"), holder)
    moves = [move(f"cut{place}", onward, *(sketch.closing_asks() if onward == "closed" else ["reason"]))]
    if sketch.chance(0.4):
        moves += send_back(sketch, site)
    sketch.states.append(
        spell(
            "Await",
            key=key,
            title=key,
            holder=holder,
            judged_by=site.clock,
            child=opinion(sketch.rng),
            per="items.organ" if sketch.by_rows else "members",
            each="member",
            carry={"body": "row.item" if sketch.by_rows else "body"},
            ballot=_ballot(sketch, onward, other),
            text=sketch.rng.choice(["", "body"]),
            in_turn=sketch.chance(0.2),
            leftover=sketch.rng.choice(["recall", "leave"]),
            moves=moves,
            lapses=_lapses(sketch, site.clock) if sketch.chance(0.3) else [],
        )
    )


def _ballot(sketch: Sketch, onward: str, other: str) -> list[Word]:
    most = 1 if sketch.by_rows else sketch.at_least
    marks = {"heard": True} if sketch.chance(0.3) else {}
    return sketch.rng.choice(
        [
            [_tally("all", ["agreed"], onward, sets=marks), _tally("any", ["declined", "silent"], other)],
            [_tally("any", ["declined"], other, early=True), _tally("otherwise", [], onward)],
            [_tally("count", ["agreed"], onward, n=most, early=sketch.chance(0.5)), _tally("otherwise", [], other)],
            [_tally("all", ["silent", "declined"], other), _tally("count", ["agreed"], onward, n=1)],
        ]
    )


def _tally(how: str, endings: list[str], to: str, **members: object) -> Word:
    return spell("Tally", how=how, endings=endings, to=to, **members)
