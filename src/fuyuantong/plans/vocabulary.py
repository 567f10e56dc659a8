"""The closed lists of plans: what a version, a row of the draft, an obligation, a note can be."""

from enum import StrEnum
from typing import Final


class VersionState(StrEnum):
    """How far a version of a plan has come."""

    UNREADABLE = "unreadable"
    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    ABANDONED = "abandoned"


class RowOrigin(StrEnum):
    """Where a row of the draft comes from."""

    READ = "read"
    ADDED = "added"
    SPLIT = "split"


class Decision(StrEnum):
    """What a person has decided about a row of the draft."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    MERGED = "merged"


class Part(StrEnum):
    """What an organ has to do with an obligation."""

    LEAD = "lead"
    JOINT = "joint"


class EntryKind(StrEnum):
    """What happened to an obligation."""

    PUBLISHED = "published"
    REWORDED = "reworded"
    CLOSED = "closed"
    REOPENED = "reopened"
    SUCCEEDED = "succeeded"
    MAPPED = "mapped"
    EVIDENCE_SET = "evidence-set"
    REVIEWED = "reviewed"


class NoteKind(StrEnum):
    """What a note beside an obligation is."""

    PROGRESS = "progress"
    EVIDENCE = "evidence"
    IMPORTED = "imported"


VERSION_TITLES: Final = {
    VersionState.UNREADABLE: "无法读取",
    VersionState.DRAFT: "待确认",
    VersionState.PUBLISHED: "执行中",
    VersionState.SUPERSEDED: "已被新版替代",
    VersionState.ABANDONED: "已放弃",
}
DECISION_TITLES: Final = {
    Decision.OPEN: "待确认",
    Decision.CONFIRMED: "已确认",
    Decision.DISMISSED: "不列入",
    Decision.MERGED: "已并入",
}
NOTE_TITLES: Final = {NoteKind.PROGRESS: "进展", NoteKind.EVIDENCE: "举证", NoteKind.IMPORTED: "导入"}
ENTRY_TITLES: Final = {
    EntryKind.PUBLISHED: "列入台账",
    EntryKind.REWORDED: "新版改写",
    EntryKind.CLOSED: "销号",
    EntryKind.REOPENED: "重新打开",
    EntryKind.SUCCEEDED: "责任单位承继",
    EntryKind.MAPPED: "对应单位",
    EntryKind.EVIDENCE_SET: "设定举证方式",
    EntryKind.REVIEWED: "年度复核",
}
