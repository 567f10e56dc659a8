"""Django's name tag of the entrance: pages, commands, settings."""

from django.apps import AppConfig


class ConfConfig(AppConfig):
    """Register the commands that need a database."""

    name = "fuyuantong.conf"
    label = "conf"
    verbose_name = "府院通"
