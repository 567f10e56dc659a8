"""When two names mean the same unit: 县政府办公室 and 政府办."""

import re

_PLACE = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,6}?(?:自治区|自治州|自治县|[省市县区州盟旗]))?[全本我]?(?:[省市县区州盟旗镇乡](?!场|政(?![府务法协])))?(?:直|级)?"
)
_LONG_FORMS = (
    ("人民政府", "政府"), ("中级人民法院", "法院"), ("高级人民法院", "法院"), ("人民法院", "法院"), ("中院", "法院"),
    ("人民检察院", "检察院"), ("办公室", "办"), ("委员会", "委"), ("办公厅", "办"),
)  # fmt: skip


def same_unit(one: str, other: str) -> bool:
    """
    Say whether two folded names mean the same unit: prefix of the place gone, shortened as officials shorten.

    Example: 县政府办公室 and 政府办, 市人民法院 and 法院, 人力资源和社会保障局 and 人社局.
    """
    return any(_shortens(mine, theirs) for mine in _forms(one) for theirs in _forms(other))


def _shortens(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and short[0] == long[0] and short[-1] == long[-1] and _is_within(short, long)


def _forms(name: str) -> tuple[str, ...]:
    """Return the name with its place and without, in short forms."""
    for long, short in _LONG_FORMS:
        name = name.replace(long, short)
    bare = _PLACE.sub("", name, count=1)
    return (name, bare) if len(bare) > 1 else (name,)


def _is_within(short: str, long: str) -> bool:
    signs = iter(long)
    return all(sign in signs for sign in short)
