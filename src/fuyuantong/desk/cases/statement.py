"""登记或者更正 one case by hand: what was typed becomes a statement, looked at like a row of a file."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from fuyuantong.desk.cases.shown import written
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.docket.causes import CAUSES
from fuyuantong.docket.outcomes import outcomes
from fuyuantong.protocol.fields import Json
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.columns import COLUMNS, NEVER_CLEARED, PASSED_TITLES, read_cell
from fuyuantong.registers.cases.models.feed import Feed
from fuyuantong.registers.cases.queries import case_by_id
from fuyuantong.registers.cases.services.feeding import feed_statements, throw_away
from fuyuantong.registers.cases.sight import reading_cases
from fuyuantong.registers.cases.staging import faults_of, stated
from fuyuantong.tables.cells import Unread, day_of

LONGEST_WHY = 100
# 行政诉讼法第70条, 第72条 to 第77条; courts may say others
LOSS_REASONS = (
    "主要证据不足",
    "适用法律、法规错误",
    "违反法定程序",
    "超越职权",
    "滥用职权",
    "明显不当",
    "不履行法定职责",
)
OPTIONS: Final[Mapping[str, Sequence[str]]] = {
    "cause": CAUSES,
    "outcome": tuple(outcome.title for outcome in outcomes().values()),
    "disclosed": ("是", "否"),
    "changed_act": ("是", "否"),
    "loss_reason": LOSS_REASONS,
    "passed": tuple(PASSED_TITLES.values()),
}


class BadStatement(Refusal):
    """What was typed of a case cannot stand as it is."""

    key = "bad-statement"
    title = "内容有误，没有登记"


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def case_form(visit: Visit, pk: int = 0) -> HttpResponse:
    """Ask for a case, or for what is to be corrected of one; what it would change is shown before it is taken."""
    before = _before(visit, pk)
    typed, wrong, refusal = before, dict[str, str](), None
    if visit.request.method == "POST":
        typed = {column.key: visit.request.POST.get(column.key, "").replace("\0", "").strip() for column in COLUMNS}
        typed["number"] = before.get("number", typed["number"])  # a correction is of this case and no other
        content, wrong = _read(typed, before)
        try:
            if not wrong:
                found, wrong = _fed(visit, content, pk)
                if not wrong:
                    return redirect("case-feed", feed=found.pk)
            raise BadStatement(f"{len(wrong)} 处有误", remedy="请按各项下面的提示改正。")
        except Refusal as fault:
            refusal = fault
    context = {
        "boxes": [
            (
                column,
                typed.get(column.key, ""),
                wrong.get(column.key, ""),
                OPTIONS.get(column.key, ()),
                "date" if column.read is day_of and column.key not in wrong else "text",
            )
            for column in COLUMNS
        ],
        "needed": NEVER_CLEARED,
        "number": before.get("number", ""),
        "why": visit.request.POST.get("why", ""),
        "pk": pk,
        "refusal": refusal,
    }
    return visit.page("desk/cases/statement.html", context)


def _before(visit: Visit, pk: int) -> Mapping[str, str]:
    """Return what a case says now, as it would be typed; nothing for a new one."""
    if not pk:
        return {}
    with visit.reading() as reader, reading_cases(reader):
        said: Mapping[str, Any] = case_by_id(pk).events[0].said
    return {column.key: written(column.key, said[column.key]) for column in COLUMNS if column.key in said}


def _read(typed: Mapping[str, str], before: Mapping[str, str]) -> tuple[dict[str, Json], dict[str, str]]:
    """Return what is said anew, and what could not be read, by column; what was emptied is taken back."""
    content: dict[str, Json] = {}
    wrong: dict[str, str] = {}
    for column in COLUMNS:
        text, former = typed[column.key], before.get(column.key, "")
        if text == former and column.key != "number":
            continue
        try:
            if text:
                content[column.key] = read_cell(column, text)
            elif column.key not in NEVER_CLEARED:
                content[column.key] = None
        except Unread as fault:
            wrong[column.key] = str(fault)
    return content, wrong


def _fed(visit: Visit, content: dict[str, Json], pk: int) -> tuple[Feed, dict[str, str]]:
    """Bring a statement in and return it, or what is wrong with it and nothing of it kept."""
    why = "".join(filter(str.isprintable, visit.request.POST.get("why", "")))[:LONGEST_WHY].strip()
    if pk and not why:
        raise BadStatement("没有写明更正的理由", remedy="请写明依据，如裁判文书、送达回证。", field="why")
    name = f"网上更正（{why}）" if pk else "网上登记"
    found = feed_statements([stated(1, content, [], today=visit.today)], name, by=visit.by(), now=visit.now)
    with visit.reading():
        faults = faults_of(found.pk, most=len(COLUMNS))
    if faults:
        throw_away(found, by=visit.by(), now=visit.now)
    keys = {column.title: column.key for column in COLUMNS}
    return found, {keys[fault.title]: fault.detail for fault in faults}
