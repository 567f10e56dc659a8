"""Rows with an identity: those that are too many for `values`, or that have an outcome of their own."""

from django.db import models

from fuyuantong.matters.models.checks import is_object


class MatterRow(models.Model):
    """One row of a Rows field: its values, the organ that it concerns, and its outcome."""

    pk = models.CompositePrimaryKey("matter_id", "field", "row_key")
    matter = models.ForeignKey("matters.Matter", models.PROTECT, db_index=False, related_name="rows")
    field = models.TextField()
    row_key = models.TextField()
    organ = models.ForeignKey("organs.Organ", models.PROTECT, null=True, db_index=False, related_name="+")
    values = models.JSONField(default=dict)
    outcome = models.TextField(default="", blank=True)

    class Meta:
        db_table = "matter_row"
        constraints = (models.CheckConstraint(condition=is_object("values"), name="matter_row_values_object"),)

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.field}/{self.row_key}"
