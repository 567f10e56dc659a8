"""Django's name tag of the directory: regions, organs, posts, accounts, scopes."""

from django.apps import AppConfig


class OrgansConfig(AppConfig):
    """Register the directory under the label `organs`."""

    name = "fuyuantong.organs"
    label = "organs"
    verbose_name = "机构与人员"
    default_auto_field = "django.db.models.BigAutoField"
