"""The official's workplace."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages, components and what only they need to keep."""

    name = "fuyuantong.desk"
    label = "desk"
