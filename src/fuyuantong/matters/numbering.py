"""Official numbers: one gapless serial for each organ, kind and year; taken last, held until commit."""

import re
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Min

from fuyuantong import catalogue
from fuyuantong.matters.models.matter import Matter, Provenance
from fuyuantong.matters.models.number import NumberTaken
from fuyuantong.organs.models import Organ
from fuyuantong.organs.queries import region_on

_SUFFIXES = ("自治县", "自治旗", "自治州", "地区", "省", "市", "县", "区", "旗", "盟", "镇", "乡", "街道")

# the row lock is what makes the serial gapless: whoever comes second waits until the first has committed or gone
_NEXT = """
    INSERT INTO serial (organ_id, kind, year, next) VALUES (%s, %s, %s, 2)
    ON CONFLICT (organ_id, kind, year) DO UPDATE SET next = serial.next + 1
    RETURNING next - 1
"""

_PASS = """
    INSERT INTO serial (organ_id, kind, year, next) VALUES (%s, %s, %s, %s)
    ON CONFLICT (organ_id, kind, year) DO UPDATE SET next = greatest(serial.next, excluded.next)
"""


@dataclass(frozen=True)
class NumberGiven:
    """One number of an organ's serial of a year, and how it is written."""

    kind: str
    organ: Organ
    year: int
    serial: int
    text: str


def take_number(kind: str, *, organ: Organ, on: date) -> NumberGiven:
    """Return the next number of the organ's serial of that kind and year, in the pattern of `serials.csv`."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [organ.pk, kind, on.year])
        (number,) = cursor.fetchone()
    text = catalogue.serials()[kind].pattern.format(place=place_of(organ, on=on), year=on.year, n=number)
    return NumberGiven(kind, organ, on.year, number, text)


def keep_number(given: NumberGiven, *, matter_id: int) -> None:
    """Write down which matter took a number."""
    NumberTaken.objects.create(
        organ=given.organ, kind=given.kind, year=given.year, serial=given.serial, matter_id=matter_id
    )


def read_number(kind: str, text: str, *, organ: Organ, on: date) -> NumberGiven | None:
    """Return the number of the organ's serial that a text is; None when it is written in another way."""
    places = {"place": place_of(organ, on=on), "year": "(?P<year>[0-9]{4})", "n": "(?P<n>[1-9][0-9]{0,5})"}
    found = re.fullmatch(catalogue.serials()[kind].pattern.format(**places), text, re.ASCII)
    return NumberGiven(kind, organ, int(found["year"]), int(found["n"]), text) if found else None


def pass_number(given: NumberGiven) -> bool:
    """
    Let the serial go on after a number that was given on paper.

    Tells whether it could be: where the year's serial has begun here already, papers lie before its first number.
    """
    taken = NumberTaken.objects.filter(organ=given.organ, kind=given.kind, year=given.year)
    with connection.cursor() as cursor:
        cursor.execute(_PASS, [given.organ.pk, given.kind, given.year, 1])
        first = taken.aggregate(first=Min("serial"))["first"]
        if first is None:
            cursor.execute(_PASS, [given.organ.pk, given.kind, given.year, given.serial + 1])
    return first is None or given.serial < first


def given_on_paper(kind: str, *, year: int, before: int) -> bool:
    """Tell whether a serial may begin with a number: it is the first, or the one before it came in on paper."""
    serial = catalogue.serials().get(kind)
    if before == 1 or serial is None:
        return before == 1
    # what the region was called when the number was given does not matter
    text = serial.pattern.format(place="", year=year, n=before - 1)
    return Matter.objects.filter(provenance=Provenance.IMPORTED, number__endswith=text).exists()


def place_of(organ: Organ, *, on: date) -> str:
    """Return the short name of the organ's region as numbers carry it: 温 for 温县."""
    region = region_on(organ.region_code, on=on)
    name = region.name if region else ""
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix):
            return name.removesuffix(suffix)
    return name
