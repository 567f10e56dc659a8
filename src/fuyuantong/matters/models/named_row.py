"""Which rows of registers matters name."""

from django.db import models

from fuyuantong.matters.models.checks import is_said


class NamedRow(models.Model):
    """
    One field of a matter names one row of a register, in the one form of its name.

    Derived from the values whenever a record gives them; what a register tells is brought to matters by it.
    """

    pk = models.CompositePrimaryKey("matter_id", "field")
    matter = models.ForeignKey("matters.Matter", models.PROTECT, db_index=False, related_name="+")
    field = models.TextField()
    register = models.TextField()
    key = models.TextField(db_collation="C")

    class Meta:
        db_table = "named_row"
        indexes = (models.Index(fields=("register", "key"), name="named_row_key"),)
        constraints = (models.CheckConstraint(condition=is_said("key"), name="named_row_key_said"),)

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.field} {self.key}"
