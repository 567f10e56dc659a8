"""The matter: one row that is the fold of its records, and nothing that the records do not say."""

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from fuyuantong.matters.models.checks import is_digest, is_object
from fuyuantong.seal.digest import GENESIS


class Phase(models.IntegerChoices):
    """Whether a matter still wants an act."""

    OPEN = 0, "在办"
    CLOSED = 1, "已办结"


class Provenance(models.IntegerChoices):
    """How a matter came to be here."""

    LIVE = 0, "网上办理"
    PROXY = 1, "代录"
    IMPORTED = 2, "补录"
    TRAINING = 3, "演练"


class Matter(models.Model):
    """
    One matter; `id` is local to this database, `uid` is the same everywhere.

    `fold` keeps what the fold needs beside the columns and `values` (bound roles, facts, counters). `stay_seq` is
    the seq at which the present state was entered, `round` the lap of the present Await, `head` the digest of the
    last record. An open matter has one holder; a closed one keeps its last custodian (R2).
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True, default=uuid7)
    parent = models.ForeignKey("self", models.PROTECT, null=True, db_index=False, related_name="children")
    mechanism = models.TextField()
    version = models.PositiveIntegerField()
    declaration = models.ForeignKey(
        "matters.Declaration", models.PROTECT, db_column="declaration_digest", db_index=False, related_name="+"
    )
    number = models.TextField(default="", blank=True)
    title = models.TextField()
    state = models.TextField()
    phase = models.PositiveSmallIntegerField(default=Phase.OPEN)
    holder = models.ForeignKey("organs.Organ", models.PROTECT, null=True, db_index=False, related_name="+")
    initiator = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    custodian_node = models.TextField()
    epoch = models.PositiveIntegerField(default=1)
    region_code = models.TextField(db_collation="C")
    secrecy = models.PositiveSmallIntegerField(default=0)
    provenance = models.PositiveSmallIntegerField(default=Provenance.LIVE)
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    governing_clock = models.TextField(default="", blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_kind = models.TextField(default="", blank=True)
    seq = models.PositiveIntegerField(default=0)
    head = models.BinaryField(default=GENESIS)
    stay_seq = models.PositiveIntegerField(default=0)
    round = models.PositiveIntegerField(default=0)
    values = models.JSONField(default=dict)
    fold = models.JSONField(default=dict)

    class Meta:
        db_table = "matter"
        indexes = (
            models.Index(fields=("holder", "phase", "due_on", "id"), name="matter_to_do"),
            models.Index(fields=("initiator", "-id"), name="matter_sent"),
            models.Index(fields=("mechanism", "state", "-id"), name="matter_mechanism_state"),
            models.Index(fields=("due_on", "id"), name="matter_due", condition=Q(phase=0)),
            models.Index(fields=("region_code", "-id"), name="matter_region"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(phase=0, closed_at__isnull=True, closed_kind="")
                | Q(Q(phase=1, closed_at__isnull=False), ~Q(closed_kind="")),
                name="matter_closed_at_when_closed",
            ),
            models.CheckConstraint(condition=Q(phase=1) | Q(holder__isnull=False), name="matter_open_has_holder"),
            models.CheckConstraint(condition=Q(provenance__in=Provenance.values), name="matter_provenance_known"),
            models.CheckConstraint(condition=Q(stay_seq__lte=F("seq")), name="matter_stay_not_ahead"),
            models.CheckConstraint(condition=is_digest("head"), name="matter_head_is_digest"),
            models.CheckConstraint(condition=is_object("values"), name="matter_values_object"),
            models.CheckConstraint(condition=is_object("fold"), name="matter_fold_object"),
        )

    def __str__(self) -> str:
        return self.number or self.title
