"""What a column of an office's table may stand for: parts of a paper matter, by the words of its mechanism."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fuyuantong.protocol import File, Mechanism, Rows
from fuyuantong.protocol.timing import clocks_of

TITLE, NUMBER, STATE, SINCE = "title", "number", "state", "since"
ROLE, FIELD, CLOCK = "role:", "field:", "clock:"
NEEDED: Final = (TITLE, STATE, SINCE)
_NOISE = re.compile(r"[\s:：*＊（）()【】\[\]·.、/]+")


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that a column may stand for; `also`: other heads by which it is known."""

    key: str
    title: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Targets of one kind."""

    title: str
    targets: tuple[Target, ...]


def sections(mechanism: Mechanism) -> tuple[Section, ...]:
    """
    Return everything that a column may stand for.

    Tables within a matter and files cannot stand in a cell; a field that says who plays a part goes by that part.
    """
    binding = set(binding_fields(mechanism).values())
    plain = (found for found in mechanism.fields if not isinstance(found, Rows | File) and found.key not in binding)
    return (
        Section(
            "事项",
            (
                Target(TITLE, "标题", ("事项", "事项名称", "名称", "案件名称", "建议标题", "事由")),
                Target(NUMBER, "文号", ("编号", "发文字号", "文件编号", "发文号")),
                Target(STATE, "当前环节", ("环节", "状态", "办理状态", "进展", "办理环节")),
                Target(SINCE, "进入当前环节日期", ("日期", "环节日期", "发出日期", "收到日期", "进入日期")),
            ),
        ),
        Section("各方", tuple(Target(f"{ROLE}{role.key}", role.title) for role in mechanism.roles)),
        Section("填写的内容", tuple(Target(f"{FIELD}{found.key}", found.title) for found in plain)),
        Section(
            "期限起算日",
            tuple(Target(f"{CLOCK}{clock.key}", f"“{clock.title}”起算日") for clock in clocks_of(mechanism)),
        ),
    )


def binding_fields(mechanism: Mechanism) -> dict[str, str]:
    """Return, for each role that is bound by a field, that field."""
    via = {role.key: role.via.removeprefix(FIELD) for role in mechanism.roles if role.via.startswith(FIELD)}
    return {role: key for role, key in via.items() if "." not in key}


def titles(mechanism: Mechanism) -> dict[str, str]:
    """Return the titles of all targets by their keys."""
    return {target.key: target.title for section in sections(mechanism) for target in section.targets}


def guessed(heads: Sequence[str], mechanism: Mechanism, *, kept: Mapping[str, str]) -> dict[int, str]:
    """
    Return which column stands for what, as far as the heads say; each target once.

    What the organ chose before for a head goes before what the words say; equal words before similar ones.
    """
    every = [target for section in sections(mechanism) for target in section.targets]
    known = {target.key for target in every}
    found: dict[int, str] = {}
    for likely in (_kept(kept), _equal(every), _similar(every)):
        for place, head in enumerate(heads):
            target = likely(head)
            if place not in found and target in known and target not in found.values():
                found[place] = target
    return found


def _kept(kept: Mapping[str, str]) -> Callable[[str], str]:
    return lambda head: kept.get(head, "")


def _equal(every: Iterable[Target]) -> Callable[[str], str]:
    names = {_plain(name): target.key for target in reversed(list(every)) for name in (*target.also, target.title)}
    return lambda head: names.get(_plain(head), "")


def _similar(every: Iterable[Target]) -> Callable[[str], str]:
    names = [(_plain(name), target.key) for target in every for name in (target.title, *target.also)]

    def likely(head: str) -> str:
        plain = _plain(head)
        return next((key for name, key in names if len(plain) > 1 and (name in plain or plain in name)), "")

    return likely


def _plain(head: str) -> str:
    return _NOISE.sub("", head)
