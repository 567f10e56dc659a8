"""The database that a command needs around it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from fuyuantong.conf.foreign_database import prepare_foreign_database
from fuyuantong.conf.postgres.claim import server_at_hand
from fuyuantong.conf.postgres.cluster import cluster_of


@contextmanager
def database_at_hand() -> Iterator[None]:
    """Give a command its database: the one that DATABASE_URL names, else our own server, joined or started."""
    if os.environ.get("DATABASE_URL"):
        prepare_foreign_database(settings.DATABASES)
        yield
    else:
        with server_at_hand(cluster_of(settings.DATA_DIR)):
            yield
