"""Codes of administrative divisions: what level a code has and which divisions stand above it."""

import re

from fuyuantong.organs.vocabulary import RegionLevel

_FORM = re.compile(r"[1-9][0-9]{5}([0-9]{3})?", re.ASCII)


def level_of(code: str) -> RegionLevel | None:
    """
    Return the level that a code's digits say, or None if it is no code.

    Basis: GB/T 2260 (six digits: province 2, city 2, county 2), GB/T 10114 (three more for 乡镇街道).
    """
    if not _FORM.fullmatch(code):
        return None
    if len(code) == 9:
        return RegionLevel.TOWN
    if code.endswith("0000"):
        return RegionLevel.PROVINCE
    return RegionLevel.CITY if code.endswith("00") else RegionLevel.COUNTY


def regions_above(code: str) -> list[str]:
    """
    Return a division's own code and the codes above it, nearest first.

    Example: `regions_above("410825001")` is `["410825001", "410825", "410800", "410000"]`.
    """
    county = code[:6]
    chain = [code, county, county[:4] + "00", county[:2] + "0000"]
    return list(dict.fromkeys(chain))


def prefix_of(code: str) -> str:
    """Return the digits that every code below a division begins with: "41", "4108", "410825"."""
    match level_of(code):
        case RegionLevel.PROVINCE:
            return code[:2]
        case RegionLevel.CITY:
            return code[:4]
        case _:
            return code
