"""Lines that belong together: hard wraps, breaks in the middle of a word, page numbers between."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fuyuantong.reading.folding import fold
from fuyuantong.reading.marks import Mark, Style, mark_at
from fuyuantong.reading.unit_names import is_unit_name

CLOSING = tuple("，。；、：！？”》〉")
OPEN_ENDED = tuple("，、（《〈“")
TERMINAL = tuple("。；：！？")
PAIRS = (("（", "）"), ("《", "》"), ("“", "”"))
LABEL = re.compile(
    r"[〔（]?(?:责任|牵头|配合|参与|主办|承办|协办|协同|落实|实施|完成|时限|时间|工作目标|工作任务)[\u4e00-\u9fff]{0,6}[〕）]?："
    r"|附件|附：|抄送|主送|联系人|来源：|发布"
)
UNITS_LABEL = re.compile(r"[〔（]?[\u4e00-\u9fff]{2,6}(?:单位|部门)：")
LAST_NAME = re.compile(r"[、，；：（）等]|（.*）$")
DATE_LINE = re.compile(
    r"[\d〇零一二三四五六七八九十]{4} ?年 ?[\d一二三四五六七八九十]{1,3} ?月 ?[\d一二三四五六七八九十]{1,3} ?日"
)
PAGE = re.compile(r"(?:[-·] ?)?\d{1,4}(?: ?[-·/] ?\d{0,4})?$")
TITLE_END = re.compile(
    r"(?:机制|制度|工作|体系|水平|能力|建设|管理|服务|责任|领导|保障|效能|发展|作用|力度|监督|宣传|考核|落实|合力|环境|质量|活动|治理|协作|联动|化解|问题|渠道|平台|改革|措施|配合)$"
)
DOCUMENT = re.compile(
    r"(?:方案|意见|办法|规定|规则|细则|通知|条例|计划|清单|分工|措施|制度|要点|纪要|表|函)(?:（[^（）]*）)?$"
)
LONGEST_TITLE = 45
LONGEST_BARE_TITLE = 20
SHORTEST_PROSE = 15
LOOK_BACK = 300


@dataclass
class Line:
    """Keep one line, whether a gap stands before it, and how long the last line was that went into it."""

    text: str
    after_gap: bool
    last: int = 0
    folded: str = ""
    mark: Mark | None = None

    def __post_init__(self) -> None:
        self.last = len(self.text)
        self.folded = fold(self.text)
        self.mark = mark_at(self.folded)


def mended(lines: Sequence[Line]) -> Iterator[str]:
    """Return the paragraphs that the lines make."""
    width = wrap_width(lines)
    prose = prose_styles(lines)
    parts: list[str] = []
    tail: Line | None = None
    for line in lines:
        if width and PAGE.match(line.folded):
            continue
        if tail is not None and _belongs(tail, line, width=width, prose=prose):
            space = " " if tail.text[-1:].isascii() and line.text[:1].isascii() and line.text[:1].isalpha() else ""
            parts.append(space + line.text)
            # only the end of what was joined decides about the next line, however long the paragraph grows
            mark, tail = tail.mark, Line((tail.text + space + line.text)[-LOOK_BACK:], tail.after_gap)
            tail.mark, tail.last = mark, len(line.text)
            continue
        if parts:
            yield "".join(parts)
        parts, tail = [line.text], line
    if parts:
        yield "".join(parts)


def wrap_width(lines: Sequence[Line]) -> int:
    """Return the length at which the lines were wrapped by a machine, or 0 if they were not."""
    open_lines = [line.last for line in lines if line.last >= SHORTEST_PROSE and not line.folded.endswith(TERMINAL)]
    if len(open_lines) < 8 or len(open_lines) * 4 < len(lines):
        return 0
    longest = sorted(line.last for line in lines)[int(len(lines) * 0.97)]
    near = sum(longest - 4 <= length <= longest + 4 for length in open_lines)
    return longest if near * 2 >= len(open_lines) else 0


def prose_styles(lines: Sequence[Line]) -> frozenset[Style]:
    """Return the styles of numbering whose lines mostly end a sentence, so that one which does not was broken."""
    ended: Counter[Style] = Counter()
    seen: Counter[Style] = Counter()
    for line in lines:
        if line.mark is not None:
            seen[line.mark.style] += 1
            ended[line.mark.style] += line.folded.endswith((*TERMINAL, "）"))
    return frozenset(style for style, count in seen.items() if ended[style] * 2 > count)


def _belongs(before: Line, line: Line, *, width: int, prose: frozenset[Style]) -> bool:
    if line.folded.startswith(CLOSING):
        return True
    if line.folded.startswith("）") and unclosed(before.folded):
        return True
    if line.mark is not None or LABEL.match(line.folded) or DATE_LINE.match(line.folded):
        return False
    if before.folded.endswith(OPEN_ENDED):
        return True
    if before.folded.endswith(TERMINAL):
        return False
    if LABEL.match(before.folded):
        return UNITS_LABEL.match(before.folded) is not None and not is_unit_name(LAST_NAME.split(before.folded)[-1])
    return _is_cut(before, line, width=width, prose=prose)


def _is_cut(before: Line, line: Line, *, width: int, prose: frozenset[Style]) -> bool:
    if unclosed(before.folded) and not line.after_gap:
        return True
    if width and before.last >= width - 4 and not line.after_gap:
        return True
    if before.mark is not None and before.mark.style not in prose and not _is_long_prose(before):
        return False
    if before.mark is not None and len(before.folded) <= LONGEST_TITLE and TITLE_END.search(before.folded):
        return False
    is_listing = (
        "、" in before.folded and len(before.folded) > LONGEST_BARE_TITLE and not DOCUMENT.search(before.folded)
    )
    is_prose = (is_listing or any(sign in before.folded for sign in "，。；")) and not before.folded.endswith(
        ("）", "摄")
    )
    if line.after_gap:
        continues = "，" in line.folded or "、" in line.folded
        long_enough = len(before.folded) > (SHORTEST_PROSE if before.mark is None else LONGEST_TITLE)
        return is_prose and long_enough and continues and line.folded.endswith(TERMINAL)
    return is_prose and (before.mark is not None or len(before.folded) > SHORTEST_PROSE)


def _is_long_prose(line: Line) -> bool:
    return "，" in line.folded and len(line.folded) > LONGEST_BARE_TITLE


def unclosed(folded: str) -> bool:
    """Say whether a bracket, title or quotation that was opened near the end is still open."""
    tail = folded[-LOOK_BACK:]
    return any(tail.rfind(opened) > tail.rfind(closed) for opened, closed in PAIRS)
