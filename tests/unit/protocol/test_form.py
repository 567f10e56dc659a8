"""The canonical form of a declaration: there and back again, one digest, and nothing that is not a declaration."""

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.protocol.proof.letters import LETTER, ROUND

from fuyuantong.protocol import Is, Mechanism
from fuyuantong.protocol.examples import Endings
from fuyuantong.protocol.form import NotADeclaration, digest, from_data, to_data
from fuyuantong.seal.canonical import canonical, parse

WORDS = st.text("abc府院通-_:", max_size=4)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS | st.just("word"), inner, max_size=2),
    max_leaves=4,
)
PLAIN: Mapping[Any, st.SearchStrategy[Any]] = {
    str: WORDS,
    bool: st.booleans(),
    int: st.integers(-(2**53) + 1, 2**53 - 1),
    NoneType: st.none(),
}


def of(hint: Any, depth: int) -> st.SearchStrategy[Any]:
    """Return values of a type as the language hints it; no child is deeper than `depth`."""
    origin, parts = get_origin(hint), get_args(hint)
    if any(get_origin(part) is list for part in parts):
        return JSON
    if origin in (Union, UnionType):
        allowed = [part for part in parts if depth or part is not Mechanism]
        return st.one_of([of(part, depth - 1) for part in allowed])
    if origin is tuple:
        return st.lists(st.deferred(lambda: of(parts[0], depth)), max_size=2).map(tuple)
    if origin is Mapping:
        return st.dictionaries(WORDS, of(parts[1], depth), max_size=2)
    return PLAIN[hint] if hint in PLAIN else word(hint, depth)


def word(hint: Any, depth: int) -> st.SearchStrategy[Any]:
    """Return words of a class of the language, with every member."""
    if issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    hints = get_type_hints(hint)
    members = {member.name: of(hints[member.name], depth) for member in fields(hint)}
    if hint is Is:
        return st.builds(lambda of, values: Is(of, *values), **members)
    if hint is Endings:
        return st.builds(lambda finals: Endings(*finals), **members)
    return st.builds(hint, **members)


@given(word(Mechanism, depth=1))
@settings(max_examples=60)
def test_a_declaration_comes_back_equal(declaration: Mechanism) -> None:
    assert from_data(parse(canonical(to_data(declaration)))) == declaration


def test_only_what_differs_from_its_default_is_spelled() -> None:
    data = to_data(LETTER)

    assert data["entries"] == [{"word": "Entry", "state": "drafting", "by": "court"}]
    assert data["clocks"] == [{"word": "Clock", "key": "answer", "title": "答复期", "term": "JY-01"}]
    assert "version" not in data


def test_a_vocabulary_is_spelled_by_its_terms() -> None:
    assert to_data(LETTER)["states"][2]["kind"] == "decided"  # type: ignore[index,call-overload]


def test_the_digest_of_a_published_form_never_changes() -> None:
    assert digest(LETTER) == "db096dc2d8875fe65c798f367339c7f55372fccc25a3a5806e8c0dc78c981cd7"
    assert digest(ROUND) == "0d516b1242bd5cef1502980a99b4c5ff2aa89d4c811c8471ab4f38530268dc8f"


def letter(**changes: Any) -> dict[str, Any]:
    """Return the form of the letter with other members."""
    data: dict[str, Any] = to_data(LETTER)
    return {**data, **changes}


FOREIGN = {
    "no object": ([], "$ 处应为 dict，实为 list"),
    "no word": ({}, "$ 处不认识的词 None"),
    "an unknown word": (letter(word="Procedure"), "$ 处不认识的词 Procedure"),
    "a word out of place": (letter(word="Role"), "$ 处此处不能用 Role"),
    "an unknown member": (letter(colour="red"), "$ 处不认识 colour"),
    "a missing member": ({"word": "Mechanism", "key": "a"}, "$ 处缺少 title"),
    "a number for a text": (letter(title=5), "$.title 处应为 str，实为 int"),
    "yes for a number": (letter(version=True), "$.version 处应为 int，实为 bool"),
    "a text for a list": (letter(roles="court"), "$.roles 处应为 list，实为 str"),
    "a word of another part": (letter(roles=[{"word": "Is", "of": "a"}]), "$.roles[0] 处此处不能用 Is"),
    "a state of another language": (
        letter(states=[{"word": "Role", "key": "a", "title": "甲"}]),
        "$.states[0] 处此处不能用 Role",
    ),
    "no state": (letter(states=[5]), "$.states[0] 处类型不符：int"),
    "a list for a mapping": (letter(supersedes=[]), "$.supersedes 处应为 dict，实为 list"),
    "an unknown term": (
        letter(roles=[{"word": "Role", "key": "a", "title": "甲", "branches": ["navy"]}]),
        "$.roles[0].branches[0] 处“navy”不在 Branch 之列",
    ),
    "an unknown kind": (
        letter(states=[{"word": "Final", "key": "a", "title": "甲", "kind": "lost"}]),
        "$.states[0].kind 处“lost”不在 Closing 之列",
    ),
    "a default spelled out": (letter(version=1), "写法不是规范形式：默认值不应写出"),
}


@pytest.mark.parametrize(("data", "problem"), FOREIGN.values(), ids=FOREIGN)
def test_what_is_no_declaration_is_refused(data: Any, problem: str) -> None:
    with pytest.raises(NotADeclaration) as refusal:
        from_data(data)

    assert str(refusal.value) == f"不是本平台语言写成的机制声明：{problem}"
