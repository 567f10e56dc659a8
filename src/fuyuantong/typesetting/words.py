"""Days and numbers as documents write them."""

from datetime import date

DIGITS = "〇一二三四五六七八九"
TEN = 10
HUNDRED = 100


def plain_day(day: date) -> str:
    """Return a day in Arabic numerals. Example: 2026年11月22日. Basis: GB/T 9704—2012 7.3.5."""
    return f"{day.year}年{day.month}月{day.day}日"


def full_day(day: date) -> str:
    """Return a day in Chinese numerals, as court documents write it. Example: 二〇二六年十一月二十二日."""
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{numeral(day.month)}月{numeral(day.day)}日"


def numeral(number: int) -> str:
    """Return a number from 1 to 99 in Chinese numerals."""
    if not 0 < number < HUNDRED:
        raise ValueError(f"{number} is not between 1 and 99")
    tens, ones = divmod(number, TEN)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return lead + (DIGITS[ones] if ones else "")
