"""What falls due of an obligation in one period, for one organ: made by the calendar, once."""

from typing import ClassVar

from django.db import models


class DueItem(models.Model):
    """
    One occurrence of an obligation for an organ.

    `period` names it for ever ("2021Q2", "2021H1", "2021", "2021-07", "on:2021-04-30", "review:2022"); from
    `starts_on` to `due_on` inclusive is the time in which its evidence counts. `late_created`: made after its
    period had ended, because the worker was not running. `matter`: the return that was opened for it.
    """

    obligation = models.ForeignKey("plans.Obligation", models.PROTECT, related_name="due_items")
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+")
    due = models.ForeignKey("plans.ObligationDue", models.PROTECT, related_name="+")
    period = models.CharField(max_length=20)
    starts_on = models.DateField()
    due_on = models.DateField()
    created_at = models.DateTimeField()
    late_created = models.BooleanField(default=False)
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey("organs.Account", models.PROTECT, null=True, related_name="+")
    matter = models.OneToOneField("matters.Matter", models.PROTECT, null=True, related_name="+")
    done_note = models.ForeignKey("plans.ProgressNote", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "plan_due_item"
        indexes: ClassVar = [models.Index(name="plan_due_item_organ", fields=["organ", "due_on"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="plan_due_item_once", fields=["obligation", "organ", "period"]),
            models.CheckConstraint(name="plan_due_item_dates", condition=models.Q(due_on__gte=models.F("starts_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.organ_id} {self.period}"
