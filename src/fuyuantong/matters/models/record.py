"""Records: the trail of a matter, and the inner trail that an organ keeps to itself."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import DateField, F, Func, Q, Value
from django.db.models.functions import Cast
from django.db.models.lookups import Exact

from fuyuantong.matters.models.checks import is_digest, is_object, is_said
from fuyuantong.matters.models.spelled_json import SpelledJSONField


class RecordKind(models.TextChoices):
    """What a record says; the fold is total over these."""

    OPEN = "open", "立项"
    MOVE = "move", "办理"
    LAPSE = "lapse", "届满"
    JOIN = "join", "汇总"
    HANDOVER = "handover", "移交"
    ARRIVED = "arrived", "到达"
    SLIP_ADMITTED = "slip-admitted", "收录"
    CLOCK_RECOMPUTED = "clock-recomputed", "期限重算"
    CORRECTION = "correction", "更正"
    SUCCESSION = "succession", "承继"
    VERSION_MOVED = "version-moved", "换版"
    IMPORTED = "imported", "补录"


class Record(models.Model):
    """
    One act on the trail; append-only, chained, and self-contained: codes and user names, never local ids.

    `effective_on` is when it counts, `recorded_at` when it was written; a difference needs a `basis` or a file.
    """

    pk = models.CompositePrimaryKey("matter_id", "seq")
    matter = models.ForeignKey("matters.Matter", models.PROTECT, db_index=False, related_name="records")
    seq = models.PositiveIntegerField()
    epoch = models.PositiveIntegerField()
    node_id = models.TextField()
    kind = models.TextField()
    move = models.TextField(default="", blank=True)
    from_state = models.TextField(default="", blank=True)
    to_state = models.TextField(default="", blank=True)
    account = models.TextField(default="", blank=True)
    post = models.TextField(default="", blank=True)
    organ = models.TextField(default="", blank=True)
    on_behalf_of = models.TextField(default="", blank=True)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    basis = models.TextField(default="", blank=True)
    values = SpelledJSONField(default=dict)
    resolved = SpelledJSONField(default=dict)
    files = ArrayField(models.BinaryField(), default=list)
    prev = models.BinaryField()
    digest = models.BinaryField(unique=True)
    signature = models.BinaryField(null=True)

    class Meta:
        db_table = "record"
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=RecordKind.values), name="record_kind_known"),
            models.CheckConstraint(condition=is_digest("prev"), name="record_prev_is_digest"),
            models.CheckConstraint(condition=is_digest("digest"), name="record_digest_is_digest"),
            models.CheckConstraint(condition=is_object("values"), name="record_values_object"),
            models.CheckConstraint(condition=is_object("resolved"), name="record_resolved_object"),
            models.CheckConstraint(
                condition=Exact(
                    F("effective_on"),
                    Cast(
                        Func(Value("Asia/Shanghai"), F("recorded_at"), function="timezone", output_field=DateField()),
                        DateField(),
                    ),
                )
                | is_said("basis")
                | ~Q(files=[]),
                name="record_other_date_has_basis",
            ),
        )

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.seq} {self.kind}"


class InnerRecord(models.Model):
    """
    One act inside an organ before issue (draft, assignment, sign-off): its own chain, never exported (R14).

    The record that issues cites the digest of its head.
    """

    pk = models.CompositePrimaryKey("matter_id", "organ_id", "seq")
    matter = models.ForeignKey("matters.Matter", models.PROTECT, db_index=False, related_name="inner_records")
    organ = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    seq = models.PositiveIntegerField()
    kind = models.TextField()
    account = models.TextField()
    post = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField()
    values = SpelledJSONField(default=dict)
    files = ArrayField(models.BinaryField(), default=list)
    prev = models.BinaryField()
    digest = models.BinaryField(unique=True)

    class Meta:
        db_table = "inner_record"
        indexes = (
            models.Index(
                fields=("organ", "recorded_at"), name="inner_record_documents", condition=Q(kind="document-proposed")
            ),
        )
        constraints = (
            models.CheckConstraint(condition=is_said("kind"), name="inner_record_kind_said"),
            models.CheckConstraint(condition=is_digest("prev"), name="inner_record_prev_is_digest"),
            models.CheckConstraint(condition=is_digest("digest"), name="inner_record_digest_is_digest"),
            models.CheckConstraint(condition=is_object("values"), name="inner_record_values_object"),
        )

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.organ_id}/{self.seq} {self.kind}"
