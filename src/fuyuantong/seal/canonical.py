"""Canonical JSON: one value, one spelling in bytes, so that a digest means the value and nothing else."""

import json
from collections.abc import Iterator
from typing import Final, TypeAlias

import orjson

from fuyuantong.refusal import Refusal

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

LARGEST: Final = 2**53 - 1
DEEPEST: Final = 64


class NotCanonical(Refusal):
    """Refuse a value or bytes outside the form; `field` is the JSON path of the fault."""

    key = "not-canonical"
    title = "数据不合规范形式"


def canonical(value: object) -> bytes:
    """
    Return the one UTF-8 spelling of a JSON value.

    Shape: null, true, false, integers from -(2^53-1) to 2^53-1, strings, lists, objects; keys sorted by code
    point; no white space; only `"`, `\\` and control characters are escaped, as `\\b \\t \\n \\f \\r` or `\\u00xx`.
    Text is kept code point by code point and never normalised: NFC would change ideographs that stand in names
    (U+F900 to U+FAFF), so two spellings that look alike are two values.
    Raises: `NotCanonical` for floats, NUL, lone surrogates, integers out of range, keys that are not text, other
    types (tuples, dates, bytes) and nesting deeper than 64.
    Example: `canonical({"b": 1, "a": "府"})` is `{"a":"府","b":1}` in UTF-8.
    """
    if not _fits(value, DEEPEST):
        raise _fault(value)
    try:
        return spelling(value)
    except orjson.JSONEncodeError as lone_surrogate:
        raise _fault(value) from lone_surrogate


def spelling(value: object) -> bytes:
    """
    Return the spelling of a value that is known to be in the form, because it was when it was stored.

    `canonical` trusts nobody and takes several times as long: `make bench` says how much.
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def parse(data: bytes) -> Json:
    """
    Return the value of canonical bytes; any other spelling of it is refused.

    Raises: `NotCanonical` for what is not JSON, for doubled keys and for every spelling that `canonical` does
    not give.
    """
    try:
        value: Json = json.loads(data.decode(), object_pairs_hook=_once)
    except (ValueError, RecursionError) as fault:
        raise NotCanonical(f"不是合法的 UTF-8 JSON：{fault}", remedy="请核对数据来源后重新导出") from fault
    if canonical(value) != data:
        raise NotCanonical("内容相同而写法不是规范形式", remedy="请以规范形式重新导出，不要经手工编辑", field="$")
    return value


def _fits(value: object, depth: int) -> bool:
    # Every act and every verification comes through here: types by identity, no path kept until a fault is certain.
    kind = type(value)
    if kind is str:
        return "\0" not in value  # type: ignore[operator]
    if kind is int:
        return -LARGEST <= value <= LARGEST  # type: ignore[operator]
    if kind is dict:
        members: dict[object, object] = value  # type: ignore[assignment]
        return depth > 0 and all(
            type(name) is str and "\0" not in name and _fits(member, depth - 1) for name, member in members.items()
        )
    if kind is list:
        return depth > 0 and all(_fits(member, depth - 1) for member in value)  # type: ignore[attr-defined]
    return value is None or kind is bool


def _once(pairs: list[tuple[str, Json]]) -> Json:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        doubled = next(name for name in names if names.count(name) > 1)
        raise NotCanonical(f"键重复：{doubled}", remedy="同一对象内每个键只能出现一次", field=doubled)
    return members


def _fault(value: object) -> NotCanonical:
    path, reason = next(_faults(value, "$", DEEPEST))
    shown = path.encode(errors="backslashreplace").decode().replace("\0", "\\0")
    return NotCanonical(
        f"{shown} 处{reason}",
        basis="规范形式：文本、布尔、空值、±(2^53-1) 以内整数、列表、以文本为键的对象",
        remedy="金额请用分、比率请用文本，去掉不可见字符后重试",
        field=shown,
    )


def _faults(value: object, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict | list) and not depth:
        yield path, f"嵌套超过 {DEEPEST} 层"
    elif type(value) is dict:
        for name, member in value.items():
            yield from _key_faults(name, path)
            yield from _faults(member, f"{path}.{name}", depth - 1)
    elif type(value) is list:
        for place, member in enumerate(value):
            yield from _faults(member, f"{path}[{place}]", depth - 1)
    else:
        yield from ((path, reason) for reason in _leaf_faults(value))


def _key_faults(name: object, path: str) -> Iterator[tuple[str, str]]:
    if type(name) is not str:
        yield path, f"键必须是文本，不能是 {type(name).__name__}"
    else:
        yield from ((f"{path}.{name}", f"键的{reason}") for reason in _leaf_faults(name))


def _leaf_faults(value: object) -> Iterator[str]:
    if type(value) is str:
        if "\0" in value:
            yield "文本含有空字符 NUL"
        if any("\ud800" <= character <= "\udfff" for character in value):
            yield "文本含有不成对的代理码位"
    elif type(value) is int:
        if not -LARGEST <= value <= LARGEST:
            yield "整数超出 ±(2^53-1)"
    elif value is not None and type(value) is not bool:
        yield f"不允许的类型 {type(value).__name__}"
