"""Settings of a place: terms, organs and thresholds that it decides for itself, with their basis."""

from django.db import models

from fuyuantong.matters.models.checks import is_object, is_said


class PlaceSetting(models.Model):
    """What a region set under a key from a day on; a later row takes its place, none is changed."""

    id = models.BigAutoField(primary_key=True)
    region_code = models.TextField(db_collation="C")
    key = models.TextField()
    value = models.JSONField()
    basis = models.TextField()
    valid_from = models.DateField()
    set_by = models.TextField()
    set_at = models.DateTimeField()

    class Meta:
        db_table = "place_setting"
        indexes = (models.Index(fields=("key", "region_code", "-valid_from"), name="place_setting_key"),)
        constraints = (
            models.CheckConstraint(condition=is_said("basis"), name="place_setting_basis_said"),
            models.CheckConstraint(condition=is_object("value"), name="place_setting_value_object"),
        )

    def __str__(self) -> str:
        return f"{self.region_code} {self.key}"
