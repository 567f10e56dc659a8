"""By when, how often, or for good: the time an obligation is given."""

import re
from collections.abc import Iterator
from datetime import date

from fuyuantong.reading.dates import DateFound, dates_in, last_of_range
from fuyuantong.reading.numerals import number_of
from fuyuantong.reading.values import Due, DueType, Period, Span, Within

_COUNT = r"(?P<{0}>\d{{1,3}}|[一二两三四五六七八九十]{{1,2}}) ?(?:次|场|期|轮|批|件|篇|个)"
_TIMES = re.compile(_COUNT.format("n"))
_EACH = (
    r"(?P<cycle>两年|二年|2年|半年|半年度|年度|年|季度|季|两个月|两月|2个月|个月|月度|月|旬|周|星期|个?工作日|天|日)"
)
_EVERY = re.compile(
    rf"(?:每|逐)一?个?{_EACH}(?!龄|长)(?P<rest>[^，。；：]{{0,24}})"
    rf"|(?<![第十百之])(?:一|1)(?:个)?(?P<once>年|季度|季|月|周|天|日)(?P<rest2>(?:至少|不少于|召开|开展|组织)?[一两二三四1-9]{{1,2}}[次通报调度期])"
    r"|(?:实行|按|坚持|落实)(?P<by>年|半年|季度|季|月|周|日|旬)(?:度)?(?=向|将|对|报送|通报|调度|报告|上报|汇总|统计|推送|反馈|公布|督导|督查|研判|总结|考核|开展|召开)"
    r"|(?<![0-9一二三四五六七八九十年个本当上])(?P<cut>月|季|季度|周|半年|年)(?:通报|调度|报告|会商|研判|督查|督导|小结|例会)(?=[、，。；制会]|$)"
)
_PERIODS = {
    "两年": Period.TWO_YEARS, "二年": Period.TWO_YEARS, "2年": Period.TWO_YEARS,
    "半年": Period.HALF_YEAR, "半年度": Period.HALF_YEAR,
    "年": Period.YEAR, "年度": Period.YEAR,
    "季": Period.QUARTER, "季度": Period.QUARTER,
    "两月": Period.TWO_MONTHS, "两个月": Period.TWO_MONTHS, "2个月": Period.TWO_MONTHS,
    "月": Period.MONTH, "月度": Period.MONTH, "个月": Period.MONTH,
    "旬": Period.TEN_DAYS, "周": Period.WEEK, "星期": Period.WEEK,
    "日": Period.DAY, "天": Period.DAY, "工作日": Period.DAY, "个工作日": Period.DAY,
}  # fmt: skip
_WINDOW = re.compile(
    r"^度?的?(?P<w>(?:年底|年初|年末|季末|月底|月初)(?:或(?:年底|年初))?|第?[一二三四1-4]季度(?:末|底)?(?:前|内)?|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日)?(?:底|末|初|上旬|中旬|下旬)?(?:前|之前)?|(?:\d{1,2})日(?:前|之前)?|第一个月)"
)
_REGULAR = re.compile(r"(?<!不)定期(?!存款|的?存单|化)(?!.{0,2}票)")
_LONG_TERM = re.compile(
    r"长期(?:坚持|推进|有效|实施|开展|落实|任务)?|持续(?:推进|实施|坚持|开展|落实|进行|深化|用力)|常态化(?:推进|开展|坚持|实施|落实)?|常年坚持|一以贯之|贯穿始终|久久为功"
)
_WITHIN = re.compile(
    r"(?:自|在|从|于|应当|应|须)?(?P<trigger>(?:(?!自|应当|在)[^，。；：（]){0,20}?)(?:之日起|之日|后|之后|后的|起)?(?:的)?(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,4})(?P<u>个?工作日|个?小时|个?月|日|天|年)(?:以|之)?内"
)
_WITHIN_UNITS = {"工作日": "working_days", "小时": "hours", "月": "months", "日": "days", "天": "days", "年": "years"}
_LOOSE = re.compile(
    r"按照?有关规定及时|按照?规定时间|在?规定(?:的)?(?:时间|期限)内|严格按照时间节点|及时|适时|同时|同步|立即|即时|实时|随时|尽快|必要时|根据(?:具体)?(?:工作|实际)(?:情况|需要)|不定期|即行即办"
)
_BEFORE = re.compile(r" ?(?:以前|之前|前|底前|内|以内|完成|底完成|底)")
_UP_TO = re.compile(r"(?:到|于|在|至|截至|力争|确保|务于|不迟于) ?$")
_NOT_DUE = re.compile(
    r"^ ?(?:起|以来|至今|以后|之后|后|第?\S{0,6}次会议|印发|发布|制定|修订|修正|施行|通过|实施|度|出台|公布)"
)
_TITLE = re.compile(r"《[^》]{0,80}》|〔[^〕]{0,12}〕")


def due_of_label(folded: str, span: Span, *, issued_on: date | None) -> tuple[Due, ...]:
    """
    Return what the value of a 完成时限 says; two where it says two, but what is then kept up is not a second.

    Example: 2021年4月30日前出台，每季度通报 gives a date and a period.
    """
    value = span.of(folded)
    dates = list(_dated(value, span.start, issued_on=issued_on, is_label=True))
    periods = list(_periodic(value, span.start))[:1]
    if dates or periods:
        return tuple(sorted(_apart([*periods, *dates]), key=lambda due: due.span or span))
    return tuple(_lasting(value, span.start))[:1] or (Due(raw=value, span=span),)


def due_in(folded: str, span: Span, *, issued_on: date | None) -> Due:
    """Return the one time that a clause of running text gives: a cycle before a date, else loose words or a term."""
    return next(iter(dues_in(folded, span, issued_on=issued_on)), Due())


def dues_in(folded: str, span: Span, *, issued_on: date | None) -> tuple[Due, ...]:
    """Return the times that running text gives, in their order; loose words only where there is nothing else."""
    value = _TITLE.sub(lambda title: "□" * len(title[0]), span.of(folded))
    firm = [*_periodic(value, span.start), *_dated(value, span.start, issued_on=issued_on, is_label=False)]
    if firm:
        return tuple(sorted(_apart(firm), key=lambda due: due.span or span))
    if found := _REGULAR.search(value):
        return (Due(type=DueType.PERIOD, raw=found[0], span=Span(*found.span()).moved(span.start)),)
    return tuple(_loose(value, span.start))


def _apart(dues: list[Due]) -> Iterator[Due]:
    # 每年12月底前 is a cycle with a window, not a date besides
    taken: list[Span] = []
    for due in dues:
        if due.span is not None and not any(span.start < due.span.end and due.span.start < span.end for span in taken):
            taken.append(due.span)
            yield due


def _dated(value: str, offset: int, *, issued_on: date | None, is_label: bool) -> Iterator[Due]:
    year, month = (issued_on.year, issued_on.month) if issued_on else (None, None)
    for found in last_of_range(list(dates_in(value, year=year, month=month)), value):
        if not (is_label and _is_whole(found, value)) and not _is_deadline(found, value):
            continue
        end = _BEFORE.match(value, found.end)
        span = Span(found.start, end.end() if end else found.end)
        yield Due(type=DueType.DATE, on=found.on, raw=span.of(value), span=span.moved(offset))


def _is_whole(found: DateFound, value: str) -> bool:
    before = value[max(0, found.start - 1) : found.start]
    return before not in ("每", "半") and not _NOT_DUE.match(value[found.end :])


def _is_deadline(found: DateFound, value: str) -> bool:
    before, after = value[max(0, found.start - 6) : found.start], value[found.end : found.end + 8]
    if before.endswith(("每", "半", "自", "从", "每年")) or _NOT_DUE.match(after):
        return False
    ends_itself = value[found.end - 1] in "底末"
    return (
        bool(_BEFORE.match(after))
        or ends_itself
        or (bool(_UP_TO.search(before)) and after[:1] in "，将" and found.has_year)
    )


def _periodic(value: str, offset: int) -> Iterator[Due]:
    for found in _EVERY.finditer(value):
        cycle = found["cycle"] or found["once"] or found["by"] or found["cut"]
        rest = found["rest"] or found["rest2"] or ""
        window = _WINDOW.match(rest)
        times = _TIMES.search(rest[window.end() if window else 0 :])
        end = found.start("rest") if found["rest"] is not None else found.end()
        if window:
            end = found.start("rest") + window.end()
        if times and found["rest"] is not None:
            end = found.start("rest") + (window.end() if window else 0) + times.end()
        yield Due(
            type=DueType.PERIOD,
            period=_PERIODS[cycle],
            times=number_of(times["n"]) if times and times[0][-1] in "次场期轮" else None,
            window=window["w"] if window else "",
            raw=value[found.start() : end],
            span=Span(found.start(), end).moved(offset),
        )


def _lasting(value: str, offset: int) -> Iterator[Due]:
    if found := _LONG_TERM.search(value):
        span = Span(*found.span())
        yield Due(type=DueType.LONG_TERM, raw=found[0], span=span.moved(offset))
    elif found := _REGULAR.search(value):
        yield Due(type=DueType.PERIOD, raw=found[0], span=Span(*found.span()).moved(offset))


def _loose(value: str, offset: int) -> Iterator[Due]:
    if "内" in value and (found := _WITHIN.search(value)) and not value.startswith(("近", "最近"), found.start()):
        unit = found["u"].removeprefix("个")
        within = Within(number_of(found["n"]) or 0, _WITHIN_UNITS[unit], found["trigger"].lstrip("应当自在"))
        yield Due(within=within, raw=found[0], span=Span(*found.span()).moved(offset))
    elif found := _LOOSE.search(value):
        yield Due(raw=found[0], span=Span(*found.span()).moved(offset))
