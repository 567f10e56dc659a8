"""What a court sends round and publishes, and what it published elsewhere."""

from django.db import models
from uuid_utils.compat import uuid7


class Bulletin(models.Model):
    """
    A quarter's figures of heads in court as a court sent them round, organ by organ; a later edition restates them.

    With quarter 0 those of the year, which are published. `figures`: one line per organ sued, as `bulletins.figures_of` gives them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    keeper = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    issued_at = models.DateTimeField()
    account = models.ForeignKey("organs.Account", models.PROTECT, db_index=False, related_name="+")

    class Meta:
        db_table = "appearance_bulletin"
        constraints = (
            models.UniqueConstraint(fields=("keeper", "year", "quarter", "edition"), name="bulletin_edition_once"),
        )

    def __str__(self) -> str:
        return f"{self.year}Q{self.quarter}/{self.edition}"


class PublishedFigure(models.Model):
    """
    A number that a court published of a year, entered for reference; a later entry takes its place, none is changed.

    `measure` is a key of `published.MEASURES`; `source` says where it was published, `published_on` when.
    """

    id = models.BigAutoField(primary_key=True)
    keeper = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    year = models.PositiveSmallIntegerField()
    measure = models.TextField()
    n = models.PositiveIntegerField()
    source = models.TextField()
    published_on = models.DateField()
    entered_at = models.DateTimeField()
    account = models.ForeignKey("organs.Account", models.PROTECT, db_index=False, related_name="+")

    class Meta:
        db_table = "published_figure"
        indexes = (models.Index(fields=("keeper", "-year", "measure", "-id"), name="published_figure_of"),)

    def __str__(self) -> str:
        return f"{self.year} {self.measure} {self.n}"
