"""How accounts prove who they are: guards against guessing, standings of passwords, rules, and the security log."""

from typing import ClassVar

from django.db import models

from fuyuantong.accounts.vocabulary import GuardKind, SecurityKind
from fuyuantong.organs.models import Account, Organ


class SecurityEvent(models.Model):
    """One entry of the append-only security log; `account` is empty when nobody of that name exists."""

    kind = models.CharField(max_length=40)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200, blank=True)
    detail = models.JSONField()

    class Meta:
        db_table = "security_event"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="security_event_kind_known",
                condition=models.Q(kind__in=sorted(kind.value for kind in SecurityKind)),
            )
        ]
        indexes: ClassVar = [
            models.Index(name="security_event_account", fields=["account", "-id"]),
            models.Index(name="security_event_kind", fields=["kind", "-id"]),
            models.Index(name="security_event_at", fields=["-at", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.at} {self.kind}"


class Guard(models.Model):
    """How often something was tried in vain since a moment, and until when it is locked for that."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80, db_collation="C")
    attempts = models.IntegerField()
    since = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "sign_in_guard"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="sign_in_guard_kind_known", condition=models.Q(kind__in=sorted(kind.value for kind in GuardKind))
            ),
            models.UniqueConstraint(name="sign_in_guard_once", fields=["kind", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.attempts}"


class PasswordStanding(models.Model):
    """When an account's password was set, and whether another must be chosen before anything else."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True, related_name="+")
    set_at = models.DateTimeField()
    must_change = models.BooleanField()

    class Meta:
        db_table = "password_standing"

    def __str__(self) -> str:
        return f"{self.account_id}"


class FactorRule(models.Model):
    """Whether the people of an organ, or all (no organ), need a second factor; a later row takes its place."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, null=True, related_name="+")
    required = models.BooleanField()
    set_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        db_table = "factor_rule"

    def __str__(self) -> str:
        return f"{self.organ_id} {self.required}"


class CalendarFeed(models.Model):
    """The one private address at which an account's calendar is read without signing in; kept as a digest alone."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True, related_name="+")
    digest = models.BinaryField(unique=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "calendar_feed"

    def __str__(self) -> str:
        return f"{self.account_id}"
