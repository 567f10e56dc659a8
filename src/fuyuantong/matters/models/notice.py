"""Notices: what an organ is told after a commit, each once."""

from django.db import models
from django.db.models import Q

from fuyuantong.matters.models.checks import is_said


class Notice(models.Model):
    """
    One line for one organ about one thing in the outbox; the key makes sending it again harmless.

    `matter_uid`: none where it is about no matter; then `kind` says about what. `urgent`: the due day has passed.
    `addressed_at`: when the people of the organ were told.
    """

    id = models.BigAutoField(primary_key=True)
    outbox_id = models.BigIntegerField()
    organ = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    matter_uid = models.UUIDField(null=True)
    kind = models.TextField()
    text = models.TextField()
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    addressed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notice"
        indexes = (
            models.Index(fields=("organ", "-id"), name="notice_organ"),
            models.Index(fields=("id",), name="notice_unaddressed", condition=Q(addressed_at__isnull=True)),
        )
        constraints = (
            models.UniqueConstraint(fields=("outbox_id", "organ"), name="notice_once"),
            models.CheckConstraint(condition=is_said("text"), name="notice_text_said"),
        )

    def __str__(self) -> str:
        return self.text
