"""Notices: who in an organ is told, by which way, and when."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Persons' notices, their wishes, and what is sent outward."""

    name = "fuyuantong.notices"
    label = "notices"
    verbose_name = "通知"
