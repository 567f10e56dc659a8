"""One shape for every character that is printed in several, without moving a single offset."""

from collections.abc import Mapping

_PUNCTUATION = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？", "﹙": "（", "﹚": "）"}
_BRACKETS = {
    "<": "〈",
    ">": "〉",
    "﹤": "〈",
    "﹥": "〉",
    "[": "〔",
    "]": "〕",
    "［": "〔",
    "］": "〕",
    "【": "〔",
    "】": "〕",
}
_STOPS = {
    "．": ".",
    "﹒": ".",
    "｡": "。",
    "､": "、",
    "％": "%",
    "﹪": "%",
    "－": "-",
    "—": "-",
    "–": "-",
    "―": "-",
    "～": "-",
    "~": "-",
}
_ZEROS = {"○": "〇", "О": "〇", "Ｏ": "〇", "◯": "〇"}
_SPACES = dict.fromkeys("\u00a0\u3000\u2002\u2003\u2009\t", " ")
_WIDE = {chr(0xFF00 + code - 0x20): chr(code) for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))}
_SHAPES: Mapping[int, str] = str.maketrans({**_WIDE, **_PUNCTUATION, **_BRACKETS, **_STOPS, **_ZEROS, **_SPACES})


def fold(text: str) -> str:
    """
    Return the text in the one shape that the grammar is written for; character n stays character n.

    Example: `fold("１２,５％(试行)")` is `"12，5%（试行）"`.
    """
    return text.translate(_SHAPES)
