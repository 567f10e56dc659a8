"""组织机构: who sits where in the organisation of the cooperation, from when until when."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from fuyuantong.plans.organisation import SeatPart, Section


class Seat(models.Model):
    """
    One seat of a region's organisation; another holder is another row, and an end is all that a row ever gets.

    Shape: `theme` is the subject of a working group or of a liaison officer; `person` is a name as people say it,
    `account` the same person if they sign in; `valid_to` is the first day on which it is over.
    """

    region_code = models.CharField(max_length=9, db_collation="C")
    section = models.CharField(max_length=20)
    part = models.CharField(max_length=20)
    theme = models.CharField(max_length=60, blank=True)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey("organs.Account", models.PROTECT, null=True, related_name="+")
    person = models.CharField(max_length=60, blank=True)
    post = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=400, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    entered_by = models.ForeignKey("organs.Account", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    ended_by = models.ForeignKey("organs.Account", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "plan_seat"
        indexes: ClassVar = [models.Index(name="plan_seat_region", fields=["region_code", "section"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="plan_seat_once",
                fields=["region_code", "section", "part", "theme", "organ", "person", "post"],
                condition=Q(valid_to__isnull=True),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="plan_seat_section_known", condition=Q(section__in=sorted(one.value for one in Section))
            ),
            models.CheckConstraint(
                name="plan_seat_part_known", condition=Q(part__in=sorted(one.value for one in SeatPart))
            ),
            models.CheckConstraint(
                name="plan_seat_dates", condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_code} {self.section} {self.part}"
