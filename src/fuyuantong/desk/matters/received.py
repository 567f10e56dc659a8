"""What children brought back: beside each of them, and as the rows with which a table begins."""

from collections.abc import Iterator, Mapping
from typing import Final

from fuyuantong import catalogue
from fuyuantong.desk.matters.subject import Subject
from fuyuantong.matters.console.shown_values import shown
from fuyuantong.protocol import Await, Closing, Json, Mechanism, Move, Received, Rows
from fuyuantong.protocol import Final as Ending
from fuyuantong.protocol.rules.links import child_of
from fuyuantong.protocol.trail import Kind

LINE: Final = 60  # characters
Brought = Mapping[str, Mapping[str, Json]]


def brought_back(subject: Subject) -> Brought:
    """Return what each child that ended brought back, by its id, as the records shown to the reader tell it."""
    told: dict[str, Mapping[str, Json]] = {}
    for record in subject.records:
        if record.kind == Kind.JOIN:
            told |= dict.fromkeys(record.resolved["ended"], record.resolved.get("outcomes", {}))
    return told


def in_words(subject: Subject, child: Mechanism, brought: Mapping[str, Json]) -> str:
    """Return what a child brought back as one line, words and choices; long texts stand on its own page."""
    fields = (found for found in child.fields if found.key in brought and not isinstance(found, Rows))
    said = (shown(found, brought[found.key], subject.names) for found in fields)
    return "　".join(text for text in said if len(text) <= LINE)


def tables_received(subject: Subject, move: Move) -> dict[str, Json]:
    """Return the rows with which tables that a move asks begin, by field; none where nobody has accepted yet."""
    found: dict[str, Json] = {}
    for table in subject.mechanism.fields:
        if isinstance(table, Rows) and isinstance(table.begins_with, Received) and table.key in move.asks:
            rows = list(_rows(subject, table.begins_with))
            found |= {table.key: rows} if rows else {}
    return found


def _rows(subject: Subject, beginning: Received) -> Iterator[Json]:
    place = subject.mechanism.state(beginning.of)
    if not isinstance(place, Await):
        return
    child, told = child_of(place, catalogue.MECHANISMS), brought_back(subject)
    accepted = {one.key for one in child.states if isinstance(one, Ending) and one.kind is Closing.ACCEPTED}
    for uid, standing in subject.situation.children.items():
        if standing.round == subject.situation.round and standing.ending in accepted:
            brought = told.get(uid, {})
            yield {column: brought[key] for column, key in beginning.columns.items() if key in brought}
