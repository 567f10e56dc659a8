"""Matters that values name by their id: shown as links to whoever sees them, and to nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from fuyuantong.matters.console.labels import state_title
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.sight import Reader, visible_to
from fuyuantong.organs.identity import read_uid


@dataclass(frozen=True, slots=True)
class SeenMatter:
    """A matter that the reader sees, as a link says it."""

    uid: UUID
    title: str
    state: str


def seen_matters(reader: Reader, uids: Iterable[str]) -> dict[str, SeenMatter]:
    """Return those of some matters that the reader sees, by their ids."""
    wanted = {uid for uid in uids if read_uid(uid)}
    if not wanted:
        return {}
    found = visible_to(reader).filter(uid__in=wanted)
    return {str(row.uid): seen_matter(row) for row in found}


def seen_matter(row: Matter) -> SeenMatter:
    """Return a matter as a link says it."""
    state = state_title(declared(row.mechanism, row.declaration_id), row.state)
    return SeenMatter(row.uid, row.number or row.title, state)
