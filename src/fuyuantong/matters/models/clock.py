"""Clocks of a matter, the rungs of its ladder, and what will be opened later."""

from django.db import models
from django.db.models import Q

from fuyuantong.matters.models.checks import is_object, is_said


class ClockState(models.IntegerChoices):
    """Where a clock stands."""

    RUNNING = 0, "计时中"
    STOPPED = 1, "中止"
    ENDED = 2, "已完成"
    PASSED = 3, "已届满"


class Clock(models.Model):
    """
    One lap of a named clock: its rule and inputs, and the date they give.

    `proof` is derived and large: never select it in a list.
    """

    pk = models.CompositePrimaryKey("matter_id", "name", "lap")
    matter = models.ForeignKey("matters.Matter", models.PROTECT, db_index=False, related_name="clocks")
    name = models.TextField()
    lap = models.PositiveIntegerField(default=1)
    started_on = models.DateField()
    rule = models.JSONField()
    due_on = models.DateField(null=True)
    calendar_version = models.TextField()
    state = models.PositiveSmallIntegerField(default=ClockState.RUNNING)
    proof = models.JSONField(null=True)

    class Meta:
        db_table = "clock"
        indexes = (
            models.Index(fields=("due_on", "matter"), name="clock_running_due", condition=Q(state=0)),
            models.Index(
                fields=("calendar_version", "matter"), name="clock_running_calendar", condition=Q(state__in=(0, 1))
            ),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=ClockState.values), name="clock_state_known"),
            models.CheckConstraint(condition=~Q(state=0) | Q(due_on__isnull=False), name="clock_running_has_due"),
            models.CheckConstraint(condition=is_object("rule"), name="clock_rule_object"),
        )

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.name}/{self.lap}"


class Rung(models.Model):
    """One rung of the ladder, taken exactly once in one stay: this key is what makes it so."""

    pk = models.CompositePrimaryKey("matter_id", "stay_seq", "rung")
    matter = models.ForeignKey("matters.Matter", models.PROTECT, db_index=False, related_name="rungs")
    stay_seq = models.PositiveIntegerField()
    rung = models.TextField()
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "rung"
        constraints = (models.CheckConstraint(condition=is_said("rung"), name="rung_said"),)

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.stay_seq}/{self.rung}"


class Deferred(models.Model):
    """An opening that falls due later (a look-back three months after closure)."""

    id = models.BigAutoField(primary_key=True)
    due_on = models.DateField()
    matter = models.ForeignKey("matters.Matter", models.PROTECT, db_index=False, related_name="deferred")
    body = models.JSONField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "deferred"
        indexes = (models.Index(fields=("due_on", "id"), name="deferred_waiting", condition=Q(done_at__isnull=True)),)
        constraints = (models.CheckConstraint(condition=is_object("body"), name="deferred_body_object"),)

    def __str__(self) -> str:
        return f"{self.due_on} {self.matter_id}"
