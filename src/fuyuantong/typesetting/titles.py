"""Breaking a title: whole words, lines like a trapezoid or a lozenge. Basis: GB/T 9704—2012 7.3.1."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from fuyuantong.typesetting.lines import NO_END, NO_START
from fuyuantong.typesetting.measures import NO_2, WIDTH, height

MOST = int(WIDTH / height(NO_2))  # characters of 2号 in a line
EASY = 18  # a line that leaves white at both sides
MOST_LINES = 5
LEFT_ALONE = 4  # a line so short looks forgotten

# words that begin a line well, and such as end one well; a title is parted nowhere else if that can be helped
BEGINS = (
    "关于",
    "贯彻",
    "落实",
    "进一步",
    "建立",
    "开展",
    "印发",
    "召开",
    "加强",
    "规范",
    "推动",
    "推进",
    "做好",
    "深化",
    "完善",
    "支持",
    "商请",
    "邀请",
    "参加",
    "督促",
    "督办",
    "报送",
    "反馈",
    "实施",
)
ENDS = ("的", "、", "》", "）", "”", "和", "及", "与")
WORDS = frozenset(
    [
        "关于",
        "通知",
        "建议",
        "机关",
        "法院",
        "检察",
        "政府",
        "行政",
        "工作",
        "问题",
        "会议",
        "纪要",
        "机制",
        "联动",
        "联席",
        "府院",
        "府检",
        "人民",
        "情况",
        "意见",
        "方案",
        "办法",
        "事项",
        "案件",
        "诉讼",
        "执行",
        "司法",
        "争议",
        "化解",
        "负责",
        "应诉",
        "出庭",
        "县人",
        "市人",
        "省人",
        "区人",
        "办公",
        "公室",
        "季度",
        "常规",
        "年度",
        "回复",
        "答复",
        "处罚",
        "程序",
        "管理",
        "审批",
    ]
)


def break_title(title: str) -> tuple[str, ...]:
    """Return a title in lines; those that the writer parted stay so."""
    return tuple(line for given in title.splitlines() if given.strip() for line in _broken(given.strip()))


def _broken(text: str) -> tuple[str, ...]:
    if len(text) <= EASY:
        return (text,)
    least = -(-len(text) // MOST)
    ways = [
        (_cost(lines), lines)
        for count in range(max(2, least), min(least + 2, MOST_LINES + 1))
        for lines in _ways(text, count)
    ]
    return min(ways)[1] if ways else _by_force(text)


def _ways(text: str, count: int) -> Iterator[tuple[str, ...]]:
    places = [place for place in range(2, len(text) - 1) if _may_part(text, place)]
    for cuts in combinations(places, count - 1):
        lines = tuple(text[start:end] for start, end in pairwise((0, *cuts, len(text))))
        if max(map(len, lines)) <= MOST:
            yield lines


def _may_part(text: str, at: int) -> bool:
    if text[at] in NO_START or text[at - 1] in NO_END:
        return False
    if text[at - 1 : at + 1] in WORDS:
        return False
    return text[at:].startswith(BEGINS) or text[:at].endswith(ENDS) or at % 2 == 0


def _cost(lines: tuple[str, ...]) -> float:
    """Return how bad lines look: parted words, one line much shorter, an hourglass, more lines than needed."""
    lengths = [len(line) for line in lines]
    cost = 6.0 * len(lines) + sum(1.2 * (max(lengths) - length) for length in lengths) / len(lines)
    for before, after in pairwise(lines):
        good = after.startswith(BEGINS) or before.endswith(ENDS)
        cost += 0.0 if good else 6.0
        cost -= 6.0 if after.startswith("关于") else 0.0
    cost += 8.0 * sum(length <= LEFT_ALONE for length in lengths)
    if len(lengths) > 2 and min(lengths[1:-1]) < min(lengths[0], lengths[-1]):
        cost += 8.0
    return cost + 3.0 * (len(set(lengths)) == 1)


def _by_force(text: str) -> tuple[str, ...]:
    return tuple(text[start : start + MOST] for start in range(0, len(text), MOST))
