"""What the register has still to tell to matters, and what it has heard of them."""

from django.db import models

from fuyuantong.matters.models.outbox import TransactionId
from fuyuantong.registers.cases.models.case import CourtCase


class Demand(models.Model):
    """
    What happened to a case and has still to be told to the matters that name it; gone once it was.

    Written together with the event of the case; `xid` tells when nothing can come before it any more.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(CourtCase, models.DO_NOTHING, db_index=False, db_constraint=False, related_name="+")
    seq = models.PositiveIntegerField()
    event = models.TextField()
    xid = TransactionId(db_default=models.Func(function="pg_current_xact_id"))

    class Meta:
        db_table = "case_demand"

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.event}"


class HearingNotice(models.Model):
    """A matter that was begun for one defendant of one hearing."""

    pk = models.CompositePrimaryKey("case_id", "heard_on", "place", "matter_uid")
    case = models.ForeignKey(CourtCase, models.DO_NOTHING, db_index=False, db_constraint=False, related_name="notices")
    heard_on = models.DateField()
    place = models.PositiveSmallIntegerField()
    mechanism = models.TextField()
    matter_uid = models.UUIDField()

    class Meta:
        db_table = "hearing_notice"

    def __str__(self) -> str:
        return f"{self.case_id} {self.heard_on}/{self.place} {self.matter_uid}"


class Heard(models.Model):
    """Up to which record the register has taken over what a matter says of hearings."""

    matter_id = models.BigIntegerField(primary_key=True)
    seq = models.PositiveIntegerField()

    class Meta:
        db_table = "matter_heard"

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.seq}"
