"""What will happen when an act is made, said before it is made."""

from collections.abc import Iterator

from fuyuantong.desk.matters.subject import Subject
from fuyuantong.desk.matters.terms import term_words
from fuyuantong.matters.console.labels import role_title, state_title
from fuyuantong.protocol import Await, Final, Move, State
from fuyuantong.protocol.values import title_of


def consequences(subject: Subject, move: Move, *, to: str) -> list[str]:
    """Return the sentences. Example: 将由县法院办理“待评估”，期限 10 个工作日。"""
    return [*_leads(subject, to), *_besides(subject, move)]


def is_final(subject: Subject, move: Move, *, to: str) -> bool:
    """Tell whether the act cannot be undone by a later one: it ends the matter, issues it, or takes a number."""
    state = subject.mechanism.state(to)
    return isinstance(state, Final | Await) or bool(move.numbers) or move.signed


def _leads(subject: Subject, to: str) -> Iterator[str]:
    state = subject.mechanism.state(to)
    if to == subject.situation.state and not isinstance(state, Final):
        yield f"仍在“{state.title}”环节。"
    elif isinstance(state, Final):
        yield f"本件即告终结：{state.title}。"
    elif isinstance(state, Await):
        yield f"将分送各“{title_of(subject.mechanism, state.per)}”分别办理，由{_holder(subject, state)}汇总。"
    else:
        term = term_words(subject, to)
        until = f"，期限 {term}" if term else ""
        yield f"将由{_holder(subject, state)}办理“{state_title(subject.mechanism, to)}”{until}。"


def _besides(subject: Subject, move: Move) -> Iterator[str]:
    if move.numbers:
        yield "提交时自动取得文号。"
    if move.copies:
        yield "同时抄送有关单位。"
    if move.at_most:
        left = move.at_most - subject.situation.counts.get(move.key, 0)
        if left > 0:
            yield f"此项最多 {move.at_most} 次，还可办理 {left} 次。"


def _holder(subject: Subject, state: State | Await) -> str:
    organ = subject.situation.organ_of(state.holder)
    return subject.names[organ] if organ else role_title(subject.mechanism, state.holder, otherwise=state.holder)
