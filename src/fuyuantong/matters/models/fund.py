"""Funds: money that one organ keeps, drawn by matters, never below zero."""

from django.db import models
from django.db.models import Q


class FundEntryKind(models.TextChoices):
    """What an entry does to the free balance: budget, release and recovery add, a reservation takes, a commit only tells."""

    BUDGET = "budget", "预算安排"
    RESERVE = "reserve", "预留"
    RELEASE = "release", "解除预留"
    COMMIT = "commit", "支付"
    RECOVER = "recover", "追回"


class Fund(models.Model):
    """A fund and its free balance, which only its entries change."""

    id = models.BigAutoField(primary_key=True)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+")
    key = models.TextField()
    title = models.TextField()
    balance_fen = models.BigIntegerField(default=0)

    class Meta:
        db_table = "fund"
        constraints = (
            models.UniqueConstraint(fields=("organ", "key"), name="fund_key"),
            models.CheckConstraint(condition=Q(balance_fen__gte=0), name="fund_never_negative"),
        )

    def __str__(self) -> str:
        return self.title


class FundEntry(models.Model):
    """One entry of a fund; append-only, without gaps, and it moves the balance by itself."""

    pk = models.CompositePrimaryKey("fund_id", "seq")
    fund = models.ForeignKey("matters.Fund", models.PROTECT, db_index=False, related_name="entries")
    seq = models.PositiveIntegerField()
    kind = models.TextField()
    amount_fen = models.BigIntegerField()
    matter = models.ForeignKey("matters.Matter", models.PROTECT, null=True, related_name="fund_entries")
    at = models.DateTimeField()

    class Meta:
        db_table = "fund_entry"
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=FundEntryKind.values), name="fund_entry_kind_known"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="fund_entry_amount_positive"),
            models.CheckConstraint(
                condition=Q(kind=FundEntryKind.BUDGET) | Q(matter__isnull=False), name="fund_entry_drawn_by_matter"
            ),
        )

    def __str__(self) -> str:
        return f"{self.fund_id}/{self.seq} {self.kind}"
