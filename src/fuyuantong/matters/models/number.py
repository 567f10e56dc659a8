"""Numbers without gaps, and keys that only one matter may hold."""

from django.db import models
from django.db.models import Q

from fuyuantong.matters.models.checks import is_digest


class Serial(models.Model):
    """The next number of one series of an organ; its row lock is taken last in an act and held until commit."""

    pk = models.CompositePrimaryKey("organ_id", "kind", "year")
    organ = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    kind = models.TextField()
    year = models.PositiveSmallIntegerField()
    next = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "serial"
        constraints = (models.CheckConstraint(condition=Q(next__gte=1), name="serial_next_positive"),)

    def __str__(self) -> str:
        return f"{self.organ_id}/{self.kind}/{self.year}"


class NumberTaken(models.Model):
    """A number that was given to a matter, or declared void with a reason; append-only and without gaps."""

    pk = models.CompositePrimaryKey("organ_id", "kind", "year", "serial")
    organ = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    kind = models.TextField()
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    matter = models.ForeignKey("matters.Matter", models.PROTECT, null=True, related_name="numbers")
    void_reason = models.TextField(default="", blank=True)

    class Meta:
        db_table = "number_taken"
        constraints = (
            models.CheckConstraint(
                condition=Q(Q(matter__isnull=True), ~Q(void_reason="")) | Q(matter__isnull=False, void_reason=""),
                name="number_taken_or_void",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organ_id}/{self.kind}/{self.year}/{self.serial}"


class Claim(models.Model):
    """A unique key held by one matter (a beneficiary, a property), by its keyed hash."""

    pk = models.CompositePrimaryKey("kind", "key_mac")
    kind = models.TextField()
    key_mac = models.BinaryField()
    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="claims")

    class Meta:
        db_table = "claim"
        constraints = (models.CheckConstraint(condition=is_digest("key_mac"), name="claim_key_is_digest"),)

    def __str__(self) -> str:
        return f"{self.kind} → {self.matter_id}"
