"""Values as they are typed after `--set`: turned into what the declared field holds, wrong ones left for the check."""

import json
import mimetypes
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from fuyuantong.matters.console.output import BadOption
from fuyuantong.matters.services.files import store_file
from fuyuantong.protocol import Field, File, Flag, Json, Mechanism, Number, Organs, Rows
from fuyuantong.protocol.values import field_of

YES, NO = ("是", "true", "yes"), ("否", "false", "no")
SEPARATORS = str.maketrans("，、", ",,")
CHOSEN = "role:"

Typed = tuple[dict[str, Json], dict[str, str]]


def typed_values(mechanism: Mechanism, said: Iterable[str], *, table: str = "", file: str = "", now: datetime) -> Typed:
    """
    Return values by field, or by column of one row of a table, and the organs chosen for roles (`role:KEY=CODE`).

    `file` names a JSON object with values as they are kept; what is typed besides takes the place of what it says.
    Raises: `BadOption` for what is not `key=value`, and for a file that cannot be read.
    """
    values = _from_file(file) if file else {}
    chosen: dict[str, str] = {}
    for entry in said:
        key, sign, text = entry.partition("=")
        if not sign:
            raise BadOption(f"“{entry}”应写作 字段=内容", remedy="例：--set kind=治安 reason=情况属实。", field="set")
        if key.startswith(CHOSEN):
            chosen[key.removeprefix(CHOSEN)] = text
        else:
            values[key] = _typed(mechanism, key, text, table, now)
    return values, chosen


def stored_files(paths: Iterable[str], *, now: datetime) -> tuple[str, ...]:
    """Store files and return their digests. Raises: `BadOption`, `BadFile`."""
    return tuple(_stored(path, now) for path in paths)


def _typed(mechanism: Mechanism, key: str, text: str, table: str, now: datetime) -> Json:
    try:
        found = field_of(mechanism, f"{table}.{key}" if table else key)
    except KeyError:
        return text  # the check names it, together with every other fault
    if "." in key:
        return [_one(found, part, now) for part in text.split("；")]
    return _one(found, text, now)


def _one(found: Field, text: str, now: datetime) -> Json:
    if isinstance(found, Flag):
        return True if text.lower() in YES else False if text.lower() in NO else text
    if isinstance(found, Number):
        return int(text) if text.isascii() and text.removeprefix("-").isdecimal() else text
    if isinstance(found, Organs):
        return [code.strip() for code in text.translate(SEPARATORS).split(",") if code.strip()]
    if isinstance(found, File):
        return [_stored(path, now) for path in text.split(",")]
    return _json(text, what=f"“{found.title}”") if isinstance(found, Rows) else text


def _from_file(name: str) -> dict[str, Json]:
    values = _json(_read(name).decode("utf-8-sig", errors="replace"), what=f"文件“{name}”")
    if not isinstance(values, dict):
        raise BadOption(f"文件“{name}”应为一个 JSON 对象", remedy='例：{"reason": "情况属实"}。', field="values")
    return dict(values)


def _json(text: str, *, what: str) -> Json:
    try:
        found: Json = json.loads(text)
    except json.JSONDecodeError as fault:
        place = f"第 {fault.lineno} 行第 {fault.colno} 个字符处"
        raise BadOption(f"{what}不是合法的 JSON：{place}", remedy="请核对引号、逗号和括号。", field="values") from fault
    except (ValueError, RecursionError) as fault:
        raise BadOption(f"{what}中的数过长，或者套叠过深", remedy="请核对后重新填写。", field="values") from fault
    return found


def _stored(name: str, now: datetime) -> str:
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return store_file(_read(name), mime=mime, now=now)


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as fault:
        raise BadOption(f"文件“{name}”无法读取", remedy="请核对路径和权限。", field="file") from fault
