"""Links between matters, wherever each of them is held."""

from django.db import models
from django.db.models import Q

from fuyuantong.matters.models.checks import is_digest


class LinkKind(models.TextChoices):
    """How one matter stands to another."""

    CHILD = "child", "分项"
    OPENED = "opened", "引出"
    CONTINUES = "continues", "接续"
    CORRECTS = "corrects", "更正"
    CASE = "case", "同案"
    ABOUT = "about", "针对"
    RECURS = "recurs", "再次发生"
    DISTINCT = "distinct", "另一问题"


class Link(models.Model):
    """A link by global ids; a child carries the round of its parent and the digest of the text that is voted on."""

    pk = models.CompositePrimaryKey("from_uid", "to_uid", "kind")
    from_uid = models.UUIDField()
    to_uid = models.UUIDField()
    kind = models.TextField()
    round = models.PositiveIntegerField(default=0)
    row_key = models.TextField(default="", blank=True)
    text_digest = models.BinaryField(null=True)

    class Meta:
        db_table = "link"
        indexes = (models.Index(fields=("to_uid",), name="link_to"),)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="link_kind_known"),
            models.CheckConstraint(
                condition=Q(text_digest__isnull=True) | is_digest("text_digest"), name="link_text_is_digest"
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_uid} {self.kind} {self.to_uid}"
