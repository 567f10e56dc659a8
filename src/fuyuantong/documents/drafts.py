"""Drafts of documents as the inner trail of their organ tells them: versions, who has passed them, what was issued."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.services.inner import InnerKind
from fuyuantong.typesetting.document import OfficialDocument, from_data


class Stage(StrEnum):
    """How far a document has come."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    RETURNED = "returned"
    APPROVED = "approved"
    SEALED = "sealed"


STAGE_TITLES = {
    Stage.DRAFT: "草稿",
    Stage.PROPOSED: "待签发",
    Stage.RETURNED: "退回修改",
    Stage.APPROVED: "已签发，待印发",
    Stage.SEALED: "已印发",
}
_AFTER = {
    InnerKind.DOCUMENT_DRAFTED: Stage.DRAFT,
    InnerKind.DOCUMENT_PROPOSED: Stage.PROPOSED,
    InnerKind.DOCUMENT_REVIEWED: Stage.PROPOSED,
    InnerKind.DOCUMENT_RETURNED: Stage.RETURNED,
    InnerKind.DOCUMENT_APPROVED: Stage.APPROVED,
    InnerKind.DOCUMENT_SEALED: Stage.SEALED,
}


@dataclass(frozen=True)
class Version:
    """What a document said after one act; `seq` is that of the inner record. The issued one has its files' digests."""

    seq: int
    account: str
    at: datetime
    document: OfficialDocument
    pdf: str = ""
    docx: str = ""

    @property
    def is_issued(self) -> bool:
        """Tell whether this is what went out."""
        return bool(self.pdf)


@dataclass
class Draft:
    """One document of an organ. `passed`: how many posts have let the present version through; `reason`: why it came back."""

    uid: str
    kind: str
    stage: Stage = Stage.DRAFT
    last_seq: int = 0
    passed: int = 0
    reason: str = ""
    versions: list[Version] = field(default_factory=list)

    @property
    def document(self) -> OfficialDocument:
        """Return what it says now."""
        return self.versions[-1].document

    @property
    def stage_title(self) -> str:
        """Return how far it has come, in words."""
        return STAGE_TITLES[self.stage]

    def version(self, seq: int) -> Version | None:
        """Return a version by the record that wrote it."""
        return next((version for version in self.versions if version.seq == seq), None)


def drafts_of(records: Iterable[InnerRecord], *, organ_id: int) -> list[Draft]:
    """Return the documents of an organ, the one touched last first."""
    drafts: dict[str, Draft] = {}
    for record in _of_documents(records, organ_id):
        uid = str(record.values["document"])
        draft = drafts.setdefault(uid, Draft(uid, str(record.values["kind"])))
        kind = InnerKind(record.kind)
        draft.stage, draft.last_seq = _AFTER[kind], record.seq
        draft.passed = draft.passed + 1 if kind == InnerKind.DOCUMENT_REVIEWED else 0
        draft.reason = str(record.values.get("reason", ""))
        if "content" in record.values:
            draft.versions.append(_version(record))
    return sorted(drafts.values(), key=lambda draft: -draft.last_seq)


def _of_documents(records: Iterable[InnerRecord], organ_id: int) -> Iterator[InnerRecord]:
    return (record for record in records if record.organ_id == organ_id and record.kind in _AFTER)


def _version(record: InnerRecord) -> Version:
    values = record.values
    return Version(
        seq=record.seq,
        account=record.account,
        at=record.recorded_at,
        document=from_data(values["content"]),
        pdf=str(values.get("pdf", "")),
        docx=str(values.get("docx", "")),
    )
