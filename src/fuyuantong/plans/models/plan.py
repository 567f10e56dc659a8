"""Plans and their versions: the document as it came, its text, and how far it is."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fuyuantong.organs.identity import new_uid
from fuyuantong.plans.vocabulary import VersionState


class Plan(models.Model):
    """
    One programme of a region over all its versions; its office keeps it.

    `above`: the plan of the superior region that this one adopts (两级联动).
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    region_code = models.CharField(max_length=9, db_collation="C")
    name = models.CharField(max_length=200)
    office = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+")
    above = models.ForeignKey("plans.Plan", models.PROTECT, null=True, related_name="below")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "plan"
        indexes: ClassVar = [models.Index(name="plan_region", fields=["region_code"])]

    def __str__(self) -> str:
        return self.name


class PlanVersion(models.Model):
    """
    One version of a plan: the file as it came (kept even when it cannot be read) and the text all spans point to.

    Shape: `front` and `headings` as in `reading.form.as_form`; `refusal` says why the file could not be read.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20)
    blob = models.ForeignKey("matters.Blob", models.PROTECT, db_column="digest", related_name="+")
    file_name = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    text_digest = models.CharField(max_length=64, blank=True)
    front = models.JSONField(default=dict)
    headings = models.JSONField(default=list)
    refusal = models.TextField(blank=True)
    uploaded_by = models.ForeignKey("organs.Account", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("organs.Account", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    valid_from = models.DateField(null=True)

    class Meta:
        db_table = "plan_version"
        constraints: ClassVar = [
            models.UniqueConstraint(name="plan_version_once", fields=["plan", "number"]),
            models.UniqueConstraint(name="plan_one_in_force", fields=["plan"], condition=Q(state="published")),
            models.UniqueConstraint(name="plan_one_draft", fields=["plan"], condition=Q(state="draft")),
            models.CheckConstraint(
                name="plan_version_state_known", condition=Q(state__in=sorted(state.value for state in VersionState))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"
