"""Who sees which cases and bulletins."""

from django.db import models


class KeeperSight(models.Model):
    """One scope sees every case that a court keeps."""

    pk = models.CompositePrimaryKey("keeper_id", "scope_id")
    keeper_id = models.BigIntegerField()
    scope_id = models.BigIntegerField()

    class Meta:
        db_table = "keeper_sight"

    def __str__(self) -> str:
        return f"{self.scope_id} → {self.keeper_id}"


class CaseSight(models.Model):
    """One scope sees one case through a defendant, not through its keeper; lists walk these rows by `sort_on`."""

    pk = models.CompositePrimaryKey("scope_id", "sort_on", "case_id")
    scope_id = models.BigIntegerField()
    sort_on = models.DateField()
    case_id = models.BigIntegerField()

    class Meta:
        db_table = "case_sight"

    def __str__(self) -> str:
        return f"{self.scope_id} → {self.case_id}"


class BulletinSight(models.Model):
    """One scope sees one bulletin: the court's own, and those of the organs of which it tells."""

    pk = models.CompositePrimaryKey("bulletin_id", "scope_id")
    bulletin_id = models.UUIDField()
    scope_id = models.BigIntegerField()

    class Meta:
        db_table = "bulletin_sight"

    def __str__(self) -> str:
        return f"{self.scope_id} → {self.bulletin_id}"
