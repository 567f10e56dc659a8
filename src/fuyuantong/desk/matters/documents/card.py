"""文书 on the page of a matter: the own organ's drafts, what was issued, and what may be drawn up now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from fuyuantong.desk.matters.subject import Subject
from fuyuantong.documents.drafts import Draft, Stage, drafts_of
from fuyuantong.documents.kinds import kinds_open, moves_here
from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.services.slips import Note
from fuyuantong.protocol.document_kinds import DocumentKind

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
    """What stands on the card; `kinds` pairs of key and title; `due`: what the moves at hand go out with, how far it is."""

    drafts: list[Draft]
    issued: list[Issued]
    kinds: list[tuple[str, str]]
    due: list[tuple[str, str, str]]

    def __bool__(self) -> bool:
        return bool(self.drafts or self.issued or self.kinds)


def documents_of(subject: Subject) -> Documents:
    """Return the documents of a matter as far as the person sees them."""
    own, standing = subject.own, subject.standing
    drafts = drafts_of(subject.inner, organ_id=own.id) if own else []
    kinds = list(kinds_open(standing, own.code, today=subject.visit.today)) if own and subject.may() else []
    return Documents(
        drafts=drafts,
        issued=_issued(subject),
        kinds=[(kind.key, kind.title) for kind in kinds],
        due=list(_due(subject, kinds, drafts)) if subject.has_turn and not subject.absent else [],
    )


def _due(subject: Subject, kinds: Iterable[DocumentKind], drafts: Iterable[Draft]) -> Iterator[tuple[str, str, str]]:
    """Yield the documents that a move of this state draws up: the move, the document, how far that is."""
    latest = {draft.kind: draft for draft in reversed(list(drafts))}
    for kind in kinds:
        for move in moves_here(subject.standing, kind):
            draft = latest.get(kind.key)
            if draft is None or draft.stage == Stage.SEALED:
                said = "还没有拟写"
            else:
                said = "已签发，办理后自动生成正式件" if draft.stage == Stage.APPROVED else draft.stage_title
            yield move.title, kind.title, said


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
