"""Django's name tag of the commands that need no database."""

from django.apps import AppConfig


class OfflineConfig(AppConfig):
    """Register the commands that answer from what the package itself carries."""

    name = "fuyuantong.conf.offline"
    label = "offline"
    verbose_name = "不需要数据库的命令"
