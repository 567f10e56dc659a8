"""Packs: read strictly, applied whole, twice the same; their facts are those of the documents."""

import json
from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from tests.builders import a_region, an_organ

from fuyuantong import catalogue
from fuyuantong.clock.terms import SHANGHAI, Term, Unit
from fuyuantong.matters.place_settings import CADENCES_KEY, GOALS_KEY, UnknownSetting, settings_of
from fuyuantong.matters.services.setting import BadSetting, set_list, set_term
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Account, Organ, OrganName
from fuyuantong.organs.queries import posts_held
from fuyuantong.organs.services import rename_organ
from fuyuantong.plans.models.obligation import Obligation
from fuyuantong.plans.models.plan import Plan, PlanVersion
from fuyuantong.plans.models.progress import EvidenceRule
from fuyuantong.plans.pack_reading import BadPack, NoSuchPack, pack_keys, pack_of, read_pack
from fuyuantong.plans.services.pack_tasks import DraftInTheWay
from fuyuantong.plans.services.packs import apply_pack
from fuyuantong.plans.vocabulary import VersionState

NOW = datetime(2026, 11, 22, 10, tzinfo=SHANGHAI)
LATER = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)
# the labels of the real documents lie beside the repository where it is worked on, and nowhere else
LABELS = [folder / "shared/gold/003_5d080e43716dc2ba.json" for folder in Path(__file__).resolve().parents]
GOLD = next((file for file in LABELS if file.exists()), None)
SMALL = """\
key = "small"
title = "某县"
document = "某政〔2021〕1号"
issued_on = 2021-03-24
about = "一项任务。"
region = "410825"
office = "410825-liaison-office"
host = "410825-government"
serves = "410825-government"
plan = "某县方案"
organs = [
    { code = "410825-government", branch = "government", kind = "people-government", full = "温县人民政府", short = "县政府" },
    { code = "410825-liaison-office", branch = "government", kind = "office", full = "温县办公室", short = "办公室" },
    { code = "410825-justice", branch = "government", kind = "department", full = "温县司法局", short = "司法局" },
]
[regions]
410000 = "河南省"
410800 = "焦作市"
410825 = "温县"
[relations.office_of]
410825-liaison-office = ["410825-government"]
[settings]
basis = "某政〔2021〕1号"
mechanisms = ["dispute"]
[settings.terms]
sign-for = { length = 2, unit = "working_days", basis = "三(一)" }
[settings.organs]
supervisors = { organs = ["410825-liaison-office"], basis = "三(五)" }
[[tasks]]
clause = "一"
text = "办好一件实事。"
units = ["司法局"]
dues = [{ long_term = true, raw = "长期坚持" }]
rows = ["ADR-05"]
"""


def written(folder: Path, text: str = SMALL) -> Path:
    file = folder / "small.toml"
    file.write_text(text, encoding="utf-8")
    return file


def faults(folder: Path, text: str) -> dict[str, str]:
    with pytest.raises(BadPack) as refused:
        read_pack(written(folder, text))
    return {fault.at: fault.reason for fault in refused.value.faults}


@pytest.mark.parametrize("key", pack_keys())
@pytest.mark.django_db
def test_a_pack_applies_to_an_empty_place_and_a_second_time_changes_nothing(key: str) -> None:
    pack = pack_of(key)

    apply_pack(pack, now=NOW)
    again = apply_pack(pack, now=LATER)

    assert Obligation.objects.count() == len(pack.tasks)
    assert Organ.objects.count() == len(pack.organs)
    assert (again.done, again.kept > 0) == ((), True)


@pytest.mark.parametrize("key", pack_keys())
def test_a_pack_names_only_what_there_is(key: str) -> None:
    pack = pack_of(key)

    assert set(pack.mechanisms) <= set(catalogue.MECHANISMS)
    assert {one.key for one in pack.terms} <= set(catalogue.house_terms())


@pytest.mark.django_db
def test_the_settings_of_wenxian_take_effect() -> None:
    apply_pack(pack_of("wenxian-2021"), now=NOW)

    with acting():
        place = settings_of("410825")
    on = NOW.date()
    assert place.house_rule("house:screen-matter", on=on).term.length == 3
    assert place.house_rule("house:screen-matter", on=on).basis.startswith("温县方案三(一)")
    assert place.organs("supervisors", on=on) == ("410825-liaison-office", "410825-government-office")
    assert place.is_on("oral-suggestion", on=on)
    assert [row["title"] for row in place.lines(CADENCES_KEY, on=on)][-1] == "判决离婚信息推送"
    assert {"90"} == {row["value"] for row in place.lines(GOALS_KEY, on=on) if "出庭" in row["indicator"]}


@pytest.mark.django_db
def test_what_a_plan_does_not_know_is_off(tmp_path: Path) -> None:
    apply_pack(read_pack(written(tmp_path)), now=NOW)

    with acting():
        place = settings_of("410825")
    assert (place.is_on("dispute", on=NOW.date()), place.is_on("oral-suggestion", on=NOW.date())) == (True, False)


@pytest.mark.skipif(GOLD is None, reason="没有 shared/gold，不能核对 003 的标注")
def test_the_tasks_of_wenxian_are_those_of_the_labelled_document() -> None:
    assert GOLD
    labelled = json.loads(GOLD.read_text(encoding="utf-8"))["obligations"]
    tasks = [task.wording for task in pack_of("wenxian-2021").tasks]

    assert len(tasks) == len(labelled) == 32
    for task, label in zip(tasks, labelled, strict=True):
        units = [unit.name for unit in task.units]
        lead = {unit.name for unit in task.units if unit.is_lead}
        due = task.dues[0]
        assert (task.clause, units, lead) == (label["clause"], label["units"], set(label["lead"]))
        assert (due.type, due.on.isoformat() if due.on else None, due.period, due.raw) == (
            label["due"]["type"],
            label["due"]["date"],
            label["due"]["period"],
            label["due"]["raw"],
        )
        said = [(one.indicator, one.operator, float(one.value) if one.value else None) for one in task.targets]
        assert said == [(one["indicator"], one["op"], one["value"]) for one in label["targets"]]


@pytest.mark.django_db
def test_a_task_is_measured_by_what_the_pack_says_it_is(tmp_path: Path) -> None:
    apply_pack(read_pack(written(tmp_path)), now=NOW)

    assert EvidenceRule.objects.latest("pk").query["mechanism"] == "dispute"


@pytest.mark.django_db
def test_who_applied_it_to_a_place_without_people_keeps_no_right(tmp_path: Path) -> None:
    apply_pack(read_pack(written(tmp_path)), now=NOW)

    hand = Account.objects.get()
    assert (hand.username, hand.has_usable_password(), posts_held(hand, at=LATER)) == ("pack.410825", False, [])


@pytest.mark.django_db
def test_organs_that_are_there_are_known_by_code_or_name_and_stay_as_they_are(tmp_path: Path) -> None:
    a_region("410825")
    bureau = an_organ("410825-legal", short="司法局")
    renamed = an_organ("410825-government", short="老县政府")
    rename_organ(renamed, full="温县老人民政府", short="老政府", effective_on=date(2022, 1, 1), by=None, now=NOW)

    apply_pack(read_pack(written(tmp_path)), now=NOW)

    assert Organ.objects.count() == 3
    assert Obligation.objects.get().responsible.get().organ_id == bureau.pk
    assert OrganName.objects.filter(organ=renamed, valid__contains=NOW.date()).get().short == "老政府"


@pytest.mark.django_db
def test_what_people_have_set_since_stays(tmp_path: Path) -> None:
    apply_pack(read_pack(written(tmp_path)), now=NOW)
    term, by = Term(9, Unit.DAYS), Account.objects.get()
    set_term("house:sign-for", term, region_code="410825", basis="通知", valid_from=NOW.date(), by=by, now=NOW)

    again = apply_pack(read_pack(written(tmp_path)), now=LATER)

    assert again.done == ()


@pytest.mark.django_db
def test_a_dry_run_says_what_it_would_do_and_does_nothing(tmp_path: Path) -> None:
    told = apply_pack(read_pack(written(tmp_path)), now=NOW, dry_run=True)

    assert "《某县方案》新列任务 1 项" in told.done
    assert (Organ.objects.count(), Obligation.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_another_edition_of_a_pack_is_the_next_version_of_its_plan(tmp_path: Path) -> None:
    apply_pack(read_pack(written(tmp_path)), now=NOW)
    text = SMALL.replace("办好一件实事。", "办好一件实事，年底前完成。").replace("length = 2", "length = 4")

    told = apply_pack(read_pack(written(tmp_path, text)), now=LATER)

    assert told.done == ("期限 house:sign-for 为4个工作日", "《某县方案》改写任务 1 项")
    assert [version.state for version in PlanVersion.objects.order_by("number")] == ["superseded", "published"]


@pytest.mark.django_db
def test_a_draft_of_the_same_plan_goes_first(tmp_path: Path) -> None:
    apply_pack(read_pack(written(tmp_path)), now=NOW)
    PlanVersion.objects.update(state=VersionState.DRAFT, text_digest="")

    with pytest.raises(DraftInTheWay, match="待确认"):
        apply_pack(read_pack(written(tmp_path)), now=LATER)


@pytest.mark.django_db
def test_a_plan_adopts_that_of_the_superior_region_once_it_is_there(tmp_path: Path) -> None:
    apply_pack(read_pack(written(tmp_path)), now=NOW)
    below = SMALL.replace("某县方案", "某镇方案").replace(
        'serves = "410825-government"', 'serves = "410825-government"\nabove = "某县方案"'
    )

    apply_pack(read_pack(written(tmp_path, below)), now=LATER)

    assert Plan.objects.get(name="某镇方案").above == Plan.objects.get(name="某县方案")


def test_every_fault_of_a_pack_is_told_at_once(tmp_path: Path) -> None:
    text = (
        SMALL.replace('key = "small"', 'key = "other"\nsurprise = 1')
        .replace("2021-03-24", '"March"')
        .replace('branch = "government", kind = "office"', 'branch = "navy", kind = ""')
        .replace("length = 2", "length = 0")
        .replace('units = ["司法局"]', 'units = ["司法局", "司法局"]\nlead = ["法院"]')
        .replace("long_term = true", 'long_term = true, period = "year"')
        .replace('organs = ["410825-liaison-office"], basis', 'organs = ["410825-nobody"], basis')
        .replace("410800 =", "410900 =")
    )

    found = faults(tmp_path, text)

    assert found["key"] == "应与文件名“small”相同"
    assert found["surprise"] == "没有这个键"
    assert found["issued_on"] == "应为日期"
    assert "应为 government" in found["organs[2].branch"]
    assert found["organs[2].kind"] == "不能为空"
    assert "不是可用的期限" in found["settings.terms.sign-for.length"]
    assert found["tasks[1].units"] == "有重复"
    assert found["tasks[1].lead"] == "“法院”不在 units 之中"
    assert found["tasks[1].dues[1]"] == "on、period（recurs）、long_term 只能写一个"
    assert found["settings.organs.supervisors"] == "organs 中没有“410825-nobody”"


def test_a_fault_names_the_file_and_a_missing_key(tmp_path: Path) -> None:
    lacking = SMALL.replace('about = "一项任务。"\n', "").replace('plan = "某县方案"\n', "")

    with pytest.raises(BadPack, match=r"small\.toml 的 about：缺少"):
        read_pack(written(tmp_path, lacking))
    assert faults(tmp_path, lacking)["plan"].startswith("有任务的方案包须写明方案名称")
    assert "不是 TOML 文本" in faults(tmp_path, "key = ")[""]


def test_what_is_of_another_kind_or_twice_is_told(tmp_path: Path) -> None:
    text = (
        SMALL.replace(
            'plan = "某县方案"',
            'plan = "某县方案"\ncadences = [1]\ngoals = [{ indicator = "率", clause = "一", operator = "近" }]',
        )
        .replace(
            "[relations.office_of]",
            '[relations.uncle_of]\n410825-liaison-office = ["410825-government"]\n[relations.office_of]',
        )
        .replace("dues = [{ long_term", "dues = [{ window = '年底' }, { long_term")
        .replace('unit = "working_days"', 'unit = "moons"')
        .replace('mechanisms = ["dispute"]', "mechanisms = [1]")
        .replace('410825 = "温县"', "")
        .replace('full = "温县办公室"', 'full = "温县司法局"')
    )

    found = faults(tmp_path, text)

    assert found["cadences"] == "第 1 项应为表"
    assert "应为" in found["goals[1].operator"]
    assert "superior_of" in found["relations.uncle_of"]
    assert found["tasks[1].dues[1]"] == "没有写明时限"
    assert "working_days" in found["settings.terms.sign-for.unit"]
    assert found["settings.mechanisms"] == "应为文字的列表"
    assert found["regions"] == "缺少区划 410825"
    assert found["organs"] == "“温县司法局”重复"


def test_there_is_no_pack_of_another_name() -> None:
    with pytest.raises(NoSuchPack, match="wenxian-2021"):
        pack_of("../wenxian-2021")


@pytest.mark.django_db
def test_a_place_keeps_only_the_lists_that_there_are() -> None:
    by = Account.objects.create(username="x", display_name="甲")

    with pytest.raises(UnknownSetting):
        set_list("wishes", [], region_code="410825", basis="方案", valid_from=date(2026, 1, 1), by=by, now=NOW)
    with pytest.raises(BadSetting):
        set_list(GOALS_KEY, [], region_code="410825", basis="方案", valid_from=date(2026, 1, 1), by=by, now=NOW)


@pytest.mark.django_db
def test_the_commands_list_show_and_apply_packs() -> None:
    told = {}
    for command, *rest in (("pack_list",), ("pack_show", "wenxian-2021"), ("pack_apply", "wenxian-2021", "--dry-run")):
        for form in ([], ["--json"]):
            out = StringIO()
            call_command(command, *rest, *form, stdout=out)
            told[command, bool(form)] = out.getvalue()

    assert "wenxian-2021" in told["pack_list", False]
    assert "32 二(四)32 婚姻信息共享｜法院（牵头）、民政局（牵头）｜2021年4月30日；每月" in told["pack_show", False]
    assert "将应用" in told["pack_apply", False]
    assert json.loads(told["pack_apply", True])["dry_run"] is True
    assert len(json.loads(told["pack_show", True])["tasks"]) == 32


@pytest.mark.parametrize(
    ("series", "at"),
    [
        ('mechanism = "nothing"', "mechanism"),
        ('mechanism = "conference"\nfield = "title"', "field"),
        ('mechanism = "conference"\nfield = "series"\nvalue = "茶话会"', "value"),
    ],
)
def test_a_cadence_names_matters_that_there_can_be(tmp_path: Path, series: str, at: str) -> None:
    cadence = f'[[cadences]]\ntitle = "例会"\nclause = "一"\nconvenors = ["410825-justice"]\n{series}\n'
    assert [*faults(tmp_path, SMALL + cadence)] == [f"cadences[1].{at}"]
