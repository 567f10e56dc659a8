"""The operator: whoever may type commands on the machine reads every matter, through the same queries as a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from fuyuantong.matters.sight import Reader, reading
from fuyuantong.organs.models import Organ, Scope


@contextmanager
def reading_as_operator(*, at: datetime) -> Iterator[Reader]:
    """Read everything but secrets, for one block inside one transaction."""
    scopes = tuple(Scope.objects.order_by("id").values_list("id", flat=True))
    organs = tuple(Organ.objects.order_by("id").values_list("id", flat=True))
    with reading(Reader(0, at, scopes, scopes, organs)) as reader:
        yield reader
