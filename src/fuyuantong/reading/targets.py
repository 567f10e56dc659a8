"""Figures to be reached or reported: indicator, operator, value, unit."""

import re
from collections.abc import Iterator

from fuyuantong.reading.numerals import number_of
from fuyuantong.reading.values import Operator, Span, Target

_NUMBER = r"(?P<number>\d+(?:\.\d+)?|[一二两三四五六七八九十百]{1,4}(?=成))"
_UNIT = r"(?P<unit>%|个百分点|万亿元|万元|亿元|万人次|人次|万人|平方米|公里|万亩|万户|亿|万|元|起|件|家|个|名|人|天|项|户|所|处|场|篇|次|分钟|小时|倍|期|批|场次|轮|成|‰|工作日|个工作日)"
_UP = "达到|达|不低于|不少于|不小于|保持在|稳定在|提高到|提升到|提升至|提高至|增至|增加到|超过|高于|大于|至少|完成|突破|保持|实现|为|占|力争"
_DOWN = (
    "控制在|不超过|不高于|不多于|低于|降到|降至|降低到|下降到|下降至|压缩至|压缩到|压减至|缩短至|缩短到|仅有|少于|小于"
)
_LESS = "同比下降|同比减少|同比降低|下降|减少|降低|压缩|压减|缩短"
_MORE = "同比增长|同比提高|同比上升|增长|提高|提升|增加|上升"
_LEVEL = re.compile(
    rf"(?P<word>{_UP}|{_DOWN}|{_LESS}|{_MORE})?了?(?:到|至|在)?(?:百分之(?P<percent>[一二三四五六七八九十百零]{{1,4}})|{_NUMBER}{_UNIT})(?P<after>以上|以内|以下|左右)?(?P<of>的?[\u4e00-\u9fff“”]{{0,24}})"
)
_TREND = re.compile(
    r"(?P<name>[\u4e00-\u9fff“”、]{0,24}?(?:率|比|数量|总量|发案数|数))(?:实现)?(?:持续|逐年|稳步|逐步|明显|大幅|显著|双|有效)(?P<word>下降|降低|减少|上升|提升|提高|增长)"
)
_REPORTED = re.compile(r"(?P<name>[\u4e00-\u9fff“”]{2,24}?(?:率|情况))(?=[、，。；等及和]|$)")
_REPORTING = re.compile(r"通报|函告|报送|报告|纳入|上报|公布|推送|统计|指标|考核|考评|包括|评估")
_SUBJECT_CUT = re.compile(
    r"(?:确保|力争|实现|使|推动|将|把|争取|保证|全面|全市|全县|全省|切实|努力|促进|保持|到\d{4}年底?|，|；|。|：|并|且|年底前?|的比例|比例)"
)
_HEAD_CUT = re.compile(
    r".*(?:确保|使|要(?!求)|应(?![诉急用])|力争|实现|推动|将|争取|保证|努力|促进|其中|通报|函告|报告|报送|推送|公布|纳入|统计|分析|掌握|汇总|年底前?|年底|即|包括|反映的|反映出的)"
)
PERCENT_LIKE = ("%", "成", "‰", "个百分点")
_CONJUNCTION = re.compile(r"^(?:以及|和|与|及)")


def targets_in(folded: str, text: str, span: Span, *, is_listed: bool = False) -> tuple[Target, ...]:
    """
    Return the figures that a stretch sets or asks to be reported.

    `is_listed`: the stretch is an entry of a list of things to be reported, so that its own 情况 is one.
    """
    value = span.of(folded)
    found = [*_levels(value, text, span), *_trends(value, text, span)]
    if found:
        return tuple(sorted(found, key=lambda target: target.span))
    return tuple(_reports(value, text, span, is_listed=is_listed))


def _levels(value: str, text: str, span: Span) -> Iterator[Target]:
    for found in _LEVEL.finditer(value):
        word, after, unit = found["word"] or "", found["after"] or "", found["unit"] or "%"
        is_share = unit in PERCENT_LIKE
        if not is_share and (not (word or after) or word in ("为", "完成", "占", "实现", "保持", "力争")):
            continue
        number, unit = _number(found)
        if number is None or (is_share and not word and not after and not found["of"]):
            continue
        yield Target(_indicator(value, found, text, span), _operator(word, after), number, unit, _place(found, span))


def _number(found: re.Match[str]) -> tuple[float | None, str]:
    said = found["percent"] or found["number"]
    if found["unit"] == "成":
        tenth = number_of(said)
        return (None if tenth is None else tenth * 10.0), "%"
    number = number_of(said) if not said[0].isdigit() else float(said)
    return (None if number is None else float(number)), found["unit"] or "%"


def _operator(word: str, after: str) -> Operator:
    if word in _LESS.split("|"):
        return Operator.DECREASE
    if word in _MORE.split("|"):
        return Operator.INCREASE
    if word in _DOWN.split("|") or after in ("以内", "以下"):
        return Operator.AT_MOST
    if after == "以上" or word in ("不低于", "不少于", "不小于", "超过", "高于", "大于", "至少", "突破"):
        return Operator.AT_LEAST
    return Operator.EQUAL


def _indicator(value: str, found: re.Match[str], text: str, span: Span) -> str:
    before = re.split(r"[，。；：、]", value[: found.start()])[-1] if not value[: found.start()].endswith("、") else ""
    cut = _HEAD_CUT.match(before)
    start = found.start() - len(before) + (cut.end() if cut else 0)
    if start >= found.start() - 1 and found["of"]:
        return text[span.start + found.start("of") : span.start + found.end("of")].lstrip("的")
    return text[span.start + start : span.start + found.start()] or before


def _place(found: re.Match[str], span: Span) -> Span:
    return Span(found.start(), found.start("of")).moved(span.start)


def _trends(value: str, text: str, span: Span) -> Iterator[Target]:
    for found in _TREND.finditer(value):
        name = found["name"]
        cut = _HEAD_CUT.match(name)
        start = found.start("name") + (cut.end() if cut and cut.end() < len(name) else 0)
        falls = found["word"] in ("下降", "降低", "减少")
        indicator = text[span.start + start : span.start + found.end("name")].lstrip("、")
        operator = Operator.DECREASE if falls else Operator.INCREASE
        yield Target(indicator, operator, None, "%", Span(*found.span()).moved(span.start))


def _reports(value: str, text: str, span: Span, *, is_listed: bool) -> Iterator[Target]:
    if not is_listed and not _REPORTING.search(value):
        return
    for found in _REPORTED.finditer(value):
        name = found["name"]
        cut = _HEAD_CUT.match(name) or _CONJUNCTION.match(name)
        start = found.start() + (cut.end() if cut and cut.end() < len(name) else 0)
        unit = "%" if name.endswith("率") else None
        indicator = text[span.start + start : span.start + found.end()]
        yield Target(indicator, Operator.REPORT, None, unit, Span(start, found.end()).moved(span.start))
