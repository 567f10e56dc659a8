"""`fyt serve`: the whole site on this machine."""

from typing import Any

from django.core.management.base import BaseCommand

from fuyuantong.conf.launcher import serve


class Command(BaseCommand):
    """Run database, web and worker until told to stop."""

    help = "启动府院通：数据库、网页和后台任务（PORT、DATA_DIR、DATABASE_URL）"

    def handle(self, *args: Any, **options: Any) -> None:
        serve()
