"""Pages: where each character and each rule stands. Unit: millimetres from the left and the upper edge."""

from dataclasses import dataclass, field

from fuyuantong.typesetting.faces import Face


@dataclass(frozen=True)
class Glyph:
    """A character; `y` is the line that it stands on."""

    character: str
    face: Face
    size: float
    x: float
    y: float
    red: bool = False


@dataclass(frozen=True)
class Stroke:
    """A rule: `y` is its upper edge."""

    x: float
    y: float
    length: float
    weight: float
    red: bool = False


@dataclass
class Page:
    """One side of paper; `number` is None where none is printed."""

    glyphs: list[Glyph] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    number: int | None = None
