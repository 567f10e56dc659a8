"""Regions, organs, their names and relations, accounts, posts, tenures, and the scopes through which people see."""

from collections.abc import Iterable
from enum import StrEnum
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField
from django.db import models
from django.db.models import Q

from fuyuantong.organs.identity import new_uid
from fuyuantong.organs.vocabulary import ADMINISTRATORS, Branch, ScopeKind

# Ends are exclusive everywhere: `valid_to` and the upper bound of `valid` are the first day on which it is over.
# What Django cannot say (no overlaps, append-only, composite keys, grants) stands in sql/.


def _keys(kinds: Iterable[StrEnum]) -> list[str]:
    # Migrations hold plain text, so that they outlive the vocabulary.
    return sorted(kind.value for kind in kinds)


class Region(models.Model):
    """One version of an administrative division: its code from the day it was so named until another notice."""

    code = models.CharField(max_length=9, db_collation="C")
    name = models.CharField(max_length=100)
    level = models.CharField(max_length=20)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "region"
        constraints: ClassVar = [
            models.CheckConstraint(name="region_code_form", condition=Q(code__regex=r"^[0-9]{6}([0-9]{3})?$")),
            models.CheckConstraint(
                name="region_dates", condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Organ(models.Model):
    """One organ, whatever it is called; it never comes back after its end."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    code = models.CharField(max_length=60, unique=True, db_collation="C")
    branch = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    region_code = models.CharField(max_length=9, db_collation="C")
    node_id = models.CharField(max_length=60)
    online = models.BooleanField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "organ"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="organ_code_form", condition=Q(code__regex=r"^[0-9]{6}([0-9]{3})?-[a-z0-9]+(-[a-z0-9]+)*$")
            ),
            models.CheckConstraint(name="organ_branch_known", condition=Q(branch__in=_keys(Branch))),
            models.CheckConstraint(
                name="organ_dates", condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from"))
            ),
        ]
        indexes: ClassVar = [models.Index(name="organ_region", fields=["region_code"])]

    def __str__(self) -> str:
        return self.code


class OrganName(models.Model):
    """What an organ is called over a span of days; `sort_key` is the short name in pinyin."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="names")
    full = models.CharField(max_length=120)
    short = models.CharField(max_length=60)
    sort_key = models.CharField(max_length=400, db_collation="C")
    valid = DateRangeField()

    class Meta:
        db_table = "organ_name"

    def __str__(self) -> str:
        return self.short


class DirectoryChange(models.Model):
    """One entry of the append-only directory log; its version is what records cite."""

    version = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=40)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, null=True, related_name="+")
    detail = models.JSONField()
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey("Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "directory_change"

    def __str__(self) -> str:
        return f"{self.version} {self.kind}"


class OrganRelation(models.Model):
    """`from_organ` is `relation` to `to_organ` over a span of days."""

    from_organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", db_column="from_id")
    relation = models.CharField(max_length=40, db_collation="C")
    to_organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", db_column="to_id", db_index=False)
    valid = DateRangeField()

    class Meta:
        db_table = "organ_relation"
        constraints: ClassVar = [
            models.CheckConstraint(name="organ_relation_not_itself", condition=~Q(from_organ=models.F("to_organ"))),
        ]
        indexes: ClassVar = [models.Index(name="organ_relation_to", fields=["to_organ", "relation"])]

    def __str__(self) -> str:
        return f"{self.from_organ_id} {self.relation} {self.to_organ_id}"


class Succession(models.Model):
    """One organ comes after another; exactly one successor is the principal, which takes what names no other."""

    predecessor = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    principal = models.BooleanField()
    effective_on = models.DateField()
    change = models.ForeignKey(DirectoryChange, on_delete=models.PROTECT, related_name="+", db_column="version")

    class Meta:
        db_table = "succession"
        constraints: ClassVar = [
            models.CheckConstraint(name="succession_not_itself", condition=~Q(predecessor=models.F("successor"))),
            models.UniqueConstraint(name="succession_once", fields=["predecessor", "successor"]),
            models.UniqueConstraint(
                name="succession_one_principal", fields=["predecessor"], condition=Q(principal=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class Account(AbstractBaseUser):
    """Someone who signs in; what they may do follows from their tenures alone."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    username = models.CharField(max_length=60, unique=True, db_collation="C")
    display_name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["display_name"]

    objects = BaseUserManager()

    class Meta:
        db_table = "account"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="account_username_form", condition=Q(username__regex=r"^[a-z0-9]+([._-][a-z0-9]+)*$")
            )
        ]

    def __str__(self) -> str:
        return self.display_name


class Post(models.Model):
    """A place in an organ that people hold in turn; its kind never changes."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=40, db_collation="C")
    title = models.CharField(max_length=60)

    class Meta:
        db_table = "post"
        constraints: ClassVar = [
            models.UniqueConstraint(name="post_once", fields=["organ", "kind", "title"]),
            models.UniqueConstraint(name="post_id_kind", fields=["id", "kind"]),
        ]

    def __str__(self) -> str:
        return self.title


class Tenure(models.Model):
    """An account holds a post over a span of time; `post_kind` is bound to the post's by a composite key."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tenures")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tenures")
    post_kind = models.CharField(max_length=40, db_collation="C")
    valid = DateTimeRangeField()

    class Meta:
        db_table = "tenure"
        constraints: ClassVar = [models.UniqueConstraint(name="tenure_id_kind", fields=["id", "post_kind"])]

    def __str__(self) -> str:
        return f"{self.account_id} @ {self.post_id}"


class Cover(models.Model):
    """Another account acts in a tenure's stead over a span of time (代理); administrators are never covered."""

    from_tenure = models.ForeignKey(Tenure, on_delete=models.PROTECT, related_name="covers", db_column="from_tenure")
    to_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="covers", db_column="to_account")
    post_kind = models.CharField(max_length=40, db_collation="C")
    valid = DateTimeRangeField()

    class Meta:
        db_table = "cover"
        constraints: ClassVar = [
            models.CheckConstraint(name="cover_no_administrator", condition=~Q(post_kind__in=_keys(ADMINISTRATORS)))
        ]

    def __str__(self) -> str:
        return f"{self.to_account_id} for tenure {self.from_tenure_id}"


class Scope(models.Model):
    """One way of seeing: rows of sight point at it, people hold it through their posts."""

    kind = models.CharField(max_length=20)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, null=True, related_name="scopes")
    region_code = models.CharField(max_length=9, null=True, db_collation="C")  # noqa: DJ001 null means: by organ

    class Meta:
        db_table = "scope"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="scope_by_organ_or_region",
                condition=Q(
                    kind__in=_keys({ScopeKind.ORGAN, ScopeKind.TREE}), organ__isnull=False, region_code__isnull=True
                )
                | Q(kind__in=_keys({ScopeKind.AUDIT, ScopeKind.OFFICE}), organ__isnull=True, region_code__isnull=False),
            ),
            models.UniqueConstraint(name="scope_of_organ", fields=["organ", "kind"]),
            models.UniqueConstraint(name="scope_of_region", fields=["region_code", "kind"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.organ_id or self.region_code}"
