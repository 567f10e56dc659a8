"""审签程序: through whose hands an act goes inside an organ before it takes effect."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Chain(models.Model):
    """What an organ set for one move of one mechanism; a later row takes its place, none is changed."""

    id = models.BigAutoField(primary_key=True)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    mechanism = models.TextField()
    move = models.TextField()
    posts = ArrayField(models.TextField())
    set_by = models.TextField()
    set_at = models.DateTimeField()

    class Meta:
        db_table = "approval_chain"
        indexes = (models.Index(fields=("organ", "mechanism", "move", "-id"), name="approval_chain_of"),)
        constraints = (models.CheckConstraint(condition=~Q(posts=[]), name="approval_chain_has_posts"),)

    def __str__(self) -> str:
        return f"{self.organ_id} {self.mechanism} {self.move}"
