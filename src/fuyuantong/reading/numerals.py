"""Chinese and Arabic numerals as whole numbers."""

from collections.abc import Mapping

_DIGITS: Mapping[str, int] = {
    **{digit: value for value, digit in enumerate("零一二三四五六七八九")},
    **{digit: value for value, digit in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
    "廿": 20,
    "卅": 30,
}
_TENS: Mapping[str, int] = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ZERO = "零"


def number_of(said: str) -> int | None:
    """
    Return the whole number that is written, or None if it is none.

    Example: 十二 is 12, 二〇二一 is 2021, 二百零五 is 205, 30 is 30, ③ is 3.
    """
    said = said.strip().replace("〇", _ZERO)
    if said.isascii():
        return int(said) if said.isdigit() else None
    if said in CIRCLED and len(said) == 1:
        return CIRCLED.index(said) + 1
    if any(not (sign.isdigit() and sign.isascii()) and sign not in _DIGITS and sign not in _TENS for sign in said):
        return None
    return _summed(said) if any(sign in _TENS for sign in said) else int("".join(str(_digit(sign)) for sign in said))


def _digit(sign: str) -> int:
    return int(sign) if sign.isascii() else _DIGITS[sign]


def _summed(said: str) -> int:
    total, digit = 0, 0
    for sign in said:
        if sign in _TENS:
            total += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            digit = _digit(sign)
    return total + digit


def in_chinese(number: int) -> str:
    """
    Return a whole number below 100 as it numbers a heading.

    Example: 21 is 二十一.
    """
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{digits[tens]}十")
    return head + (digits[ones] if ones or not tens else "")
