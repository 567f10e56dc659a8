"""Days and numbers as documents write them."""

from datetime import date

DIGITS = "〇一二三四五六七八九"
DAWN, NOON, DUSK = 6, 12, 18
TEN = 10
HUNDRED = 100


def plain_day(day: date) -> str:
    """Return a day in Arabic numerals. Example: 2026年11月22日. Basis: GB/T 9704—2012 7.3.5."""
    return f"{day.year}年{day.month}月{day.day}日"


def full_day(day: date) -> str:
    """Return a day in Chinese numerals, as court documents write it. Example: 二〇二六年十一月二十二日."""
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{numeral(day.month)}月{numeral(day.day)}日"


def plain_time(time: str) -> str:
    """Return a time of day as notices write it. Example: 上午9:30. Basis: GB/T 15835—2011 5.1.2."""
    hour, _, minute = time.partition(":")
    return f"{_part_of_day(int(hour))}{_twelve(int(hour))}:{minute}"


def full_time(time: str) -> str:
    """Return a time of day as court documents write it. Example: 上午9时30分, 下午3时."""
    hour, _, minute = time.partition(":")
    return f"{_part_of_day(int(hour))}{_twelve(int(hour))}时{f'{int(minute)}分' if int(minute) else ''}"


def numeral(number: int) -> str:
    """Return a number from 1 to 99 in Chinese numerals."""
    if not 0 < number < HUNDRED:
        raise ValueError(f"{number} is not between 1 and 99")
    tens, ones = divmod(number, TEN)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return lead + (DIGITS[ones] if ones else "")


def _part_of_day(hour: int) -> str:
    return (
        "凌晨"
        if hour < DAWN
        else "上午"
        if hour < NOON
        else "中午"
        if hour == NOON
        else "下午"
        if hour < DUSK
        else "晚上"
    )


def _twelve(hour: int) -> int:
    return hour - NOON if hour > NOON else hour
