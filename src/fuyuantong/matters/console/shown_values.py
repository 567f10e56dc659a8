"""Values of a matter as people read them; what is secret stays covered."""

from collections.abc import Iterator, Mapping
from typing import Any

from fuyuantong.matters.console.labels import OrganNames, organs_in
from fuyuantong.protocol import Field, File, Flag, Json, Matter, Mechanism, Number, Organ, Organs, Rows
from fuyuantong.protocol.values import rate_of
from fuyuantong.seal.commitment import is_commitment

COVERED = "（已加密）"
SHORT_DIGEST = 12
RATE_TITLE = "率"
BY, ADDED_BY = "$organ", "提出单位"  # which party added a row by a request


def shown_values(mechanism: Mechanism, values: Mapping[str, Json], names: OrganNames) -> list[dict[str, Any]]:
    """Return what was filled in, in the order of the declaration; `value` is text, or rows of texts by column."""
    return [
        {"key": found.key, "title": found.title, "value": _with_rates(mechanism, found, values[found.key], names)}
        for found in mechanism.fields
        if found.key in values
    ]


def _with_rates(mechanism: Mechanism, found: Field, value: Json, names: OrganNames) -> Any:
    """Return one value for people; of reported figures each line with its share."""
    told, figures = shown(found, value, names), mechanism.figures
    if figures and found.key == figures.rows and isinstance(value, list):
        rows = (row for row in value if isinstance(row, dict))
        return [line | {RATE_TITLE: rate_of(figures, row)} for line, row in zip(told, rows, strict=True)]
    return told


def shown(found: Field, value: Json, names: OrganNames) -> Any:
    """Return one value for people."""
    if is_commitment(value):
        return COVERED
    if isinstance(found, Rows) and isinstance(value, list):
        return [dict(_cells(found, row, names)) for row in value if isinstance(row, dict)]
    if isinstance(found, Organ | Organs):
        return "、".join(names[code] for code in organs_in(value)) or "无"
    if isinstance(found, File) and isinstance(value, list):
        return "、".join(f"附件 {str(digest)[:SHORT_DIGEST]}" for digest in value)
    if isinstance(found, Flag):
        return "是" if value else "否"
    return f"{value}{found.unit}" if isinstance(found, Number) else str(value)


def _cells(table: Rows, row: Mapping[str, Json], names: OrganNames) -> Iterator[tuple[str, Any]]:
    for column in table.columns:
        if column.key in row and not isinstance(column, Matter):  # an id says nothing to people
            yield column.title, shown(column, row[column.key], names)
    if BY in row:
        yield ADDED_BY, names[str(row[BY])]
