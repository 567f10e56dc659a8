"""Rounds of the engine: many rows one after another, where what fails for one is logged and stops no other."""

import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Model, QuerySet

from fuyuantong.matters.session import acting

BATCH = 200

Row = TypeVar("Row", bound=Model)

logger = logging.getLogger(__name__)


def batches(found: QuerySet[Row]) -> Iterator[list[Row]]:
    """Yield what is found in batches by id, each read in a transaction of its own, from where the last one ended."""
    last = 0
    while True:
        with transaction.atomic(), acting():
            batch = list(found.filter(pk__gt=last).order_by("pk")[:BATCH])
        if not batch:
            return
        last = batch[-1].pk
        yield batch


def one_by_one(found: QuerySet[Row]) -> Iterator[Row]:
    """Yield what is found, read in batches by id."""
    return chain.from_iterable(batches(found))


def each(rows: Iterable[Row], do: Callable[[Row], Any]) -> int:
    """
    Do something for each row; shape: for how many it did something.

    Raises: `OperationalError`, `InterfaceError` when the database is away: then nothing can be done for the others.
    """
    done = 0
    for row in rows:
        try:
            done += bool(do(row))
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            # by its id alone: what it says is no matter for a log
            logger.exception("%s %s could not be dealt with", type(row).__name__, row.pk)
    return done
