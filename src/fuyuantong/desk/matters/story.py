"""经过: what happened, newest first, with what each act changed and the digest by which it can be checked."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.desk.matters.correcting import correctable
from fuyuantong.desk.matters.subject import Subject
from fuyuantong.desk.matters.values import Shown, values_of
from fuyuantong.matters.console.labels import act_title, state_title
from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.models.record import Record
from fuyuantong.organs.models import Account

BRIEF = 4
_UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Happening:
    """One record as people read it; `effective_on` only when it is another day than that of writing."""

    seq: int
    title: str
    organ: str
    person: str
    on_behalf_of: str
    at: datetime
    effective_on: date | None
    state: str
    note: str
    basis: str
    values: list[Shown]
    files: tuple[Attachment, ...]
    digest: str
    prev: str
    corrects: int
    correctable: bool

    @property
    def brief(self) -> str:
        """Return the digest so short that people can compare it with the one before."""
        return f"{self.digest[:BRIEF]}…{self.digest[-BRIEF:]} ← {self.prev[:BRIEF]}…{self.prev[-BRIEF:]}"


def story_of(subject: Subject) -> list[Happening]:
    """Return what happened, newest first."""
    records = subject.records
    subject.names.learn(code for record in records for code in (record.organ, record.on_behalf_of))
    people = dict(
        Account.objects.filter(username__in={record.account for record in records}).values_list(
            "username", "display_name"
        )
    )
    files: dict[int, list[Attachment]] = defaultdict(list)
    for found in subject.attachments:
        if not found.inner:
            files[found.seq].append(found)
    return [_happening(subject, record, people, tuple(files[record.seq])) for record in reversed(records)]


def _happening(subject: Subject, record: Record, people: dict[str, str], files: tuple[Attachment, ...]) -> Happening:
    mechanism, names = subject.mechanism, subject.names
    moved = record.to_state != record.from_state
    written_on = record.recorded_at.astimezone(SHANGHAI).date()
    return Happening(
        seq=record.seq,
        title=act_title(mechanism, record.kind, record.move, record.from_state),
        organ=names[record.organ],
        person=people.get(record.account, record.account),
        on_behalf_of=names[record.on_behalf_of] if record.on_behalf_of else "",
        at=record.recorded_at,
        effective_on=record.effective_on if record.effective_on != written_on else None,
        state=state_title(mechanism, record.to_state) if moved else "",
        note=_said_with(record),
        basis=_named(subject, record.basis),
        values=values_of(subject, record.values),
        files=files,
        digest=bytes(record.digest).hex(),
        prev=bytes(record.prev).hex(),
        corrects=int(record.resolved.get("corrects", 0)),
        correctable=bool(correctable(subject, record)),
    )


def _named(subject: Subject, basis: str) -> str:
    """Return a ground with the matters that it cites by what people call them, not by their ids."""
    known = {str(link.matter.uid): link.matter.number or link.matter.title for link in subject.page.links}
    return _UID.sub(lambda found: known.get(found[0], "相关事项"), basis)


def _said_with(record: Record) -> str:
    """Return the words of a note, a refusal or a correction."""
    words = (record.resolved.get(key) for key in ("note", "declined", "reason"))
    return next((str(said) for said in words if said), "")
