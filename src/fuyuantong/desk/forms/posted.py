"""What was typed into the boxes, as values: wrong ones are left as they are, for the check that names every fault."""

import mimetypes
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from fuyuantong.matters.services.files import store_file
from fuyuantong.protocol import Field, File, Flag, Json, Mechanism, Number, Organs, Rows, Time
from fuyuantong.protocol.values import MOST_ROWS, field_of
from fuyuantong.tables.cells import Unread, time_of

ADD, REMOVE, BEGIN = "add:", "remove:", "begin:"
EVIDENCE = "evidence"
YES, NO = "yes", "no"
KEPT_NAME = "name:"


@dataclass(frozen=True)
class Posted:
    """What came with a form: values by field, evidence, organs chosen for roles, and the names of the files."""

    values: dict[str, Json]
    evidence: tuple[str, ...]
    chosen: dict[str, str]
    names: dict[str, str] = field(default_factory=dict)


def posted(
    mechanism: Mechanism,
    data: QueryDict,
    files: MultiValueDict[str, UploadedFile],
    *,
    asked: Iterable[str],
    now: datetime,
) -> Posted:
    """
    Return what was filled in for the asked fields; files are stored at once, so that none is sent twice.

    Raises: `BadFile`, `NotKept`.
    """
    reading = _Reading(data, files, now)
    values: dict[str, Json] = {}
    for key in asked:
        table, _, column = key.partition(".")
        found = field_of(mechanism, key)
        if column:
            cells = [reading.value(found, f"{table}.{number}.{column}") for number in reading.rows_of(table)]
            values[key] = cells if any(_said(cell) for cell in cells) else []
        else:
            values[key] = reading.value(found, key)
    chosen = {key.removeprefix("role:"): data[key] for key in data if key.startswith("role:") and data[key]}
    return Posted(values, reading.files(EVIDENCE), chosen, reading.names)


@dataclass
class _Reading:
    data: QueryDict
    uploads: MultiValueDict[str, UploadedFile]
    now: datetime
    names: dict[str, str] = field(default_factory=dict)

    def value(self, found: Field, name: str) -> Json:
        match found:
            case Rows():
                return self._table(found, name)
            case File():
                return list(self.files(name))
            case Organs():
                return [code for code in self.data.getlist(name) if code]
            case Flag():
                text = self.data.get(name, "")
                return {YES: True, NO: False}.get(text, text or None)
            case Number():
                text = self.data.get(name, "").strip()
                return int(text) if text.isascii() and text.removeprefix("-").isdecimal() else text
            case Time():
                return read_or_left(time_of, self.data.get(name, ""))
            case _:
                return self.data.get(name, "").replace("\r\n", "\n")

    def files(self, name: str) -> tuple[str, ...]:
        """Return the digests of what was kept before and of what is uploaded now, each once."""
        digests = [digest for digest in self.data.getlist(name) if digest]
        for digest in digests:
            self.names[digest] = self.data.get(f"{KEPT_NAME}{digest}", "")[:200]
        for upload in self.uploads.getlist(name):
            mime = mimetypes.guess_type(upload.name or "")[0] or "application/octet-stream"
            digest = store_file(upload.read(), mime=mime, now=self.now)
            self.names[digest] = (upload.name or "")[:200]
            digests.append(digest)
        return tuple(dict.fromkeys(digests))

    def rows_of(self, table: str) -> list[int]:
        """Return the numbers of the rows of a table that were sent, in order."""
        numbers = set()
        for name in (*self.data, *self.uploads):
            parts = name.split(".")
            if len(parts) == 3 and parts[0] == table and parts[1].isdecimal() and len(parts[1]) < 5:
                numbers.add(int(parts[1]))
        return sorted(numbers)[: MOST_ROWS + 1]

    def _table(self, found: Rows, name: str) -> list[Json]:
        rows: list[Json] = []
        columns = [one for one in found.columns if one.key not in found.later]
        do = self.data.get("do", "")
        for number in self.rows_of(name):
            if do == f"{REMOVE}{name}.{number}":
                continue
            row = {column.key: self.value(column, f"{name}.{number}.{column.key}") for column in columns}
            rows.append(row)
        if do == f"{ADD}{name}":
            rows.append({})
        elif not do.startswith((ADD, REMOVE)):
            rows = [row for row in rows if isinstance(row, dict) and any(_said(cell) for cell in row.values())]
        return rows


def read_or_left(reader: Callable[[str], Json], text: str) -> Json:
    """Return what somebody typed as it is kept; what cannot be read so stays words, for the check that names the fault."""
    try:
        return reader(text)
    except Unread:
        return text


def _said(cell: Json) -> bool:
    return cell not in (None, "", [])


def begins_by(data: Mapping[str, str]) -> str:
    """Return the field whose choice is to begin the form, empty when another button was pressed."""
    do = data.get("do", "")
    return do.removeprefix(BEGIN) if do.startswith(BEGIN) else ""


def changes_rows(data: Mapping[str, str]) -> bool:
    """Tell whether a button was pressed that only adds or takes away a row."""
    return data.get("do", "").startswith((ADD, REMOVE))
