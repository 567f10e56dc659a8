"""The short name of a task in the ledger: what is to be done, without who does it and with whom."""

import re
from collections.abc import Sequence

from fuyuantong.reading.folding import fold
from fuyuantong.reading.sentences import pieces_of
from fuyuantong.reading.values import Span

LONGEST = 40
SHORTEST = 4
_CARRIED_BY = re.compile(
    r"^(?:由|请)[^，。；：]{1,40}?(?:牵头|负责|会同|主办|承办)(?:负责|组织|实施|会同|联合)?(?:[^，。；：]{0,30}?(?=制定|出台|建立|成立|设立))?[，、：]?"
)
_SETTING = re.compile(r"^(?:围绕|为了?|根据|按照|依据|依照|结合|通过|在|对于|针对|加强对|以)[^，。；]{2,60}，")
_WITH = r"(?:联合|会同|结合|与|和|同|、|及|以及|由|请|共同|协同|邀请)"
_ONLY = re.compile(r"^(?:牵头|负责|配合|参加|参与|协助|支持|对接|联合|共同|协同|分工负责|按职责分工负责|等)*$")
_CONDITION = re.compile(
    r"(?:的|时|后|过程中|期间)$|^(?:对|对于|针对|涉及|因|收到|凡|每年的|在)[^，]*(?:案件|款项|行为|问题|信息|申请|季度|单位|机关)$"
)
_JOINT = re.compile(r"^(?:和|或|与|及(?!时)|、)+")
_FORCE = re.compile(r"^(?:将|要|应当|应|须|必须|可以|负责|牵头(?=[\u4e00-\u9fff]))")


def short_name(text: str, *, units: Sequence[str] = ()) -> str:
    """
    Return the first clause that says what is to be done, of at most 40 characters.

    Example: 由县法院牵头,联合司法局,建立白皮书制度。 is called 建立白皮书制度.
    """
    said = "".join(fold(text).split())
    called = re.compile(_led_by(units))
    without = _SETTING.sub("", said)
    said = without if len(without) >= SHORTEST else said
    clauses = [clause.of(said) for clause in pieces_of(said, Span(0, len(said)), at="，。；：")]
    bare = [_FORCE.sub("", _JOINT.sub("", called.sub("", _CARRIED_BY.sub("", clause)))) for clause in clauses]
    acts = [one for one in bare if len(one) >= SHORTEST and not _ONLY.match(one)]
    return _short(next((one for one in acts if not _CONDITION.search(one)), (*acts, said)[0]))


def _led_by(units: Sequence[str]) -> str:
    names = sorted({form for unit in units for form in _forms(fold(unit))}, key=len, reverse=True)
    if not names:
        return r"^\b$"
    one = rf"(?:{_WITH}?(?:[省市县区州旗])?(?:{'|'.join(map(re.escape, names))})等?)"
    return rf"^{one}+(?:牵头|联合|共同|负责|配合)?"


def _forms(name: str) -> tuple[str, ...]:
    return (name, name[1:]) if name[:1] in "省市县区州旗" and len(name) > 2 else (name,)


def _short(said: str) -> str:
    said = said.rstrip("，。；：")
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
