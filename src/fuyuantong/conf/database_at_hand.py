"""The database that a command needs around it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import ProgrammingError, connections

from fuyuantong.conf.foreign_database import prepare_foreign_database
from fuyuantong.conf.postgres.claim import server_at_hand
from fuyuantong.conf.postgres.cluster import cluster_of
from fuyuantong.refusal import Refusal

NO_SUCH_TABLE, NO_SUCH_COLUMN = "42P01", "42703"


class OtherTables(Refusal):
    """Refuse to work on tables of another version."""

    key = "other-tables"
    title = "数据库的表结构与程序版本不符"


@contextmanager
def database_at_hand() -> Iterator[None]:
    """
    Give a command its database: the one that DATABASE_URL names, else our own server, joined or started.

    One without any table is given ours first. Raises: `OtherTables` when the command finds what it needs missing.
    """
    if os.environ.get("DATABASE_URL"):
        prepare_foreign_database(settings.DATABASES)
        with _tables():
            yield
    else:
        with server_at_hand(cluster_of(settings.DATA_DIR)), _tables():
            yield


@contextmanager
def _tables() -> Iterator[None]:
    try:
        if _is_empty():
            if sys.stderr.isatty():
                print("首次使用，正在建立表结构……", file=sys.stderr, flush=True)
            call_command("migrate", verbosity=0)
        yield
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") not in (NO_SUCH_TABLE, NO_SUCH_COLUMN):
            raise
        raise OtherTables(str(error.__cause__).splitlines()[0], remedy="请先更新表结构：fyt migrate。") from error
    finally:
        connections.close_all()


def _is_empty() -> bool:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace)")
        (is_empty,) = cursor.fetchone()
    return bool(is_empty)
