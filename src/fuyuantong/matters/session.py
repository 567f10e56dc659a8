"""Settings of the database session that hold for one block inside one transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

from django.db import connection, transaction

ENGINE_ROLE = "app_engine"

# what the blocks around have put in force: an act made inside another asks the database for nothing anew
_IN_FORCE: ContextVar[Mapping[str, str]] = ContextVar("_IN_FORCE", default=MappingProxyType({}))


@contextmanager
def session_settings(values: Mapping[str, str]) -> Iterator[None]:
    """
    Put settings in force for the block, inside a transaction, and the former ones back after it.

    They end with the transaction whatever happens, so a pooled connection carries nothing to the next request; when
    the block fails the rollback takes them back.
    """
    nested = connection.in_atomic_block
    held = _IN_FORCE.get() if nested else {}
    if values.items() <= held.items():
        yield
        return
    in_force = _IN_FORCE.set({**held, **values})
    try:
        with transaction.atomic():
            before = _exchange(values)
            yield
            if nested:
                _exchange(before)
    finally:
        _IN_FORCE.reset(in_force)


@contextmanager
def acting() -> Iterator[None]:
    """
    Act: write, and read all that an act must know, as the engine's role.

    Outside such a block nothing of a matter can be written, and reads see what `reading_as` allows.
    Basis: docs/adr/0002-row-level-security.md.
    """
    with session_settings({"role": ENGINE_ROLE}):
        yield


@contextmanager
def one_act() -> Iterator[None]:
    """Act whole or not at all: in a transaction of its own, or as a part of the one around that fails by itself."""
    if connection.in_atomic_block:
        with transaction.atomic(), acting():
            yield
    else:
        with acting():
            yield


def _exchange(values: Mapping[str, str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, coalesce(current_setting(name, true), ''), set_config(name, value, true)"
            " FROM unnest(%s::text[], %s::text[]) AS given(name, value)",
            [list(values), list(values.values())],
        )
        return {name: former for name, former, _ in cursor.fetchall()}
