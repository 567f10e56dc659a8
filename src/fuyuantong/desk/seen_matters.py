"""Matters that values name by their id: shown as links to whoever sees them, and to nobody else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from fuyuantong.matters.console.labels import state_title
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.sight import Reader, visible_to
from fuyuantong.protocol import Json, Matter, Mechanism, Rows


@dataclass(frozen=True, slots=True)
class SeenMatter:
    """A matter that the reader sees, as a link says it."""

    uid: UUID
    title: str
    state: str


def seen_matters(reader: Reader, uids: Iterable[str]) -> dict[str, SeenMatter]:
    """Return those of some matters that the reader sees, by their ids."""
    wanted = {uid for uid in uids if _is_uid(uid)}
    if not wanted:
        return {}
    found = visible_to(reader).filter(uid__in=wanted)
    return {
        str(row.uid): SeenMatter(
            row.uid, row.number or row.title, state_title(declared(row.mechanism, row.declaration_id), row.state)
        )
        for row in found
    }


def matters_named(mechanism: Mechanism, *values: Mapping[str, Json]) -> Iterator[str]:
    """Yield the ids of the matters that rows of a table name."""
    for table in mechanism.fields:
        columns = [one.key for one in table.columns if isinstance(one, Matter)] if isinstance(table, Rows) else []
        for given in values if columns else ():
            rows = given.get(table.key)
            for row in rows if isinstance(rows, list) else ():
                if isinstance(row, dict):
                    yield from (str(row[key]) for key in columns if row.get(key))


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
