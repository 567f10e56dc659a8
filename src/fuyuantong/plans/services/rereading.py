"""Keeping what was read of a version: for the first time, or again without losing what people have decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from fuyuantong.plans.drafting import ReadRow, rows_of, signature_of, spans_as_data
from fuyuantong.plans.in_force import listed, wording_of
from fuyuantong.plans.models.draft import DraftRow, PlanSentence
from fuyuantong.plans.models.plan import PlanVersion
from fuyuantong.plans.pairing import paired
from fuyuantong.plans.vocabulary import Decision, RowOrigin
from fuyuantong.plans.wording import Wording
from fuyuantong.reading.form import as_form
from fuyuantong.reading.values import Reading

LONGEST = 60
FRONT = ("title", "doc_number", "issuers", "issued_on", "doc_kind")
_READ = (
    "place", "span_start", "span_end", "part_start", "part_end", "rule", "is_standing", "signature", "read",
    "wording", "sources",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Reread:
    """What a reading did to a draft: rows that are new, known again, gone, and kept though the text lacks them."""

    new: int
    again: int
    gone: int
    left: int


def keep_reading(version: PlanVersion, reading: Reading, *, now: datetime) -> Reread:
    """
    Keep the text, the sentences and the rows of a version that is locked.

    Rows known again by their signature keep wording, decision and corrections; those that nobody touched are worded
    anew or go; others stay although the text has them no more.
    """
    form, judged = as_form(reading), _judged(version)
    version.text, version.text_digest = reading.text, reading.digest
    version.front = {key: form[key] for key in FRONT}
    version.headings, version.refusal, version.read_at = form["levels"], "", now
    version.save()
    _keep_sentences(version, reading, judged)
    told = keep_rows(version, rows_of(reading))
    pair_rows(version)
    return told


def pair_rows(version: PlanVersion) -> None:
    """Say of each row nobody paired yet which obligation of the version in force it continues."""
    old = list(listed(version.plan))
    rows = list(DraftRow.objects.filter(version=version).exclude(decision=Decision.MERGED))
    taken = {row.continues_id for row in rows if row.continues_id}
    free = [row for row in rows if row.continues_id is None and row.decision == Decision.OPEN]
    left = [obligation for obligation in old if obligation.pk not in taken]
    pairs = paired([wording_of(one) for one in left], [Wording.from_data(row.wording) for row in free])
    for new, before in pairs.items():
        free[new].continues = left[before]
    DraftRow.objects.bulk_update([free[new] for new in pairs], ["continues"])


def _judged(version: PlanVersion) -> dict[str, PlanSentence]:
    """Return what people have said of sentences, by the words of the text as it was."""
    found = PlanSentence.objects.filter(version=version).exclude(judged_kind="")
    return {signature_of(version.text[one.start : one.end]): one for one in found}


def _keep_sentences(version: PlanVersion, reading: Reading, judged: Mapping[str, PlanSentence]) -> None:
    PlanSentence.objects.filter(version=version).delete()
    fresh = []
    for sentence in reading.sentences:
        before = judged.get(signature_of(sentence.span.of(reading.text)))
        fresh.append(
            PlanSentence(
                version=version,
                start=sentence.span.start,
                end=sentence.span.end,
                clause=sentence.clause[:LONGEST],
                kind=sentence.kind,
                rule=sentence.rule,
                judged_kind=before.judged_kind if before else "",
                judged_by_id=before.judged_by_id if before else None,
                judged_at=before.judged_at if before else None,
            )
        )
    PlanSentence.objects.bulk_create(fresh)


def keep_rows(version: PlanVersion, read: Iterable[ReadRow]) -> Reread:
    """Keep the rows that were read of a version, those known again with what people decided."""
    rows = list(DraftRow.objects.filter(version=version).prefetch_related("corrections", "merged"))
    known = {row.signature: row for row in rows if row.origin == RowOrigin.READ}
    fresh, again = [], []
    for one in read:
        row = known.pop(one.signature, None)
        if row is None:
            fresh.append(_taken(DraftRow(version=version, origin=RowOrigin.READ), one))
        else:
            again.append(_taken(row, one))
    DraftRow.objects.bulk_create(fresh)
    DraftRow.objects.bulk_update(again, _READ)
    gone = [row for row in known.values() if not _is_touched(row)]
    _delete(gone)
    left = [row for row in rows if row not in gone and row not in again]
    DraftRow.objects.bulk_update([_found_in(version.text, row) for row in left], _READ)
    return Reread(new=len(fresh), again=len(again), gone=len(gone), left=len(left))


def _taken(row: DraftRow, read: ReadRow) -> DraftRow:
    wording = read.wording.as_data()
    if not row.pk or not _is_touched(row):
        row.wording = wording
    row.read, row.sources = wording, spans_as_data(read.sources)
    row.rule, row.is_standing, row.signature = read.rule[:LONGEST], read.is_standing, read.signature
    row.place = row.part_start = read.part.start
    row.part_end, row.span_start, row.span_end = read.part.end, read.span.start, read.span.end
    return row


def _is_touched(row: DraftRow) -> bool:
    return row.decision != Decision.OPEN or bool(row.corrections.all()) or bool(row.merged.all())


def _found_in(text: str, row: DraftRow) -> DraftRow:
    """Return a row that no reading gives, put where its words stand now, or nowhere."""
    said = row.wording["text"]
    start = text.find(said) if said else -1
    row.sources = {}
    row.place = start if start >= 0 else len(text)
    row.part_start = row.span_start = max(start, 0)
    row.part_end = row.span_end = start + len(said) if start >= 0 else 0
    return row


def _delete(rows: Iterable[DraftRow]) -> None:
    # corrections may not be deleted, and Django would try to even where there are none
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM plan_draft_row WHERE id = ANY(%s)", [[row.pk for row in rows]])
