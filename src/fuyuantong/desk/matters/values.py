"""Values of a matter for a page: a text, files, or a table with its columns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from fuyuantong.desk.matters.subject import Subject
from fuyuantong.desk.seen_matters import SeenMatter, seen_matters
from fuyuantong.matters.console.shown_values import shown_values
from fuyuantong.matters.models.file import Attachment
from fuyuantong.protocol import File, Json, Matter, Rows
from fuyuantong.protocol.values import field_of, matters_named
from fuyuantong.seal.commitment import is_commitment


@dataclass(frozen=True)
class Shown:
    """One value; with rows it is a table, with files what can be handed out, `sealed` what must be unmasked first."""

    key: str
    title: str
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    files: tuple[Attachment, ...] = ()
    sealed: bool = False
    matters: tuple[SeenMatter | None, ...] = ()

    @property
    def lines(self) -> Iterable[tuple[tuple[str, ...], SeenMatter | None]]:
        """Return the rows, each with the matter that it is about."""
        return zip(self.rows, self.matters or repeat(None), strict=False)


def values_of(subject: Subject, values: Mapping[str, Json]) -> list[Shown]:
    """Return what was filled in, in the order of the declaration; a column beside the first one of its table."""
    whole = _by_rows(subject, values)
    found = shown_values(subject.mechanism, whole, subject.names)
    return [_shown(subject, one["key"], one["title"], one["value"], whole[one["key"]]) for one in found]


def _by_rows(subject: Subject, values: Mapping[str, Json]) -> dict[str, Json]:
    """Return values with each `rows.column` as rows, which say by their first column which row is meant."""
    whole = {key: value for key, value in values.items() if "." not in key}
    tables: dict[str, list[dict[str, Json]]] = {}
    for key, cells in values.items():
        name, _, column = key.partition(".")
        table, standing = subject.mechanism.value(name), subject.situation.values.get(name)
        if column and isinstance(table, Rows) and isinstance(cells, list) and isinstance(standing, list):
            first = table.columns[0].key
            rows = tables.setdefault(name, [{first: row[first]} for row in standing if isinstance(row, dict)])
            for row, cell in zip(rows, cells, strict=False):  # rows may have been added since
                row[column] = cell
    return {**whole, **tables}


def _shown(subject: Subject, key: str, title: str, value: Any, kept: Json) -> Shown:
    if is_commitment(kept):
        return Shown(key, title, text=str(value), sealed=True)
    if isinstance(field_of(subject.mechanism, key), File) and isinstance(kept, list):
        by_digest = {bytes(file.blob_id).hex(): file for file in subject.attachments}
        return Shown(key, title, text="无", files=tuple(by_digest[one] for one in kept if one in by_digest))
    if not isinstance(value, list):
        return Shown(key, title, text=str(value))
    columns = tuple(_columns(value))
    rows = tuple(tuple(str(row.get(column, "")) for column in columns) for row in value)
    return Shown(key, title, text="无", columns=columns, rows=rows, matters=_matters(subject, key, kept))


def _matters(subject: Subject, key: str, kept: Json) -> tuple[SeenMatter | None, ...]:
    """Return for each row of a table the matter that it is about and the reader sees; nothing when no row has one."""
    table = field_of(subject.mechanism, key)
    columns = [one.key for one in table.columns if isinstance(one, Matter)] if isinstance(table, Rows) else []
    if not columns or not isinstance(kept, list):
        return ()
    seen = seen_matters(subject.reader, matters_named(subject.mechanism, {key: kept}))
    found = [seen.get(str(row.get(columns[0], ""))) if isinstance(row, dict) else None for row in kept]
    return tuple(found) if any(found) else ()


def _columns(rows: Iterable[Mapping[str, Any]]) -> dict[str, None]:
    """Return the columns that any of the rows fills in, in order."""
    return dict.fromkeys(column for row in rows for column in row)
