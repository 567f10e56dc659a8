"""Slips: what is done by those who do not hold, until the holder's side admits it (R3)."""

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from fuyuantong.matters.models.checks import is_digest, is_object, is_said


class Slip(models.Model):
    """
    An annotation, request, demand, child's result or receipt, signed by its author's node.

    Stands outside the sequence of the matter; shown to its own organ at once. Append-only but for the admission:
    `matter`, `admitted_seq` and `answer` go from nothing to a value, once.
    """

    uid = models.UUIDField(primary_key=True, default=uuid7)
    matter_uid = models.UUIDField()
    matter = models.ForeignKey("matters.Matter", models.PROTECT, null=True, db_index=False, related_name="slips")
    author_node = models.TextField()
    author_seq = models.BigIntegerField(
        db_default=models.Func(
            models.Value("slip_author_seq"), function="nextval", output_field=models.BigIntegerField()
        )
    )
    kind = models.TextField()
    organ = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    account = models.TextField(default="", blank=True)
    body = models.JSONField()
    digest = models.BinaryField()
    signature = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    admitted_seq = models.PositiveIntegerField(null=True)
    answer = models.JSONField(null=True)

    class Meta:
        db_table = "slip"
        indexes = (models.Index(fields=("matter_uid", "created_at"), name="slip_matter"),)
        constraints = (
            models.UniqueConstraint(fields=("author_node", "author_seq"), name="slip_author"),
            models.CheckConstraint(condition=is_said("kind"), name="slip_kind_said"),
            models.CheckConstraint(condition=is_digest("digest"), name="slip_digest_is_digest"),
            models.CheckConstraint(condition=is_object("body"), name="slip_body_object"),
            models.CheckConstraint(condition=Q(answer__isnull=True) | is_object("answer"), name="slip_answer_object"),
            models.CheckConstraint(
                condition=Q(admitted_seq__isnull=True) | Q(matter__isnull=False), name="slip_admitted_has_matter"
            ),
            models.CheckConstraint(
                condition=Q(answer__isnull=True) | Q(admitted_seq__isnull=False), name="slip_answered_when_admitted"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"
