"""Counters: how many matters a scope sees, kept up from the outbox so that no page counts."""

from django.db import models


class Counter(models.Model):
    """The number of matters of one mechanism in one state that one scope sees."""

    pk = models.CompositePrimaryKey("scope_id", "mechanism", "state", "phase")
    scope_id = models.BigIntegerField()
    mechanism = models.TextField()
    state = models.TextField()
    phase = models.PositiveSmallIntegerField()
    n = models.BigIntegerField(default=0)

    class Meta:
        db_table = "counter"

    def __str__(self) -> str:
        return f"{self.scope_id}/{self.mechanism}/{self.state}: {self.n}"
