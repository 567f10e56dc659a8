"""The diagram of a mechanism, derived from its declaration: Mermaid, one line for each state and each step."""

from collections.abc import Iterator

from fuyuantong.protocol.acts import Heeds, Lapse, Move, Request
from fuyuantong.protocol.clocks import Is
from fuyuantong.protocol.mechanism import Await, Final, Mechanism, State, Tally
from fuyuantong.protocol.proving.anatomy import Place, Step, engine_acts, facts, places, steps
from fuyuantong.protocol.registers import event_title


def diagram(mechanism: Mechanism) -> str:
    """
    Return the mechanism as a Mermaid `stateDiagram-v2`.

    Shape: a state shows its title, holder and clock; an Await holds the states of a child that it declares; a step
    shows what leads it, with the guards that must hold.
    """
    return "\n".join(("stateDiagram-v2", *_lines(mechanism, "", "    "))) + "\n"


def _lines(mechanism: Mechanism, prefix: str, indent: str) -> Iterator[str]:
    for state in mechanism.states:
        name = _name(prefix, state.key)
        yield f'{indent}state "{_label(mechanism, state)}" as {name}'
        if isinstance(state, Await) and isinstance(state.child, Mechanism):
            yield f"{indent}state {name} {{"
            yield from _lines(state.child, f"{name}__", f"{indent}    ")
            yield f"{indent}}}"
    for entry in mechanism.entries:
        by = mechanism.role(entry.by).title
        yield f"{indent}[*] --> {_name(prefix, entry.state)} : {by}{'（转入）' if entry.opened else ''}"
    for step in steps(mechanism):
        yield f"{indent}{_name(prefix, step.place.key)} --> {_name(prefix, step.to)} : {_reason(mechanism, step)}"
    for state in mechanism.states:
        if isinstance(state, Final):
            yield f"{indent}{_name(prefix, state.key)} --> [*]"


def _name(prefix: str, key: str) -> str:
    return prefix + key.replace("-", "_")


def _label(mechanism: Mechanism, state: Place | Final) -> str:
    if isinstance(state, Final):
        return state.title
    clock = mechanism.clock(state.judged_by).title if state.judged_by else ""
    other = (state.unclocked or "定期复核") if isinstance(state, State) else ""
    return f"{state.title}｜{mechanism.role(state.holder).title}｜{clock or other}".replace('"', "”")


def _reason(mechanism: Mechanism, step: Step) -> str:
    """Return what leads a step; a colon or semicolon would end the label."""
    return f"{_act(mechanism, step)}{_guards(mechanism, step)}".replace(":", "：").replace(";", "；")


def _act(mechanism: Mechanism, step: Step) -> str:
    act = step.act
    if isinstance(act, Tally):
        return _tally(act, step.place)
    if isinstance(act, Lapse):
        return f"{mechanism.clock(act.clock).title}届满，{act.title}"
    if isinstance(act, Request):
        return f"{'、'.join(mechanism.role(role).title for role in act.by)}要求{act.title}"
    if isinstance(act, Heeds):
        return f"登记：{event_title(act.register, act.event)}"
    return f"{act.title}（第 {act.at_most + 1} 次起）" if step.to == act.beyond else act.title


def _tally(tally: Tally, place: Place) -> str:
    endings = "、".join(_ending(place, key) for key in tally.endings)
    return {
        "all": f"全部为{endings}",
        "any": f"有{endings}",
        "count": f"至少 {tally.n} 个{endings}",
        "otherwise": "其余情形",
    }[tally.how]


def _ending(place: Place, key: str) -> str:
    """Return the title of an ending of a child that is declared here, else its key."""
    child = place.child if isinstance(place, Await) else ""
    return child.state(key).title if isinstance(child, Mechanism) else key


def _guards(mechanism: Mechanism, step: Step) -> str:
    guards = () if isinstance(step.act, Tally | Heeds) else step.act.when
    told = "，".join(_guard(mechanism, guard) for guard in guards)
    return f"［{told}］" if told else ""


def _guard(mechanism: Mechanism, guard: Is) -> str:
    if guard.of in facts(mechanism):
        acts = (act for place in places(mechanism) for act in (*place.moves, *engine_acts(place)))
        setting = (_title(act) for act in acts if act.sets.get(guard.of))
        return f"{'已' if guard.values == (True,) else '未'}{'或'.join(dict.fromkeys(setting))}"
    values = "或".join(("是" if value else "否") if isinstance(value, bool) else value for value in guard.values)
    return f"{mechanism.value(guard.of).title}＝{values}"


def _title(act: Move | Lapse | Tally) -> str:
    return "计票" if isinstance(act, Tally) else act.title
