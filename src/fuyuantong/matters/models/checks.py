"""Conditions that several tables put on their columns."""

from django.db.models import BooleanField, Func, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from fuyuantong.seal.digest import LENGTH


def is_digest(column: str) -> Exact:
    """Return the condition that a bytea column holds the 32 bytes of a digest."""
    return Exact(Func(column, function="octet_length", output_field=Length.output_field), Value(LENGTH))


def is_object(column: str) -> Func:
    """Return the condition that a jsonb column is an object in canonical form: no floats, no integer beyond 2^53."""
    return Func(column, function="is_canonical_object", output_field=BooleanField())


def is_said(column: str) -> Q:
    """Return the condition that a text column is not empty."""
    return ~Q(**{column: ""})
