"""How far this place has followed what others write."""

from django.db import models


class Followed(models.Model):
    """The last version of a log, and the last day, that this place has brought its own tables in line with."""

    name = models.TextField(primary_key=True)
    version = models.BigIntegerField()
    on_day = models.DateField()

    class Meta:
        db_table = "followed"

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
