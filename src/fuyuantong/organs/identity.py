"""Global identity of rows: UUID version 7, which sorts by the time it was given."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_uid() -> UUID:
    """Return a fresh UUIDv7."""
    return uuid7()
