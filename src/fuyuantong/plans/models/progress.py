"""By what an obligation is measured, and what people say and show about it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fuyuantong.plans.vocabulary import NoteKind


class EvidenceRule(models.Model):
    """
    The declared query by which the progress of an obligation is computed.

    Shape: `query` as in `plans.evidence.Query.as_data`; an obligation without a rule waits for evidence by hand
    (待人工举证). The latest rule counts; earlier ones are kept.
    """

    obligation = models.ForeignKey("plans.Obligation", models.CASCADE, related_name="evidence_rules")
    query = models.JSONField()
    set_by = models.ForeignKey("organs.Account", models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        db_table = "plan_evidence_rule"

    def __str__(self) -> str:
        return f"{self.obligation_id}"


class ProgressNote(models.Model):
    """What an organ says or shows about an obligation, evidence for one due item of it; append-only."""

    obligation = models.ForeignKey("plans.Obligation", models.PROTECT, related_name="notes")
    due_item = models.ForeignKey("plans.DueItem", models.PROTECT, null=True, related_name="notes")
    organ = models.ForeignKey("organs.Organ", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20)
    text = models.TextField()
    by = models.ForeignKey("organs.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "plan_note"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="plan_note_kind_known", condition=Q(kind__in=sorted(kind.value for kind in NoteKind))
            ),
            models.CheckConstraint(name="plan_note_said", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class NoteFile(models.Model):
    """A stored file beside a note."""

    note = models.ForeignKey(ProgressNote, models.PROTECT, related_name="files")
    blob = models.ForeignKey("matters.Blob", models.PROTECT, db_column="digest", related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        db_table = "plan_note_file"

    def __str__(self) -> str:
        return self.name
