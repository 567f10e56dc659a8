"""The typefaces of official documents, the free fonts that stand for them, and how wide their Latin letters are."""

from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import ImageFont

OURS = Path(__file__).with_name("fonts")
NOTO = Path(pylopdf_fonts_zh_cn.__file__).parent
SQUARE = 1000  # units of the square in which a letter is measured


class Face(StrEnum):
    """The five typefaces that GB/T 9704—2012 asks for."""

    FANGSONG = "仿宋"
    HEI = "黑体"
    KAI = "楷体"
    SONG = "宋体"
    TITLE = "小标宋"


# what Word and WPS call the fonts that offices have bought
WORD_NAMES = {
    Face.FANGSONG: "仿宋_GB2312",
    Face.HEI: "黑体",
    Face.KAI: "楷体_GB2312",
    Face.SONG: "宋体",
    Face.TITLE: "方正小标宋简体",
}
# in order: bought fonts if the place has put them into its folder, ours, and Noto for characters that ours lack
FAMILIES = {
    Face.FANGSONG: ("FangSong_GB2312", "FandolFang R", "Noto Serif SC"),
    Face.HEI: ("SimHei", "Noto Sans SC"),
    Face.KAI: ("KaiTi_GB2312", "FandolKai", "Noto Serif SC"),
    Face.SONG: ("SimSun", "Noto Serif SC"),
    Face.TITLE: ("FZXiaoBiaoSong-B05S", "FandolSong", "Noto Serif SC"),
}
FILES = {
    Face.FANGSONG: OURS / "FandolFang-Regular.otf",
    Face.HEI: NOTO / "NotoSansSC-Regular.otf",
    Face.KAI: OURS / "FandolKai-Regular.otf",
    Face.SONG: NOTO / "NotoSerifSC-Regular.otf",
    Face.TITLE: OURS / "FandolSong-Bold.otf",
}


@lru_cache(maxsize=4096)
def advance(character: str, face: Face) -> float:
    """Return how wide a character is, in squares: one for all but ASCII."""
    return _font(face).getlength(character) / SQUARE if character.isascii() else 1.0


@lru_cache(maxsize=len(FILES))
def _font(face: Face) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FILES[face], SQUARE)
