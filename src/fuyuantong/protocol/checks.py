"""Named checks of Text fields: each answers what is wrong with a text, or nothing."""

import re
from collections.abc import Callable, Mapping

_CASE_NUMBER = re.compile(r"[（(\[〔][0-9]{4}[）)\]〕]\S{2,30}号(之[一二三四五六七八九十]+)?")
_DOCUMENT_NUMBER = re.compile(r"\S{1,20}〔[0-9]{4}〕[1-9][0-9]*号")
_PHONE = re.compile(r"[0-9+][0-9\- ]{5,19}")


def _matches(pattern: re.Pattern[str], problem: str) -> Callable[[str], str]:
    return lambda text: "" if pattern.fullmatch(text) else problem


CHECKS: Mapping[str, Callable[[str], str]] = {
    "case-number": _matches(_CASE_NUMBER, "应为案号，如（2026）豫0825行初12号"),
    "document-number": _matches(_DOCUMENT_NUMBER, "应为文号，如 温法建〔2026〕3号"),
    "phone": _matches(_PHONE, "应为电话号码"),
}
