"""Obligations in force: what a published plan lays down, whose it is, by when, and every change of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fuyuantong.organs.identity import new_uid
from fuyuantong.plans.vocabulary import EntryKind, Part


class Obligation(models.Model):
    """
    One task of a plan over all versions of the plan; `number` is its 序号 in the ledger and never given twice.

    Shape: `targets` as in `Wording.as_data`; `span_*` point into the text of `version`, the latest that has it.
    Closed (销号) on a day by a person with a reason, or because a new version no longer has it.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="obligations")
    number = models.PositiveIntegerField()
    version = models.ForeignKey("plans.PlanVersion", models.PROTECT, related_name="obligations")
    clause = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    text = models.TextField()
    modality = models.CharField(max_length=20)
    targets = models.JSONField(default=list)
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    since = models.DateField()
    closed_on = models.DateField(null=True)
    closed_reason = models.TextField(blank=True)

    class Meta:
        db_table = "plan_obligation"
        constraints: ClassVar = [
            models.UniqueConstraint(name="plan_obligation_number_once", fields=["plan", "number"]),
            models.CheckConstraint(
                name="plan_obligation_closed_with_reason", condition=Q(closed_on__isnull=True) | ~Q(closed_reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Responsible(models.Model):
    """One unit of an obligation in the words of the document; `organ` is None as long as nobody knows which it is."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="responsible")
    place = models.PositiveIntegerField()
    raw = models.CharField(max_length=120)
    part = models.CharField(max_length=10)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "plan_responsible"
        ordering = ("place", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(name="plan_responsible_once", fields=["obligation", "raw", "organ"]),
            models.CheckConstraint(
                name="plan_responsible_part_known", condition=Q(part__in=sorted(part.value for part in Part))
            ),
        ]

    def __str__(self) -> str:
        return self.raw


class ObligationDue(models.Model):
    """One date or recurrence of an obligation, as in `WordedDue`; one that a new version dropped has an end."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="dues")
    place = models.PositiveIntegerField()
    type = models.CharField(max_length=20)
    on = models.DateField(null=True)
    period = models.CharField(max_length=20, blank=True)
    times = models.PositiveIntegerField(null=True)
    window = models.CharField(max_length=40, blank=True)
    within = models.JSONField(null=True)
    raw = models.CharField(max_length=120, blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        db_table = "plan_due"
        ordering = ("place", "id")

    def __str__(self) -> str:
        return self.raw or self.type


class LedgerEntry(models.Model):
    """What happened to an obligation, by whom and why; append-only."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=20)
    detail = models.JSONField(default=dict)
    by = models.ForeignKey("organs.Account", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "plan_entry"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="plan_entry_kind_known", condition=Q(kind__in=sorted(kind.value for kind in EntryKind))
            )
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.kind}"
