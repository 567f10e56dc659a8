"""The lines of the ledger with what only its wider columns want."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.desk.ledger.columns import Column
from fuyuantong.desk.lines import Line, lines_of
from fuyuantong.matters.ledger import LedgerRow
from fuyuantong.organs.models import Region


def lines_with_regions(rows: Iterable[LedgerRow], columns: Sequence[Column], *, now: datetime) -> list[Line]:
    """Return rows as lines; the names of their regions are looked up when that column is wanted."""
    lines = lines_of(rows, now=now)
    if any(column.key == "region" for column in columns):
        today = now.astimezone(SHANGHAI).date()
        found = Region.objects.filter(code__in={line.region for line in lines}, valid_from__lte=today)
        names = dict(found.exclude(valid_to__lte=today).values_list("code", "name"))
        lines = [replace(line, region=names.get(line.region, line.region)) for line in lines]
    return lines
