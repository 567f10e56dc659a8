"""The measures of an official page. Unit: millimetres, unless a name says otherwise. Basis: GB/T 9704—2012 5.2, 7."""

from typing import Final

PAGE_WIDTH: Final = 210.0
PAGE_HEIGHT: Final = 297.0
TOP: Final = 37.0  # 天头
BINDING: Final = 28.0  # 订口
WIDTH: Final = 156.0  # 版心
HEIGHT: Final = 225.0
BOTTOM: Final = TOP + HEIGHT
RIGHT: Final = BINDING + WIDTH
LINES: Final = 22
CHARACTERS: Final = 28
CELL: Final = WIDTH / CHARACTERS  # a character of 3号 in its line
POINT: Final = 25.4 / 72

# 字号, in points
NO_2: Final = 22.0
NO_3: Final = 16.0
NO_4: Final = 14.0

# the characters of 22 lines fill the type area from its upper to its lower edge; Word centres each in its line
LINE: Final = (HEIGHT - NO_3 * POINT) / (LINES - 1)
WORD_LINE: Final = HEIGHT / LINES

MARK_BELOW_TOP: Final = 35.0  # 发文机关标志上边缘至版心上边缘 (7.2.4)
RULE_BELOW_NUMBER: Final = 4.0  # 发文字号之下的红色分隔线 (7.2.7)
NUMBER_BELOW_TYPE: Final = 7.0  # 页码的一字线至版心下边缘 (7.5)
LETTER_MARK: Final = 30.0  # 信函格式：标志上边缘至上页边 (10.1)
LETTER_RULE: Final = 4.0  # 标志之下的红色双线
LETTER_FOOT: Final = 20.0  # 下页边之上的红色双线
LETTER_WIDTH: Final = 170.0
LETTER_NUMBER: Final = 7 / 8 * NO_3 * POINT  # 双线至发文字号
IMPRINT_STRONG: Final = 0.35  # 版记的首条、末条分隔线 (7.4.1)
IMPRINT_FINE: Final = 0.25
RED_RULE: Final = 0.7
DOUBLE_STRONG: Final = 0.9
DOUBLE_FINE: Final = 0.3
DOUBLE_GAP: Final = 0.6

# of the square of a character: how far its ink stands above and below the line, and how far the square does
INK: Final = 0.77
INK_BELOW: Final = 0.14
ASCENT: Final = 0.88


def height(points: float) -> float:
    """Return how high a character of that many points is."""
    return points * POINT
