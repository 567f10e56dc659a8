"""What is found by words."""

from django.db import models


class MatterWords(models.Model):
    """
    The title, the number and the text of the fields of a matter, line by line; no secret, no code.

    The database keeps it beside the row of the matter (`sql/words.sql`), apart from it so that an act that changes no
    word touches no index of words.
    """

    matter = models.OneToOneField("matters.Matter", models.PROTECT, primary_key=True, related_name="+")
    text = models.TextField()

    class Meta:
        db_table = "matter_words"

    def __str__(self) -> str:
        return self.text.partition("\n")[0]
