"""What the first page says: title, number, issuers, date, and where the plan itself begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fuyuantong.reading.dates import dates_in
from fuyuantong.reading.marks import Style, mark_at
from fuyuantong.reading.normalising import NormalText
from fuyuantong.reading.unit_names import is_unit_name
from fuyuantong.reading.values import DocumentKind, Front, Span

_NUMBER = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{1,14}?)(?:字)? ?〔 ?(?P<year>[12]\d{3}) ?〕?(?:第)? ?(?P<n>\d{1,4}) ?号?(?!\d)"
)
_DECREE = re.compile(r"第 ?(?P<n>\d{1,4}|[一二三四五六七八九十百]{1,6}) ?号$")
_KINDS = "方案|意见|办法|规定|规则|细则|条例|计划|清单|分工|措施|制度|要点|决定|纪要|台账|安排|任务书|责任书|分解表|任务表|一览表|分工表|公约|备忘录|规程|规范|指引|指南|纲要|预案|通告|公告"
_TITLE_END = re.compile(rf"(?:{_KINDS}|通知|函|报告)(?:（[^（）]{{2,12}}）)?$")
_NOTICE = re.compile(r"(?:印发|转发|下发|公布|发布).{2,120}的?(?:通知|函)$|的通知$")
_INNER_TITLE = re.compile(
    rf"(?:印发|转发|下发|公布|发布)(?:《(?P<marked>[^》]{{4,90}})》|(?P<plain>[\u4e00-\u9fff“”\d]{{4,80}}?(?:{_KINDS})(?:（[^（）]{{2,12}}）)?))的(?:通知|函)"
)
_SALUTATION = re.compile(r"^(?:各|市|县|区|省|国务院|有关|机关)[^。；]{2,400}：$")
_LABELLED_DATE = re.compile(
    r"(?P<label>成文日期|发文日期|印发日期|发布日期|发布时间|日期|时间)：? ?(?P<value>[12]\d{3}[-年./][^ ]{1,8})"
)
_DAMAGED = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<rest>\d{2,4})(?:日)?(?:印发)?$")
_RULES = re.compile(r"(?:办法|规定|规则|细则|条例|规程|制度)(?:（[^（）]{2,12}）)?$")
_NEWS = re.compile(r"记者|通讯员|本报讯|[\u4e00-\u9fff]{2,3} 摄|近年来|一直以来|资料图片|新华社|据了解|日前")
_PLAN_WORDS = re.compile(r"印发|方案|办法|规定|通知|责任单位|牵头|应当|第一条|工作要求")
_FURNITURE = re.compile(
    r"^(?:抄送|公开方式|公开属性|信息公开|版权所有|主办单位：|承办单位：|主管单位：|网站标识码|地址：|电话：|联系电话|打印|关闭|上一篇|下一篇|分享|扫一扫|相关链接|相关阅读|责任编辑|编辑：|来源：|〔?(?:打印|关闭))|ICP备|公网安备|^[^。；，]{2,30}20\d{2}[年\d]{1,8}日?印发$|^（?此件[^）]{2,12}）?$"
)
LOOK_AT = 60
LONGEST_SIGNATURE = 60


@dataclass(frozen=True)
class FrontFound:
    """Keep the front and the offset at which the plan's own text begins."""

    front: Front
    body: int


def year_of_title(title: str) -> date | None:
    """Return the first day of the year that a title names: 2024年重点任务清单 has no other date."""
    found = re.search(r"(20\d{2})年", title)
    return date(int(found[1]), 1, 1) if found else None


def end_of_body(normal: NormalText) -> int:
    """Return the offset from which only imprint, copies and page furniture follow."""
    end = len(normal.text)
    for stretch in reversed(normal.stretches):
        said = stretch.span.of(normal.folded)
        if stretch.rows or mark_at(said):
            return end
        if _FURNITURE.search(said):
            end = stretch.span.start
    return end


@dataclass(frozen=True)
class _Line:
    span: Span
    text: str
    folded: str


def front_of(normal: NormalText) -> FrontFound:
    """Return what the first page says; what is not there stays empty."""
    lines = [
        _Line(stretch.span, stretch.span.of(normal.text), stretch.span.of(normal.folded))
        for stretch in normal.stretches
        if not stretch.rows
    ]
    if _is_news(lines, normal.folded):
        title = lines[0].text if lines else ""
        return FrontFound(Front(title=title, kind=DocumentKind.NEWS), 0)
    first = _first_numbered(lines)
    title, after = _title(lines[:first])
    date_at, issued_on = _issued_on(lines, first=first)
    kind = DocumentKind.RULES if _RULES.search(title) else DocumentKind.PLAN
    front = Front(
        title=title,
        doc_number=_doc_number(lines[:LOOK_AT]),
        issuers=_issuers(lines, date_at, title=title),
        issued_on=issued_on,
        kind=kind,
    )
    return FrontFound(front, after)


def _is_news(lines: Sequence[_Line], folded: str) -> bool:
    has_title = any(_TITLE_END.search(line.folded) or _NUMBER.fullmatch(line.folded) for line in lines[:LOOK_AT])
    if has_title:
        return False
    told = len(_NEWS.findall(folded))
    laid_down = len(_PLAN_WORDS.findall(folded))
    return told >= 2 and told * 2 >= laid_down


def _first_numbered(lines: Sequence[_Line]) -> int:
    """Return the index of the line with which the numbered text begins, past the numbers of a covering notice."""
    firsts = []
    for index, line in enumerate(lines):
        mark = mark_at(line.folded)
        if mark and mark.number == 1 and mark.style in (Style.CHINESE, Style.CHAPTER, Style.ARTICLE, Style.PART):
            firsts.append(index)
    if not firsts:
        numbered = [index for index, line in enumerate(lines) if mark_at(line.folded)]
        return numbered[0] if numbered else min(len(lines), LOOK_AT)
    for later in firsts[1:]:
        if any(_is_title(line) and not _NOTICE.search(line.folded) for line in lines[max(0, later - 8) : later]):
            return later if later < LOOK_AT else firsts[0]
    return firsts[0]


def _is_title(line: _Line) -> bool:
    said = line.folded
    if not 4 <= len(said) <= 100 or said.startswith(("附件", "现将", "按照", "根据")) or mark_at(said):
        return False
    return bool(_TITLE_END.search(said)) and not any(sign in said for sign in "。；，")


def _title(lines: Sequence[_Line]) -> tuple[str, int]:
    own = [index for index, line in enumerate(lines) if _is_title(line) and not _NOTICE.search(line.folded)]
    end = lines[-1].span.end + 1 if lines else 0
    if own:
        index = own[-1]
        return _with_lines_before(lines, index), lines[index].span.end
    joined = "".join(line.text for line in lines)
    for text in (*[line.text for line in lines], joined):
        if (found := _INNER_TITLE.search(text.replace("<", "〈"))) and not lines[-1].folded.endswith("。"):
            return (found["marked"] or found["plain"]), _after_notice(lines, end)
    notices = [index for index, line in enumerate(lines) if _is_title(line)]
    if notices:
        return _with_lines_before(lines, notices[0]), _after_notice(lines, end)
    return "", _after_notice(lines, 0)


def _after_notice(lines: Sequence[_Line], otherwise: int) -> int:
    """Return where the text of a notice without a plan of its own begins: after the salutation."""
    for line in lines:
        if _SALUTATION.match(line.folded):
            return line.span.end
    return 0 if otherwise == 0 else min(otherwise, lines[0].span.start if lines else 0)


def _with_lines_before(lines: Sequence[_Line], index: int) -> str:
    """Return a title with the lines it was broken from, and with the issuers that stand above 关于."""
    title = lines[index].text
    for line in reversed(lines[max(0, index - 4) : index]):
        if _names_units(line.folded):
            if not title.startswith("关于") and not _is_above(title):
                break
            title = f"{line.text} {title}"
        elif _continues(line.folded, title):
            title = line.text + title
        else:
            break
    return title


def _names_units(folded: str) -> bool:
    return all(is_unit_name(part) for part in folded.split(" "))


def _is_above(title: str) -> bool:
    """Say whether a title already begins with the name of an issuer, so that another may stand above it."""
    return " " in title and is_unit_name(title.split(" ")[0])


def _continues(before: str, title: str) -> bool:
    if any(sign in before for sign in "。；：，〔") or list(dates_in(before, year=None)) or _TITLE_END.search(before):
        return False
    return (
        len(before) >= 6 and not mark_at(before) and (before.startswith("关于") or "关于" in before or len(title) <= 8)
    )


def _doc_number(lines: Sequence[_Line]) -> str | None:
    for index, line in enumerate(lines):
        said = re.sub(r"^(?:文 ?号|发文字号|文件编号|字号)(?:：| )*", "", line.folded)
        found = _NUMBER.match(said)
        if (
            found
            and len(said) - found.end() <= 12
            and not said[found.end() :].strip(" ").startswith(("文件", "》", "）"))
        ):
            return f"{found['who']}〔{found['year']}〕{found['n']}号"
        if (decree := _DECREE.match(line.folded)) and index and lines[index - 1].folded.endswith("令"):
            return f"{lines[index - 1].text.replace(' ', '')}第{decree['n']}号"
    return None


def _issued_on(lines: Sequence[_Line], *, first: int) -> tuple[int, date | None]:
    """Return the index of the line that dates the document, and the day."""
    for index in (*range(first), *range(len(lines) - 1, max(first, 0) - 1, -1)):
        said = lines[index].folded.strip("（） ")
        if len(said) <= LONGEST_SIGNATURE and (on := _whole_date(said)):
            return index, on
    for index in range(len(lines) - 1, -1, -1):
        said = lines[index].folded
        if "印发" in said[-4:] and (days := [found for found in dates_in(said[-24:], year=None) if found.is_day]):
            return index, days[-1].on
    for index, line in enumerate(lines[:LOOK_AT]):
        if found := _LABELLED_DATE.search(line.folded):
            days = [day for day in dates_in(found["value"], year=None) if day.is_day]
            if days:
                return index, days[0].on
    return -1, None


def _whole_date(said: str) -> date | None:
    names, _, last = said.rpartition(" ")
    if names and _names_units(names):
        said = last
    if damaged := _DAMAGED.fullmatch(said):
        return _undamaged(int(damaged["y"]), damaged["rest"])
    days = [found for found in dates_in(said, year=None) if found.is_day]
    return days[0].on if days and len(said) - (days[0].end - days[0].start) <= 1 else None


def _undamaged(year: int, rest: str) -> date | None:
    """Return the one day that digits without 年 月 日 can mean: 201843 is the 3rd of April 2018."""
    meant = []
    for cut in (1, 2):
        month, day = rest[:cut], rest[cut:]
        if (day and not day.startswith("0")) or len(rest) == 4:
            try:
                meant.append(date(year, int(month), int(day)))
            except ValueError:
                continue
    return meant[0] if len(meant) == 1 else None


def _issuers(lines: Sequence[_Line], date_at: int, *, title: str) -> tuple[str, ...]:
    found: list[str] = []
    for line in reversed(lines[max(0, date_at - 8) : max(0, date_at)]):
        if not _names_units(line.folded):
            break
        found = line.text.split(" ") + found
    if found:
        return tuple(dict.fromkeys(found))
    before = title.split("关于")[0].split(" ")
    return tuple(name for name in before if name and is_unit_name(name)) if "关于" in title else ()
