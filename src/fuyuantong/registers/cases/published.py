"""What a court published of its years beside what its register computes (年度司法统计), and how far they differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

from fuyuantong.docket.appearances import Finding
from fuyuantong.matters.place_settings import settings_of
from fuyuantong.organs.models import Organ
from fuyuantong.registers.cases.models.publication import PublishedFigure

MEASURES: Final[Mapping[str, str]] = {
    "filed": "收案",
    "decided": "结案",
    "lost": "败诉",
    "heard": "开庭案件",
    "attended": "负责人出庭案件",
}
YEARS: Final = 12


@dataclass(frozen=True, slots=True)
class Compared:
    """One number of a year: as published (none: not entered), as computed, and by how much the latter is more."""

    measure: str
    published: PublishedFigure | None
    computed: int

    @property
    def title(self) -> str:
        """Return what is counted."""
        return MEASURES[self.measure]

    @property
    def difference(self) -> int:
        """Return by how much the register has more; negative for less."""
        return self.computed - self.published.n if self.published else 0


def years_of(keeper: Organ, *, on: date) -> list[tuple[int, list[Compared]]]:
    """
    Return the years of a court, the latest first, each with every number; for who sees all that it keeps.

    All instances count, each case once a year; heard and attended as in the bulletins, but once a case whatever number
    of organs were sued. A hearing that is still to come after the day `on` counts not yet.
    """
    computed = _computed(keeper, on)
    told = PublishedFigure.objects.filter(keeper=keeper).select_related("account").order_by("id")
    published = {(one.year, one.measure): one for one in told}
    years = sorted({year for year, _ in (*computed, *published)}, reverse=True)[:YEARS]
    return [
        (year, [Compared(key, published.get((year, key)), computed.get((year, key), 0)) for key in MEASURES])
        for year in years
    ]


def _computed(keeper: Organ, on: date) -> dict[tuple[int, str], int]:
    values = {
        "keeper": keeper.pk,
        "losses": sorted(settings_of(keeper.region_code).losses(on=on)),
        "on": on,
        "attended": [each.value for each in Finding if each.is_attendance],
    }
    with connection.cursor() as cursor:
        cursor.execute(_COMPUTED, values)
        return {(int(year), measure): n for year, measure, n in cursor.fetchall()}


_COMPUTED: Final = """
    WITH kept AS (SELECT id, filed_on, decided_on, outcome FROM court_case WHERE keeper_id = %(keeper)s AND passed = ''),
    sat AS (
        SELECT DISTINCT extract(year FROM hearing.heard_on) AS year, kept.id,
            bool_or(coalesce(found.finding = ANY (%(attended)s), false)) AS attended
        FROM kept JOIN hearing ON hearing.case_id = kept.id AND hearing.heard_on <= %(on)s
        LEFT JOIN appearance AS found ON found.case_id = kept.id AND found.heard_on = hearing.heard_on
        GROUP BY 1, 2
    )
    SELECT extract(year FROM filed_on), 'filed', count(*) FROM kept WHERE filed_on IS NOT NULL GROUP BY 1
    UNION ALL
    SELECT extract(year FROM decided_on), 'decided', count(*) FROM kept WHERE decided_on IS NOT NULL GROUP BY 1
    UNION ALL
    SELECT extract(year FROM decided_on), 'lost', count(*) FROM kept
    WHERE decided_on IS NOT NULL AND outcome = ANY (%(losses)s) GROUP BY 1
    UNION ALL
    SELECT year, 'heard', count(*) FROM sat GROUP BY 1
    UNION ALL
    SELECT year, 'attended', count(*) FILTER (WHERE attended) FROM sat GROUP BY 1
"""
