"""Similar cases that grew many."""

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7


class CaseWarning(models.Model):
    """
    Similar cases that grew many in one court: found once for each rule, what it takes together, year and step.

    `step` counts how many times the number was reached at which a warning is due; `year` is that of the latest case.
    `organ` or, where nobody of the directory bears it, `name` is who was sued; these, `cause` and `act_kind` are empty
    where the rule does not ask. `cases` are ids, the latest first. Decided when a matter was begun about it (`matter`), or by a reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    keeper = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    rule = models.TextField()
    organ = models.ForeignKey("organs.Organ", models.PROTECT, null=True, db_index=False, related_name="+")
    name = models.TextField()
    cause = models.TextField()
    act_kind = models.TextField()
    year = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()
    months = models.PositiveSmallIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    cases = models.JSONField()
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    account = models.ForeignKey("organs.Account", models.PROTECT, null=True, db_index=False, related_name="+")
    matter = models.UUIDField(null=True)
    reason = models.TextField(default="", blank=True)

    class Meta:
        db_table = "case_warning"
        constraints = (
            models.UniqueConstraint(
                fields=("keeper", "rule", "organ", "name", "cause", "act_kind", "year", "step"),
                name="case_warning_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="case_warning_decided",
                condition=Q(decided_at__isnull=True, matter__isnull=True, reason="")
                | Q(Q(decided_at__isnull=False), Q(matter__isnull=False) | ~Q(reason="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.name} {self.cause}{self.act_kind} {self.n}"
