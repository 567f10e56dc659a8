"""Global identity of rows: UUID version 7, which sorts by the time it was given; and reading one that was typed."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_uid() -> UUID:
    """Return a fresh UUIDv7."""
    return uuid7()


def read_uid(text: str) -> UUID | None:
    """Return the id that somebody wrote, however it is spelled; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
