"""In which encoding a text was written: its mark, its own word, or the one that gives the most common characters."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", re.IGNORECASE)
_COMMON = frozenset(
    "的一是在不和有人中大为上国以要时用生到作地于出对成会可主发年动同工也能下过定行法所民得经院府政位市县区单部各任机关为於對會發動過經國責單機關為這來個們"
)
_LIKELY = ("gb18030", "big5", "utf-16-le", "utf-16-be")
_LOOK_AT = 20_000
_TOLERATED = 200  # one bad byte in so many is damage, not another encoding


def decode(data: bytes) -> str:
    """Return the text of bytes; what cannot be decoded becomes U+FFFD."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged_or_other(data)


def _damaged_or_other(data: bytes) -> str:
    """Return the text of bytes that are not UTF-8 throughout: damaged here and there, or written in another encoding."""
    text = data.decode("utf-8", errors="replace")
    if text.count("\ufffd") * _TOLERATED < len(text):
        return text
    return data.decode(_likeliest(data), errors="replace")


def _likeliest(data: bytes) -> str:
    declared = _DECLARED.search(data[:2_000])
    if declared and (name := _known(declared[1].decode("ascii"))):
        return name
    return max(_LIKELY, key=lambda name: _commonness(data[:_LOOK_AT].decode(name, errors="replace")))


def _known(name: str) -> str:
    if name.lower() in ("gb2312", "gbk", "gb18030"):
        return "gb18030"
    return "big5" if name.lower().startswith("big5") else ""


def _commonness(text: str) -> float:
    hanzi = sum("\u4e00" <= sign <= "\u9fff" for sign in text)
    return (sum(sign in _COMMON for sign in text) - text.count("\ufffd")) / (hanzi + 1)
