"""Declarations: every protocol a matter here ever ran on, as pure data under its digest (R9)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from fuyuantong.matters.models.checks import is_digest, is_object


class Declaration(models.Model):
    """One version of a mechanism, append-only; `language` is the engine language it needs."""

    digest = models.BinaryField(primary_key=True)
    key = models.TextField()
    version = models.PositiveIntegerField()
    language = models.PositiveIntegerField()
    body = models.JSONField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "declaration"
        indexes = (models.Index(fields=("key", "version"), name="declaration_key"),)
        constraints = (
            models.CheckConstraint(condition=is_digest("digest"), name="declaration_digest_is_digest"),
            models.CheckConstraint(condition=is_object("body"), name="declaration_body_object"),
            models.CheckConstraint(condition=Q(version__gte=1, language__gte=1), name="declaration_numbered"),
        )

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"
