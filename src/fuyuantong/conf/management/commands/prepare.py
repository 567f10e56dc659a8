"""`fyt prepare`: all that a first start needs."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections


class Command(BaseCommand):
    """Make the tables, and load the demo county into an empty database."""

    # every start of a site comes through here, and what Django checks are our sources (`make lint`)
    requires_system_checks = ()
    help = "建立或更新数据库；库为空时载入演示县"

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM organ)")
            (has_organs,) = cursor.fetchone()
        if not has_organs:
            call_command("demo_load")
