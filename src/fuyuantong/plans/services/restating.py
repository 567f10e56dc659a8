"""A version whose text is the words of its own tasks, one after another: of a pack, of an office's table."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from fuyuantong.organs.models import Account
from fuyuantong.plans.drafting import ReadRow, signature_of
from fuyuantong.plans.models.draft import PlanSentence
from fuyuantong.plans.models.plan import Plan, PlanVersion
from fuyuantong.plans.services.rereading import keep_rows, pair_rows
from fuyuantong.plans.vocabulary import VersionState
from fuyuantong.plans.wording import Wording
from fuyuantong.reading.reading import digest_of
from fuyuantong.reading.values import SentenceKind, Span


@dataclass(frozen=True, kw_only=True)
class Restated:
    """What a version is made of: the stored file by its digest, the text, and rows that point into it."""

    digest: str
    file_name: str
    text: str
    front: Mapping[str, Any]
    rows: Sequence[ReadRow]


def rows_in(text: str, wordings: Iterable[Wording], *, rule: str) -> tuple[ReadRow, ...]:
    """Return tasks as rows that point to their words in a text, which has them in the same order."""
    rows, at, seen = [], 0, Counter[str]()
    for wording in wordings:
        start = text.index(wording.text, at)
        at = start + len(wording.text)
        seen[wording.text] += 1
        rows.append(
            ReadRow(
                span=Span(start, at),
                part=Span(start, at),
                rule=rule,
                is_standing=False,
                signature=signature_of(wording.text, nth=seen[wording.text]),
                wording=wording,
                sources={},
            )
        )
    return tuple(rows)


def draft_restated(plan: Plan, restated: Restated, *, by: Account, now: datetime) -> PlanVersion:
    """Begin the next version of a plan with rows that are there already, each its own sentence."""
    last = PlanVersion.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    version = PlanVersion.objects.create(
        plan=plan,
        number=last + 1,
        state=VersionState.DRAFT,
        blob_id=bytes.fromhex(restated.digest),
        file_name=restated.file_name,
        text=restated.text,
        text_digest=digest_of(restated.text),
        front=dict(restated.front),
        uploaded_by=by,
        uploaded_at=now,
        read_at=now,
    )
    PlanSentence.objects.bulk_create(
        PlanSentence(
            version=version,
            start=row.span.start,
            end=row.span.end,
            clause=row.wording.clause,
            kind=SentenceKind.DUTY,
            rule=row.rule,
        )
        for row in restated.rows
    )
    keep_rows(version, restated.rows)
    pair_rows(version)
    return version
