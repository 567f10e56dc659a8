"""What people keep of the ledger: views, columns, and tables on their way in."""

from django.db import models
from django.db.models import Q


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
