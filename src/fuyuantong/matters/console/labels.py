"""What things are called: organs by their short names, acts and states by the titles of the declaration."""

import re
from collections.abc import Iterable
from datetime import date

from fuyuantong.matters.models.link import LinkKind
from fuyuantong.matters.models.record import RecordKind
from fuyuantong.matters.services.inner import InnerKind
from fuyuantong.matters.services.slips import NOTE_TITLES
from fuyuantong.organs.models import OrganName
from fuyuantong.protocol import Await, Final, Json, Mechanism, Move, State
from fuyuantong.protocol.registers import event_title
from fuyuantong.protocol.timing import clocks_of
from fuyuantong.refusal import Refusal

ORGAN_CODE = re.compile(r"[0-9]{6,12}-[a-z0-9]+(?:-[a-z0-9]+)*")


class OrganNames:
    """The short names that organs bear on a day, learnt as they are asked for."""

    def __init__(self, *, on: date) -> None:
        self.on = on
        self._names: dict[str, str] = {"": "系统"}

    def learn(self, codes: Iterable[str]) -> None:
        """Look up several organs at once; one without a name keeps its code."""
        unknown = {code for code in codes if code not in self._names}
        if unknown:
            found = OrganName.objects.filter(organ__code__in=unknown, valid__contains=self.on)
            self._names.update(dict.fromkeys(unknown, ""))
            self._names.update(found.values_list("organ__code", "short"))

    def __getitem__(self, code: str) -> str:
        self.learn((code,))
        return self._names[code] or code


def name_organs(refusal: Refusal, names: OrganNames) -> None:
    """Let a refusal call organs by their names instead of their codes."""
    refusal.reword(ORGAN_CODE.sub(lambda code: names[code[0]], refusal.detail))


def act_title(mechanism: Mechanism, kind: str, act: str, from_state: str) -> str:
    """Return what people call an act: by its move, lapse, request, note or register, else by the kind of its record."""
    what, _, key = act.partition(":")
    if what == "lapse":
        state = _state(mechanism, from_state)
        lapses = () if state is None or isinstance(state, Final) else state.lapses
        return next((lapse.title for lapse in lapses if lapse.clock == key), RecordKind(kind).label)
    if what == "note":
        return next((title for note, title in NOTE_TITLES.items() if note == key), "批注")
    if what == "heeds":
        register, _, event = key.partition(".")
        return event_title(register, event)
    if what == "request":
        return next((request.title for request in mechanism.requests if request.key == key), "申请")
    return next(
        (move.title for move in _moves(mechanism, from_state) if move.key == act),
        _SELF.get(act, RecordKind(kind).label),
    )


def state_title(mechanism: Mechanism, key: str) -> str:
    """Return what people call a state; its key when this version does not know it."""
    state = _state(mechanism, key)
    return state.title if state else key


def clock_title(mechanism: Mechanism, key: str) -> str:
    """Return what people call a clock; its key when this version does not know it."""
    return next((clock.title for clock in clocks_of(mechanism) if clock.key == key), key)


def field_title(mechanism: Mechanism, key: str) -> str:
    """Return what people call a field; its key when this version does not know it."""
    return next((found.title for found in mechanism.fields if found.key == key), key)


def role_title(mechanism: Mechanism, key: str, *, otherwise: str) -> str:
    """Return what people call a part in the matter."""
    return next((role.title for role in mechanism.roles if role.key == key), otherwise)


def organs_in(value: Json) -> tuple[str, ...]:
    """Return the codes in the value of an organ field."""
    codes = value if isinstance(value, list) else [value]
    return tuple(code for code in codes if isinstance(code, str))


def _state(mechanism: Mechanism, key: str) -> State | Await | Final | None:
    return next((state for state in mechanism.states if state.key == key), None)


def _moves(mechanism: Mechanism, state_key: str) -> tuple[Move, ...]:
    state = _state(mechanism, state_key)
    return () if state is None or isinstance(state, Final) else state.moves


INNER_TITLES = {
    InnerKind.ASSIGNED: "分办",
    InnerKind.DRAFTED: "拟稿",
    InnerKind.PROPOSED: "送签",
    InnerKind.REVIEWED: "审核通过",
    InnerKind.RETURNED: "退回修改",
    InnerKind.APPROVED: "签发",
    InnerKind.DOCUMENT_DRAFTED: "拟写文书",
    InnerKind.DOCUMENT_PROPOSED: "文书送审",
    InnerKind.DOCUMENT_REVIEWED: "审核文书",
    InnerKind.DOCUMENT_RETURNED: "退回文书",
    InnerKind.DOCUMENT_APPROVED: "签发文书",
    InnerKind.DOCUMENT_SEALED: "生成正式文书",
}
_SELF = {
    "decline": "不同意申请",
    "explain": "说明未结理由",
    "join": "收到分项结果",
    "recall": "收回",
    "set-aside": "撤销逾期结束",
}
# a link by its kind, and whether this matter points at the other
LINK_TITLES = {
    (LinkKind.CHILD, True): "分项",
    (LinkKind.CHILD, False): "所属事项",
    (LinkKind.OPENED, True): "引出",
    (LinkKind.OPENED, False): "由此引出",
    (LinkKind.CONTINUES, True): "接续",
    (LinkKind.CONTINUES, False): "后续",
    (LinkKind.CORRECTS, True): "更正",
    (LinkKind.CORRECTS, False): "被更正",
    (LinkKind.CASE, True): "同案",
    (LinkKind.CASE, False): "同案",
    (LinkKind.ABOUT, True): "针对事项",
    (LinkKind.ABOUT, False): "就此另立",
    (LinkKind.RECURS, True): "同一问题此前已提",
    (LinkKind.RECURS, False): "同一问题再次提出",
    (LinkKind.DISTINCT, True): "不是同一问题",
    (LinkKind.DISTINCT, False): "不是同一问题",
}
