"""What goes outward, and that it did not get there."""

from dataclasses import dataclass
from uuid import UUID


class NotSent(Exception):
    """Say why a message did not get there, in one line that an administrator can act upon."""


@dataclass(frozen=True, slots=True)
class Message:
    """
    One neutral line: the kind of matter and its state, never contents and never anybody's name.

    `to` is the address that the person chose for mail, the user name for a gateway, which knows the numbers. The same
    `key` goes with every try.
    """

    key: UUID
    to: str
    text: str
    urgent: bool
    is_digest: bool
    link: str
