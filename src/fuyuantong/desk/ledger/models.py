"""What people keep of the ledger: views, columns, and tables on their way in."""

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7


class LedgerView(models.Model):
    """A list that a person has given a name; `shared_with` shows it to the whole organ as well."""

    account = models.ForeignKey("organs.Account", models.CASCADE, related_name="+")
    shared_with = models.ForeignKey("organs.Organ", models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=30)
    address = models.TextField()
    first = models.BooleanField(default=False)

    class Meta:
        db_table = "ledger_view"
        constraints = (
            models.UniqueConstraint(fields=("account", "name"), name="ledger_view_once"),
            models.UniqueConstraint(fields=("account",), condition=Q(first=True), name="ledger_view_one_first"),
        )

    def __str__(self) -> str:
        return self.name


class LedgerColumns(models.Model):
    """The columns that a person wants to see, by their keys."""

    account = models.OneToOneField("organs.Account", models.CASCADE, primary_key=True, related_name="+")
    columns = models.JSONField()

    class Meta:
        db_table = "ledger_columns"

    def __str__(self) -> str:
        return "、".join(self.columns)


class PaperTable(models.Model):
    """
    An office's table of running matters on its way in: nothing of it is taken before it is confirmed as a whole.

    `rows`: each with its number in Excel and its cells; `meanings`: what each column stands for, by its place;
    `everywhere`: what is the same in every row, by target; `left_out`: numbers of rows that are not to be taken;
    `faults`: what the last look found wrong; `taken`: the matters that came of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.ForeignKey("organs.Organ", models.CASCADE, related_name="+")
    account = models.ForeignKey("organs.Account", models.CASCADE, related_name="+")
    mechanism = models.TextField()
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    heads = models.JSONField()
    rows = models.JSONField()
    meanings = models.JSONField(default=dict)
    everywhere = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    taken = models.JSONField(default=list)
    created_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "paper_table"
        indexes = (models.Index(fields=("organ", "-created_at"), name="paper_table_organ"),)

    def __str__(self) -> str:
        return self.file_name


class PaperColumn(models.Model):
    """What an organ takes a head for in its tables of one mechanism: chosen once."""

    organ = models.ForeignKey("organs.Organ", models.CASCADE, related_name="+")
    mechanism = models.TextField()
    head = models.TextField()
    meaning = models.TextField()

    class Meta:
        db_table = "paper_column"
        constraints = (models.UniqueConstraint(fields=("organ", "mechanism", "head"), name="paper_column_once"),)

    def __str__(self) -> str:
        return f"{self.head} → {self.meaning}"
