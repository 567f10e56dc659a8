"""Files: content by its digest, and where it is attached."""

from django.db import models
from django.db.models import Q

from fuyuantong.matters.models.checks import is_digest, is_said


class ScanState(models.IntegerChoices):
    """What is known about a file's content."""

    WAITING = 0, "待检查"
    CLEAN = 1, "已检查"
    UNREADABLE = 2, "无法读取"
    REFUSED = 3, "有害"


class Blob(models.Model):
    """Content in the storage under its SM3 digest; stored before the act that attaches it."""

    digest = models.BinaryField(primary_key=True)
    size = models.BigIntegerField()
    mime_found = models.TextField()
    stored_at = models.DateTimeField()
    scan_state = models.PositiveSmallIntegerField(default=ScanState.WAITING)

    class Meta:
        db_table = "blob"
        constraints = (
            models.CheckConstraint(condition=is_digest("digest"), name="blob_digest_is_digest"),
            models.CheckConstraint(condition=Q(size__gte=0), name="blob_size_known"),
            models.CheckConstraint(condition=Q(scan_state__in=ScanState.values), name="blob_scan_state_known"),
        )

    def __str__(self) -> str:
        return bytes(self.digest).hex()


class Attachment(models.Model):
    """
    A file on one record of a matter.

    `inner`: on the inner trail of `organ`, which alone sees it (`seq` counts there). `sensitive`: not shown to a
    scope that sees trails without contents.
    """

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey("matters.Matter", models.PROTECT, db_index=False, related_name="attachments")
    seq = models.PositiveIntegerField()
    field = models.TextField(default="", blank=True)
    blob = models.ForeignKey("matters.Blob", models.PROTECT, db_column="digest", related_name="attachments")
    name = models.TextField()
    inner = models.BooleanField(default=False)
    sensitive = models.BooleanField(default=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        db_table = "attachment"
        indexes = (models.Index(fields=("matter", "seq"), name="attachment_matter"),)
        constraints = (
            models.CheckConstraint(condition=is_said("name"), name="attachment_name_said"),
            models.CheckConstraint(
                condition=Q(inner=False) | Q(organ__isnull=False), name="attachment_inner_has_organ"
            ),
        )

    def __str__(self) -> str:
        return self.name
