"""What must still be sent, and which requests were answered already."""

from django.db import models
from django.db.models import Q

from fuyuantong.matters.models.checks import is_digest, is_object


class TransactionId(models.Field):
    """
    The id of the transaction that wrote the row.

    Readers stay below `pg_snapshot_xmin(pg_current_snapshot())`: the order of ids is not the order of commits.
    """

    def db_type(self, connection: object) -> str:
        return "xid8"


class Outbox(models.Model):
    """One thing to send or to do after the commit; written in the transaction of the act."""

    id = models.BigAutoField(primary_key=True)
    xid = TransactionId(db_default=models.Func(function="pg_current_xact_id"))
    target = models.TextField()
    body = models.JSONField()
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "outbox"
        indexes = (models.Index(fields=("id",), name="outbox_waiting", condition=Q(done_at__isnull=True)),)
        constraints = (models.CheckConstraint(condition=is_object("body"), name="outbox_body_object"),)

    def __str__(self) -> str:
        return f"{self.id} {self.target}"


class Idempotency(models.Model):
    """The record with which a request was answered; the same key of the same account is answered by it again."""

    pk = models.CompositePrimaryKey("account_id", "key")
    account = models.ForeignKey("organs.Account", models.PROTECT, db_index=False, related_name="+")
    key = models.TextField()
    request_digest = models.BinaryField()
    matter = models.ForeignKey("matters.Matter", models.PROTECT, db_index=False, related_name="+")
    seq = models.PositiveIntegerField()
    created_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        db_table = "idempotency"
        constraints = (models.CheckConstraint(condition=is_digest("request_digest"), name="idempotency_is_digest"),)

    def __str__(self) -> str:
        return self.key
