"""The canonical form of a declaration: plain data that travels between nodes, and its digest."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from fuyuantong.protocol import acts, clocks, examples, mechanism
from fuyuantong.protocol import fields as values
from fuyuantong.protocol.clocks import Is
from fuyuantong.protocol.examples import Endings
from fuyuantong.protocol.fields import Json
from fuyuantong.protocol.mechanism import Mechanism
from fuyuantong.refusal import Refusal
from fuyuantong.seal.canonical import canonical
from fuyuantong.seal.digest import sm3

WORDS: Mapping[str, Any] = {
    word.__name__: word
    for module in (acts, clocks, examples, values, mechanism)
    for word in vars(module).values()
    if is_dataclass(word) and isinstance(word, type)
}


class NotADeclaration(Refusal):
    """Refuse data that does not spell a declaration in this language; `field` is the path of the fault."""

    key = "not-a-declaration"
    title = "不是本平台语言写成的机制声明"


def to_data(declaration: Mechanism) -> dict[str, Json]:
    """
    Return the declaration as plain data.

    Shape: every word is an object with its name under `word` and those of its members that differ from their
    default; tuples are lists, terms of a vocabulary their value, mappings objects.
    """
    return _spell_word(declaration)


def from_data(data: Json) -> Mechanism:
    """
    Return the declaration that `to_data` spelled.

    Raises: `NotADeclaration` for unknown words and members, missing ones, wrong types, and defaults spelled out.
    """
    found = _read(Mechanism, data, "$")
    if not isinstance(found, Mechanism) or to_data(found) != data:
        raise NotADeclaration("写法不是规范形式：默认值不应写出", remedy="请以规范形式重新导出。", field="$")
    return found


def digest(declaration: Mechanism) -> str:
    """Return the SM3 digest of the declaration's canonical form, in hexadecimal."""
    return sm3(canonical(to_data(declaration))).hex()


def _spell_word(word: Any) -> dict[str, Json]:
    spelled: dict[str, Json] = {"word": type(word).__name__}
    for member in fields(word):
        value = getattr(word, member.name)
        if value != _default(member):
            spelled[member.name] = _spell(value)
    return spelled


def _spell(value: object) -> Json:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple | list):
        return [_spell(part) for part in value]
    if isinstance(value, Mapping):
        return {str(key): _spell(part) for key, part in value.items()}
    if value is None or isinstance(value, str | bool | int):
        return value
    return _spell_word(value)


def _default(member: Field[Any]) -> object:
    return member.default if member.default_factory is MISSING else member.default_factory()


def _read(hint: Any, data: Json, path: str) -> Any:
    """Read data as the hinted type says."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _read_one_of(get_args(hint), data, path)
    if origin is tuple:
        return tuple(
            _read(get_args(hint)[0], part, f"{path}[{place}]") for place, part in enumerate(_expect(list, data, path))
        )
    if origin is not None:
        members = _expect(dict, data, path)
        return {key: _read(get_args(hint)[1], part, f"{path}.{key}") for key, part in members.items()}
    if issubclass(hint, StrEnum):
        return _read_term(hint, data, path)
    return _read_word(hint, data, path) if hint in WORDS.values() else _expect(hint, data, path)


def _read_one_of(hints: tuple[Any, ...], data: Json, path: str) -> Any:
    """Read by the hint that fits the data: JSON as it is, a word by its name, anything else by its type."""
    if any(get_origin(hint) is list for hint in hints) or (data is None and NoneType in hints):
        return data
    if isinstance(data, dict):
        return _read_word(_word(data, path), data, path, allowed=hints)
    for hint in hints:
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            return _read_term(hint, data, path)
        if type(data) is hint:
            return data
    raise _fault(f"类型不符：{type(data).__name__}", path)


def _read_word(hint: Any, data: Json, path: str, *, allowed: tuple[Any, ...] = ()) -> Any:
    members = dict(_expect(dict, data, path))
    word = _word(members, path)
    if not issubclass(word, allowed or (hint,)):
        raise _fault(f"此处不能用 {word.__name__}", path)
    del members["word"]
    known = {member.name: member for member in fields(word)}
    unknown = sorted(members.keys() - known.keys())
    missing = sorted(
        name
        for name, member in known.items()
        if name not in members and member.default is MISSING and member.default_factory is MISSING
    )
    if unknown or missing:
        raise _fault("；".join([*(f"不认识 {name}" for name in unknown), *(f"缺少 {name}" for name in missing)]), path)
    hints = _hints(word)
    return _build(word, {name: _read(hints[name], part, f"{path}.{name}") for name, part in members.items()})


def _build(word: Any, members: Mapping[str, Any]) -> Any:
    if word is Is:
        return Is(members["of"], *members["values"])
    if word is Endings:
        return Endings(*members["finals"])
    return word(**members)


def _read_term(hint: type[StrEnum], data: Json, path: str) -> StrEnum:
    term = _expect(str, data, path)
    if term not in {known.value for known in hint}:
        raise _fault(f"“{term}”不在 {hint.__name__} 之列", path)
    return hint(term)


def _word(members: Mapping[str, Json], path: str) -> Any:
    name = members.get("word")
    if not isinstance(name, str) or name not in WORDS:
        raise _fault(f"不认识的词 {name}", path)
    return WORDS[name]


def _expect(wanted: type, data: Json, path: str) -> Any:
    if type(data) is not wanted:
        raise _fault(f"应为 {wanted.__name__}，实为 {type(data).__name__}", path)
    return data


@cache
def _hints(word: Any) -> Mapping[str, Any]:
    return get_type_hints(word)


def _fault(detail: str, path: str) -> NotADeclaration:
    return NotADeclaration(f"{path} 处{detail}", remedy="请核对声明的语言版本，由发出节点重新发送。", field=path)
