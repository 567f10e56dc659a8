"""What a unit looks like in print: the endings and the words around them."""

import re

from fuyuantong.reading.words.lists import words

# a name that ends in one of these signs may be a unit: 司法局, 财政部, 发展改革委, 法制办
SIGNS = "局部委厅署办庭"
# endings of organs, offices, bodies and the persons who stand for them
ENDINGS = words("unit_endings")
GROUPS = "“一府两院”|“三长”|“两院”|“府院”|一府两院|府院双方|府院两家"
# what ends like a unit and is none
NO_UNIT = re.compile(
    r"(?:大局|格局|布局|结局|全局|破局|开局|变局|僵局|全部|内部|干部|外部|本部|大部|局部|法治政府|服务型政府|数字政府|责任政府|阳光政府|效能政府|诚信政府|委托|[一经主协承交督催转举开兴查帮代联会应即好难速通快可能领创合拟已待新申]办|依法办|部委办|原单位|阶段部|立案部|归口部|等)$"
)
# a name does not begin like this: it is what is owed, not who owes it
NOT_A_BEGINNING = re.compile(
    r"(?:要|应当|应(?!急)|须|必须|可以|可|将|把|被(?!诉|.{1,6}(?:单位|机关|部门|机构|组织))|对|向|与|和(?!县|平|田|林|顺)|在|给|从(?!化|事)|于|使|让|令|请|即|供|并|且|或|如|若|因|但|而|其(?!他|余)|这|那|是|以|有关(?:事项|情况|规定)|视为|有下列|有以下"
    r"|需|最终|只|不|未|无|凡|每|另|还|也|均|都|再|由|经(?!济|信|开|贸|侦|办|营|发)|为(?!民)|至|到|自(?!然|治|贡)|涉|送|报(?!社)|上述|属于|作为)"
)
VERBAL_BEGINNING = re.compile("|".join(word for word in (*words("openings"), *words("verbs")) if len(word) > 1))
# these words are verbs as well, but a name may begin with them
NAMING_WORDS = re.compile("|".join(words("naming_words")))
INSIDE = re.compile(
    r"可(?!持)|邀请|(?<![主重首])要|应当|可以|不得|必须|将|把|向|提议|根据|按照|依法(?!治)|报(?!社|业|刊)|及时|主动|积极|认真|充分|之间"
)
TOGETHER = ("双方", "三方", "各方", "三家", "两家", "府院双方")
_KNOWN = frozenset(ENDINGS)
_LENGTHS = sorted({len(ending) for ending in ENDINGS})
_GROUP = re.compile(rf"(?:{GROUPS})")
_IN_BRACKETS = re.compile(r"（[^（）]{1,16}）$")


def is_unit_name(name: str) -> bool:
    """Say whether a folded name ends as units do."""
    name = _IN_BRACKETS.sub("", name) or name
    if name.endswith(TOGETHER):
        return name in TOGETHER
    ends = (
        any(name[-length:] in _KNOWN for length in _LENGTHS)
        or (len(name) > 2 and name[-1:] in SIGNS)
        or name[-2:] in ("府办", "党办")
    )
    return (ends and not NO_UNIT.search(name)) or bool(_GROUP.fullmatch(name))
