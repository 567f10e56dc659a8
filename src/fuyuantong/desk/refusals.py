"""Refusals as people read them: organs by their names, not by their codes."""

import re
from datetime import date

from fuyuantong.desk.organ_tags import tags_by_code
from fuyuantong.refusal import Refusal

_CODE = re.compile(r"\b[0-9]{6}(?:[0-9]{3})?-[a-z0-9]+(?:-[a-z0-9]+)*")


def with_names(refusal: Refusal, *, on: date) -> Refusal:
    """Return a refusal whose organs bear their short names; the very same one when it names none."""
    codes = set(_CODE.findall(f"{refusal.detail} {refusal.remedy}"))
    if not codes:
        return refusal
    names = {code: tag.short for code, tag in tags_by_code(codes, on=on).items()}

    def named(text: str) -> str:
        return _CODE.sub(lambda found: names.get(found[0], found[0]), text)

    refusal.detail, refusal.remedy = named(refusal.detail), named(refusal.remedy)
    return refusal
