"""The draft of a version: sentences, rows as read and as people have them, and every correction."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fuyuantong.plans.vocabulary import Decision


class PlanSentence(models.Model):
    """One sentence of a version: what the reader takes it for, and what a person says it is."""

    version = models.ForeignKey("plans.PlanVersion", models.CASCADE, related_name="sentences")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    clause = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    rule = models.CharField(max_length=60)
    judged_kind = models.CharField(max_length=20, blank=True)
    judged_by = models.ForeignKey("organs.Account", models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "plan_sentence"
        constraints: ClassVar = [models.UniqueConstraint(name="plan_sentence_once", fields=["version", "start"])]

    def __str__(self) -> str:
        return f"{self.version_id} {self.start}–{self.end}"


class DraftRow(models.Model):
    """
    One task of a draft, confirmed row by row beside the text.

    Shape: `read` is the `Wording` as the reader has it (None when a person added the row), `wording` as it stands
    now; `span_*` is the sentence or item in the text, `part_*` the stretch that is this task; `signature` tells the
    row again when the document is read again; `sources` says from where in the text units, dues and targets were
    taken; `is_standing`: laid down beside the items of the task list (保障措施),
    left out unless a person takes it in. `continues`: the obligation of which it is the new version or, once
    published, the obligation that it became.
    """

    version = models.ForeignKey("plans.PlanVersion", models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    origin = models.CharField(max_length=20)
    is_standing = models.BooleanField(default=False)
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    part_start = models.PositiveIntegerField()
    part_end = models.PositiveIntegerField()
    rule = models.CharField(max_length=60, blank=True)
    signature = models.CharField(max_length=64)
    read = models.JSONField(null=True)
    wording = models.JSONField()
    sources = models.JSONField(default=dict)
    decision = models.CharField(max_length=20, default=Decision.OPEN)
    reason = models.TextField(blank=True)
    merged_into = models.ForeignKey("plans.DraftRow", models.CASCADE, null=True, related_name="merged")
    continues = models.ForeignKey("plans.Obligation", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey("organs.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "plan_draft_row"
        ordering = ("place", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="plan_draft_row_decision_known", condition=Q(decision__in=sorted(one.value for one in Decision))
            ),
            models.CheckConstraint(
                name="plan_draft_row_dismissed_with_reason", condition=~Q(decision="dismissed", reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.place}"


class Correction(models.Model):
    """What a person changed in a row: the reader's value, the value before, the person's, and who; append-only."""

    row = models.ForeignKey(DraftRow, models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=20)
    read = models.JSONField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey("organs.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "plan_correction"

    def __str__(self) -> str:
        return f"{self.row_id} {self.field}"
