"""Django's name tag of the matters."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Register what is under way, who holds it, and its trail."""

    name = "fuyuantong.matters"
    label = "matters"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "事项"
