"""Opening many accounts from one table: every fault by its cell, and nothing taken while there is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from fuyuantong.accounts.passwords import give_password
from fuyuantong.accounts.security_log import Origin
from fuyuantong.accounts.workbook import Line, lines_of, workbook_of
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.organs.models import Account
from fuyuantong.organs.queries import NoSuchOrgan, organ_by_code
from fuyuantong.organs.staffing import appoint, open_account, open_post, start_of
from fuyuantong.organs.vocabulary import ADMINISTRATORS, POST_TITLES, PostKind
from fuyuantong.refusal import Refusal

USERNAME: Final = "账号名"
NAME: Final = "姓名"
ORGAN: Final = "机构代码"
POST_KIND: Final = "岗位类别"
POST_TITLE: Final = "岗位名称"
SINCE: Final = "任职开始日期"

KINDS: Final = {title: kind for kind, title in POST_TITLES.items() if kind not in ADMINISTRATORS}
COLUMNS: Final = {
    USERNAME: "登录用，60 位以内小写英文、数字，可含点、横线、下划线，全系统唯一，停用后也不重用",
    NAME: "40 字以内",
    ORGAN: "该单位的机构代码，例如 410825-justice；可在“单位”页面查到",
    POST_KIND: f"以下之一：{'、'.join(KINDS)}（三员由安全管理员任命，不能导入）",
    POST_TITLE: "40 字以内，例如 办公室联络员；不填则与岗位类别相同",
    SINCE: "例如 2026-11-23；不填则自导入时起",
}
NOTES: Final = (
    "每行一人；一人任多个岗位的，导入后在账号页面增加任职。",
    "初始密码由系统生成，导入后显示一次，请当场打印、分别送达本人；首次登录须修改。",
)
EXAMPLE: Final = ("zhang.san", "张某某", "410825-justice", "联络员", "", "2026-11-23")

# which column a refusal of the directory speaks of
_COLUMN_OF: Final = {
    "username": USERNAME,
    "display_name": NAME,
    "organ": ORGAN,
    "effective_on": SINCE,
    "post_kind": POST_KIND,
    "post_title": POST_TITLE,
    "since": SINCE,
}


class FaultyImport(Refusal):
    """Refuse to take a table with faults."""

    key = "faulty-import"
    title = "表格有误，未导入任何账号"


class _BadCell(Refusal):
    key = "bad-import-cell"
    title = "单元格有误"
    remedy = "请在表格中更正后重新上传。"


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in one cell; `column` is empty when it is the row's."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A table as it was read, and all that is wrong with it."""

    lines: tuple[Line, ...]
    faults: tuple[CellFault, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """What a new colleague is handed, once."""

    username: str
    name: str
    organ: str
    password: str


def template() -> bytes:
    """Return the workbook to fill in."""
    return workbook_of(COLUMNS, examples=[EXAMPLE], notes=NOTES)


def preview(content: bytes, *, by: Account, now: datetime) -> Preview:
    """
    Return what a workbook would open, and every fault, by trying it out; nothing is kept.

    Raises: `BadWorkbook`.
    """
    return previewed(lines_of(content, columns=list(COLUMNS)), by=by, now=now)


def previewed(lines: Sequence[Line], *, by: Account, now: datetime) -> Preview:
    """Return the faults of lines that were read, by trying them out; nothing is kept."""
    with transaction.atomic():
        faults = [fault for line in lines for fault in _tried(line, by, now)]
        transaction.set_rollback(True)
    if not lines:
        faults = [CellFault(2, "", "表格中没有数据")]
    return Preview(tuple(lines), tuple(faults))


@transaction.atomic
def take(lines: Sequence[Line], *, by: Account, origin: Origin, now: datetime) -> list[Slip]:
    """
    Open all accounts with their posts and first passwords, or none.

    Raises: `FaultyImport`, when the directory has changed since the preview.
    """
    slips = []
    for line in lines:
        try:
            account = _opened(line, by, now)
        except Refusal as refusal:
            raise FaultyImport(
                f"第 {line.number} 行：{refusal.detail}", remedy="请重新上传并核对后导入", field="file"
            ) from refusal
        password = give_password(account, by=by, origin=origin, now=now)
        slips.append(Slip(account.username, account.display_name, line.cells[ORGAN], password))
    return slips


def _tried(line: Line, by: Account, now: datetime) -> list[CellFault]:
    faults = [CellFault(line.number, column, reason) for column, reason in _wrong_cells(line.cells)]
    if faults:
        return faults
    try:
        with transaction.atomic():
            _opened(line, by, now)
    except Refusal as refusal:
        return [CellFault(line.number, _COLUMN_OF.get(refusal.field, ""), refusal.detail)]
    return []


def _wrong_cells(cells: Mapping[str, str]) -> list[tuple[str, str]]:
    wrong = [(column, "不能为空") for column in (USERNAME, NAME, ORGAN, POST_KIND) if not cells[column]]
    if cells[POST_KIND] and cells[POST_KIND] not in KINDS:
        wrong.append((POST_KIND, f"“{cells[POST_KIND][:20]}”应为 {'、'.join(KINDS)} 之一"))
    if cells[ORGAN]:
        try:
            organ_by_code(cells[ORGAN])
        except NoSuchOrgan as refusal:
            wrong.append((ORGAN, refusal.detail))
    try:
        _since(cells[SINCE])
    except _BadCell as refusal:
        wrong.append((SINCE, refusal.detail))
    return wrong


def _opened(line: Line, by: Account, now: datetime) -> Account:
    cells = line.cells
    account = open_account(cells[USERNAME], display_name=cells[NAME], by=by, now=now)
    kind: PostKind = KINDS[cells[POST_KIND]]
    organ = organ_by_code(cells[ORGAN])
    post = open_post(organ, kind=kind, title=cells[POST_TITLE] or POST_TITLES[kind], by=by, now=now)
    since = _since(cells[SINCE])
    today = now.astimezone(SHANGHAI).date()
    begin = now if since is None or since == today else start_of(since)
    appoint(account, post=post, since=begin, until=None, by=by, now=now)
    return account


def _since(said: str) -> date | None:
    if not said:
        return None
    try:
        return date.fromisoformat(said.replace("/", "-").replace(".", "-"))
    except ValueError:
        raise _BadCell(f"“{said[:20]}”不是日期，请写作 2026-11-23") from None
