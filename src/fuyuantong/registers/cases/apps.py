"""Django's name tag of the register of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Register administrative cases as a court feeds them."""

    name = "fuyuantong.registers.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "案件"
