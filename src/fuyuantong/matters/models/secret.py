"""Secrets: what a record only commits to, kept apart, found by a blind index, read with a purpose."""

from django.db import models
from django.db.models import Q

from fuyuantong.matters.models.checks import is_digest, is_said


class Secret(models.Model):
    """
    Salt and ciphertext of one value; both go when it is erased, and the chain stays whole.

    No scope reads this table: only `unmask` does, and it writes down who asked for what.
    """

    pk = models.CompositePrimaryKey("matter_id", "field", "row_key")
    matter = models.ForeignKey("matters.Matter", models.PROTECT, db_index=False, related_name="+")
    field = models.TextField()
    row_key = models.TextField(default="", blank=True)
    salt = models.BinaryField()
    cipher = models.BinaryField()
    key_id = models.TextField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "secret"
        indexes = (models.Index(fields=("key_id",), name="secret_key", condition=Q(erased_at__isnull=True)),)
        constraints = (
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(salt=b"", cipher=b"", key_id=""), name="secret_erased_is_empty"
            ),
        )

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.field}/{self.row_key}"


class Blind(models.Model):
    """One keyed hash under which a matter is found by an exact secret (identity number, phone)."""

    pk = models.CompositePrimaryKey("kind", "mac", "matter_id")
    kind = models.TextField()
    mac = models.BinaryField()
    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="+")

    class Meta:
        db_table = "blind"
        constraints = (models.CheckConstraint(condition=is_digest("mac"), name="blind_mac_is_digest"),)

    def __str__(self) -> str:
        return f"{self.kind} → {self.matter_id}"


class ReadingLog(models.Model):
    """Who read which secret, when and why; partitioned by month, append-only."""

    pk = models.CompositePrimaryKey("at", "account_id", "matter_id", "field", "row_key")
    at = models.DateTimeField()
    account_id = models.BigIntegerField()
    matter_id = models.BigIntegerField()
    field = models.TextField()
    row_key = models.TextField(default="", blank=True)
    purpose = models.TextField()

    class Meta:
        db_table = "reading_log"
        constraints = (models.CheckConstraint(condition=is_said("purpose"), name="reading_log_purpose_said"),)

    def __str__(self) -> str:
        return f"{self.account_id} {self.matter_id}/{self.field}"
