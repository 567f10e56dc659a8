"""Parties: whose matter it is, and which scopes therefore see it."""

from django.db import models
from django.db.models import F, Q

COPIED = "copied"
INNER = "inner"


class Party(models.Model):
    """
    An organ's part in a matter, from one record on and until another.

    `role` is the key of a declared role, `copied` for who only receives a copy, or `inner` for who works on a matter
    before it is issued: that part shows it to the organ alone, and to nobody above. `from_seq` is the first record
    that this part lets it see (the issuing record; 1 for who drafted); sight is computed from these rows alone.
    """

    pk = models.CompositePrimaryKey("matter_id", "role", "organ_id", "since_seq")
    matter = models.ForeignKey("matters.Matter", models.PROTECT, db_index=False, related_name="parties")
    organ = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    role = models.TextField()
    since_seq = models.PositiveIntegerField()
    until_seq = models.PositiveIntegerField(null=True)
    from_seq = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "party"
        indexes = (models.Index(fields=("organ", "role", "-matter"), name="party_organ_role"),)
        constraints = (
            models.UniqueConstraint(
                fields=("matter", "role", "organ"), name="party_once_at_a_time", condition=Q(until_seq__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(until_seq__isnull=True) | Q(until_seq__gte=F("since_seq")), name="party_until_after_since"
            ),
        )

    def __str__(self) -> str:
        return f"{self.matter_id} {self.role} {self.organ_id}"


class Sight(models.Model):
    """
    One scope sees one matter: its records from `from_seq` on.

    When the last part of its organs has ended, `until_seq` is set: what was shown remains (R13), the matter itself
    and what follows is not seen any more. One stretch of records: parts that touch are joined, of separate ones the
    latest counts, so that a scope never sees what no part shows. Written by `parties.py` alone. No foreign keys: each
    would take a share lock on the same few scope rows in every act of the county.
    """

    pk = models.CompositePrimaryKey("scope_id", "matter_id")
    scope_id = models.BigIntegerField()
    matter_id = models.BigIntegerField()
    from_seq = models.PositiveIntegerField(default=1)
    until_seq = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "sight"
        constraints = (models.UniqueConstraint(fields=("matter_id", "scope_id"), name="sight_matter_scope"),)

    def __str__(self) -> str:
        return f"{self.scope_id} → {self.matter_id}"
