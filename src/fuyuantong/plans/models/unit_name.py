"""What people have said which organ a place's documents mean by a name."""

from typing import ClassVar

from django.db import models


class UnitName(models.Model):
    """The organ that the office of a region has chosen for a name; it helps every later row and plan."""

    region_code = models.CharField(max_length=9, db_collation="C")
    raw = models.CharField(max_length=120)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+")
    set_by = models.ForeignKey("organs.Account", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        db_table = "plan_unit_name"
        constraints: ClassVar = [models.UniqueConstraint(name="plan_unit_name_once", fields=["region_code", "raw"])]

    def __str__(self) -> str:
        return f"{self.region_code} {self.raw}"
