"""A county with an office, and the plan documents of it that tests bring."""

from dataclasses import dataclass

from tests.builders import LONG_AGO, NOW, a_region, an_official, an_organ

from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.services import relate
from fuyuantong.organs.vocabulary import PostKind, RelationKind
from fuyuantong.plans.models.draft import DraftRow
from fuyuantong.plans.models.plan import PlanVersion
from fuyuantong.plans.services.deciding import confirm_rows
from fuyuantong.plans.services.publishing import Published, publish
from fuyuantong.plans.services.versions import Upload, upload_plan

PLAN = """温县府院联动工作实施方案
为推进依法行政，制定本方案。
一、重点任务
（一）依法行政
1.建立风险提示白皮书制度。由县法院牵头，联合县司法局，每半年统计涉诉行政争议，制作白皮书。
责任单位：县法院、县司法局
完成时限：2024年7月10日
2.由县司法局牵头，设立行政争议协调化解中心，调解率达到20%以上。
责任单位：司法局、法院
完成时限：2024年6月底前
（二）执行联动
3.由县财政局设立破产援助资金，用于管理人报酬。
责任单位：县财政局、法院
完成时限：长期坚持
4.加强涉诉信访信息共享。
责任单位：法院、县教育局、各乡镇
完成时限：2024年12月31日
5.建立婚姻信息共享制度，由法院每月推送离婚判决信息。
责任单位：法院、县民政局
完成时限：2024年12月31日
6.开展执行宣传。
责任单位：法院
完成时限：2024年12月31日
二、保障措施
（一）加强经费保障。县财政局要保障联动工作经费。
"""


@dataclass(frozen=True)
class Place:
    """A county whose office brings plans."""

    office: Organ
    officer: Account
    organs: dict[str, Organ]


def a_place() -> Place:
    """Found a county with an office and the organs of its plan; 县教育局 is not in the directory."""
    a_region("410825")
    a_region("410825101", name="祥云镇")
    court = an_organ("410825-court", short="县法院", branch="court")
    names = {"justice": "县司法局", "finance": "县财政局", "civil": "县民政局"}
    organs = {key: an_organ(f"410825-{key}", short=short) for key, short in names.items()}
    town = an_organ("410825101-government", short="祥云镇政府")
    office = an_organ("410825-liaison-office", short="领导小组办公室")
    relate(office, RelationKind.OFFICE_OF, court, effective_on=LONG_AGO, by=None, now=NOW)
    officer = an_official(office, kind=PostKind.OFFICE)
    return Place(office, officer, {**organs, "court": court, "town": town})


def a_file(text: str = PLAN, *, name: str = "方案.txt") -> Upload:
    """Return a plan document as it is sent up."""
    return Upload(content=text.encode(), file_name=name, mime="text/plain")


def a_draft(place: Place, text: str = PLAN) -> PlanVersion:
    """Bring a plan document."""
    return upload_plan(a_file(text), by=place.officer, now=NOW)


def row_named(version: PlanVersion, title: str) -> DraftRow:
    """Return the row of a draft that is called so."""
    return DraftRow.objects.get(version=version, wording__title=title)


def confirm_all(version: PlanVersion, place: Place) -> int:
    """Confirm every row of the task list."""
    rows = DraftRow.objects.filter(version=version, is_standing=False, decision="open")
    return confirm_rows(version, rows.values_list("pk", flat=True), by=place.officer, now=NOW)


def published(place: Place, text: str = PLAN) -> tuple[PlanVersion, Published]:
    """Bring a plan document, confirm all of it, and put it in force."""
    version = a_draft(place, text)
    confirm_all(version, place)
    told = publish(version, by=place.officer, now=NOW)
    version.refresh_from_db()
    return version, told
