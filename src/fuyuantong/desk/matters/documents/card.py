"""文书 on the page of a matter: the own organ's drafts, what was issued, and what may be drawn up now."""

from dataclasses import dataclass
from datetime import date

from fuyuantong.desk.matters.subject import Subject
from fuyuantong.documents.drafts import Draft, drafts_of
from fuyuantong.documents.kinds import kinds_open
from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.services.slips import Note

ISSUED = f"note:{Note.DOCUMENT}"


@dataclass(frozen=True)
class Issued:
    """A document that went out, as all see it who see its record."""

    title: str
    organ: str
    on: date
    files: tuple[tuple[str, Attachment], ...]


@dataclass(frozen=True)
class Documents:
    """What stands on the card; `kinds` pairs of key and title."""

    drafts: list[Draft]
    issued: list[Issued]
    kinds: list[tuple[str, str]]

    def __bool__(self) -> bool:
        return bool(self.drafts or self.issued or self.kinds)


def documents_of(subject: Subject) -> Documents:
    """Return the documents of a matter as far as the person sees them."""
    own, standing = subject.own, subject.standing
    may_draft = own is not None and subject.may()
    return Documents(
        drafts=drafts_of(subject.inner, organ_id=own.id) if own else [],
        issued=_issued(subject),
        kinds=[(kind.key, kind.title) for kind in kinds_open(standing, own.code, today=subject.visit.today)]
        if own and may_draft
        else [],
    )


def _issued(subject: Subject) -> list[Issued]:
    files: dict[int, list[Attachment]] = {}
    for found in subject.attachments:
        if not found.inner:
            files.setdefault(found.seq, []).append(found)
    return [
        Issued(
            title=str(record.resolved.get("note", "")).removeprefix("制发《").removesuffix("》"),
            organ=subject.names[record.organ],
            on=record.effective_on,
            files=tuple((_format(found), found) for found in files.get(record.seq, ())),
        )
        for record in subject.records
        if record.move == ISSUED
    ]


def _format(found: Attachment) -> str:
    return "PDF" if found.name.endswith(".pdf") else "Word"
