"""Official numbers: one gapless serial for each organ, kind and year; taken last, held until commit."""

from datetime import date

from django.db import connection

from fuyuantong import catalogue
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


def take_number(kind: str, *, organ: Organ, on: date) -> str:
    """Return the next number of the organ's serial of that kind and year, in the pattern of `serials.csv`."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [organ.pk, kind, on.year])
        (number,) = cursor.fetchone()
    return catalogue.serials()[kind].pattern.format(place=place_of(organ, on=on), year=on.year, n=number)


def keep_number(kind: str, *, organ: Organ, on: date, matter_id: int, text: str) -> None:
    """Write down which matter took a number; the serial is read back from the text."""
    serial = int(text.rpartition("〕")[2].removesuffix("号"))
    NumberTaken.objects.create(organ=organ, kind=kind, year=on.year, serial=serial, matter_id=matter_id)


def place_of(organ: Organ, *, on: date) -> str:
    """Return the short name of the organ's region as numbers carry it: 温 for 温县."""
    region = region_on(organ.region_code, on=on)
    name = region.name if region else ""
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix):
            return name.removesuffix(suffix)
    return name
