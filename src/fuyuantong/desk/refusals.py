"""Refusals as people read them: organs and people by their names, not by their codes."""

import re
from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import HttpRequest

from fuyuantong.desk.organ_tags import tags_by_code
from fuyuantong.organs.models import Account
from fuyuantong.refusal import Refusal

_CODE = re.compile(r"\b[0-9]{6}(?:[0-9]{3})?-[a-z0-9]+(?:-[a-z0-9]+)*")
# an account stands in brackets behind its organ: 县法院（court.handler）
_USERNAME = re.compile(r"(?<=（)[a-z0-9]+(?:[._-][a-z0-9]+)*(?=）)")


def with_names(refusal: Refusal, *, on: date) -> Refusal:
    """Return a refusal whose organs and people bear their names; the very same one when it names none."""
    text = f"{refusal.detail} {refusal.remedy}"
    names = {code: tag.short for code, tag in tags_by_code(set(_CODE.findall(text)), on=on).items()}
    names.update(Account.objects.filter(username__in=_USERNAME.findall(text)).values_list("username", "display_name"))
    if names:
        refusal.detail, refusal.remedy = _named(refusal.detail, names), _named(refusal.remedy, names)
    return refusal


def tell_on_next_page(request: HttpRequest, refusal: Refusal, *, on: date) -> None:
    """Let the page to which somebody is led back say what a button could not do, and what to do instead."""
    told = with_names(refusal, on=on)
    messages.error(
        request,
        "。".join(part.removesuffix("。") for part in (f"{told.title}：{told.detail}", told.remedy) if part) + "。",
    )


def _named(text: str, names: Mapping[str, str]) -> str:
    with_organs = _CODE.sub(lambda found: names.get(found[0], found[0]), text)
    return _USERNAME.sub(lambda found: names.get(found[0], found[0]), with_organs)
