"""Who sees which matter: the first wall, and the settings by which the second one says the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, Func, QuerySet, Value

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.session import session_settings
from fuyuantong.organs.models import Account, Scope
from fuyuantong.organs.queries import scopes_held
from fuyuantong.organs.vocabulary import ScopeKind


@dataclass(frozen=True, slots=True)
class Reader:
    """
    A person at a moment: how far they see.

    Shape: ids, ascending. `scopes` give sight of matters; `contents` are those of them that also show what is
    marked sensitive; `organs` are the reader's own, whose inner trails and slips they see.
    """

    account_id: int
    at: datetime
    scopes: tuple[int, ...]
    contents: tuple[int, ...]
    organs: tuple[int, ...]


def reader_of(account: Account | None, *, at: datetime) -> Reader:
    """
    Return how far an account sees at a moment; nobody, and an account without a post, see nothing.

    An organ's own are also those that it took over: who continues a matter needs its inner trail.
    """
    held = scopes_held(account, at=at) if account is not None else []
    own = Scope.objects.filter(pk__in=[scope.id for scope in held], kind=ScopeKind.ORGAN)
    return Reader(
        account_id=account.pk if account is not None else 0,
        at=at,
        scopes=tuple(scope.id for scope in held),
        contents=tuple(scope.id for scope in held if scope.kind != ScopeKind.AUDIT),
        organs=tuple(sorted(own.values_list("organ_id", flat=True))) if held else (),
    )


@contextmanager
def reading_as(account: Account | None, *, at: datetime) -> Iterator[Reader]:
    """
    Read as this account sees, for one block inside one transaction; both walls stand, also within an act.

    Every query of this package takes the reader that is given here.
    """
    with reading(reader_of(account, at=at)) as reader:
        yield reader


@contextmanager
def reading(reader: Reader) -> Iterator[Reader]:
    """Read as far as a reader sees, for one block inside one transaction."""
    with session_settings(
        {
            "role": "none",
            "app.account": str(reader.account_id),
            "app.scopes": _array(reader.scopes),
            "app.content_scopes": _array(reader.contents),
            "app.organs": _array(reader.organs),
        }
    ):
        yield reader


def visible_to(reader: Reader) -> QuerySet[Matter]:
    """
    Return the matters that a reader sees, for a condition that names few of them.

    Lists go through `ledger`, which starts from sight; here each candidate is probed by its key.
    """
    return Matter.objects.filter(_Seen("id", Value(list(reader.scopes), output_field=ArrayField(BigIntegerField()))))


class _Seen(Func):
    # OFFSET 0 as in the policies: the probe stays a probe, and does not hash all that the reader sees
    output_field = BooleanField()
    arity = 2
    arg_joiner = " AND sight.scope_id = ANY("
    template = (
        "EXISTS (SELECT FROM sight WHERE sight.until_seq IS NULL AND sight.matter_id = %(expressions)s) OFFSET 0)"
    )


def _array(ids: tuple[int, ...]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"
