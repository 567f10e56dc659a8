"""Statements on their way in: files that a person confirms, and a court's own system with its token."""

from django.db import models
from uuid_utils.compat import uuid7


class Feed(models.Model):
    """
    A file of cases on its way in: nothing of it is taken before a person of the court confirms it.

    `unknown_heads` are columns that nobody understood; the counts are those of the last look.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    account = models.ForeignKey("organs.Account", models.PROTECT, db_index=False, related_name="+")
    file_name = models.TextField()
    file_digest = models.TextField()
    unknown_heads = models.JSONField()
    rows = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "case_feed"
        indexes = (models.Index(fields=("organ", "-created_at"), name="case_feed_organ"),)

    def __str__(self) -> str:
        return self.file_name


class FedRow(models.Model):
    """
    One row of a feed: what it says, what the case would say after it, and what is wrong with it.

    `unread` are the faults of its cells, `faults` all; `verdict` what would come of it; `seen_seq` how many events
    the case had when it was looked at; `reopens`: it takes back that the case is over; `contradicts`: it says otherwise
    of a head in court than a matter has told.
    """

    pk = models.CompositePrimaryKey("feed_id", "row")
    feed = models.ForeignKey(Feed, models.DO_NOTHING, db_index=False, db_constraint=False, related_name="fed")
    row = models.PositiveIntegerField()
    number_key = models.TextField(db_collation="C")
    number = models.JSONField()
    content = models.JSONField()
    unread = models.JSONField()
    said = models.JSONField()
    before = models.JSONField()
    seen_seq = models.PositiveIntegerField()
    verdict = models.TextField()
    reopens = models.BooleanField()
    contradicts = models.BooleanField(default=False)
    faults = models.JSONField()

    class Meta:
        db_table = "fed_row"

    def __str__(self) -> str:
        return f"{self.feed_id}/{self.row}"


class FeedToken(models.Model):
    """
    What a court's own system shows to feed the register, known to us by its digest alone.

    What comes with it is recorded as `account` acting for `organ`; `used_at` is when it
    was last shown; a row stays when it is revoked.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.BinaryField(unique=True)
    label = models.TextField()
    account = models.ForeignKey("organs.Account", models.PROTECT, db_index=False, related_name="+")
    organ = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "case_feed_token"

    def __str__(self) -> str:
        return self.label


class FeedAnswer(models.Model):
    """What was answered to one key of a court's system, so that the same request is taken once."""

    pk = models.CompositePrimaryKey("token_id", "key")
    token = models.ForeignKey(FeedToken, models.PROTECT, db_index=False, related_name="+")
    key = models.TextField()
    request_digest = models.TextField()
    body = models.JSONField()
    answered_at = models.DateTimeField()

    class Meta:
        db_table = "case_feed_answer"

    def __str__(self) -> str:
        return self.key
