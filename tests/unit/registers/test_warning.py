"""Similar cases that grow many: found once for each step, decided once by the court."""

import pytest
from tests.suggestions import COURT, HOUSING, standing
from tests.unit.registers.conftest import NOW

from fuyuantong import catalogue
from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.services.setting import set_similar_rules, set_threshold
from fuyuantong.matters.session import acting
from fuyuantong.registers.cases.models.warning import CaseWarning
from fuyuantong.registers.cases.services.feeding import NotACourt
from fuyuantong.registers.cases.services.warning import (
    BadReason,
    NoSuchWarning,
    begin_from_warning,
    dismiss_warning,
    find_warnings,
    in_words,
    takes_warnings,
)

pytestmark = pytest.mark.django_db
HEAD = "案号,被告,案由,行政行为种类,立案日期,结案日期,结案方式,原审案号,去向,去向案号"


def case(n, *, organ="住建局", cause="行政许可", on="2026-03-02", ended=",", below="", passed=","):
    return f"（2026）豫0825行初{n}号,{organ},{cause},行政许可,{on},{ended},{below},{passed}"


@pytest.fixture
def fed(feed):
    return lambda *rows, **how: feed(*rows, head=HEAD, **how)


@pytest.fixture
def set_to(county):
    """Set how many cases are many, and by which rules."""

    def chosen(n, *rules):
        ground = {
            "region_code": "410825",
            "basis": "方案",
            "valid_from": NOW.date(),
            "by": county.people[COURT],
            "now": NOW,
        }
        set_threshold("similar-cases", n, **ground)
        set_similar_rules(rules, **ground)

    return chosen


def found(**narrowed):
    with acting():
        return list(CaseWarning.objects.filter(**narrowed).select_related("organ").order_by("rule", "step"))


def test_five_cases_of_one_cause_against_one_organ_in_a_year_are_told_once(fed):
    fed(*(case(n) for n in range(1, 6)), case(6, organ="林业局"), case(7, cause="行政处罚"))

    assert (find_warnings(now=NOW), find_warnings(now=NOW)) == (1, 0)
    (one,) = found()
    assert (one.rule, one.organ.code, one.cause, one.n, one.step, len(one.cases)) == (
        "organ-cause", HOUSING, "行政许可", 5, 1, 5,
    )  # fmt: skip


def test_they_are_told_again_when_they_are_twice_as_many(fed):
    fed(*(case(n) for n in range(1, 6)))
    find_warnings(now=NOW)
    fed(*(case(n) for n in range(6, 10)))
    assert find_warnings(now=NOW) == 0
    fed(case(10))

    assert find_warnings(now=NOW) == 1
    assert [one.step for one in found()] == [1, 2]


def test_what_is_older_than_a_year_or_goes_on_elsewhere_does_not_count(fed):
    fed(
        *(case(n) for n in range(1, 4)),
        case(4, on="2025-11-21"),
        case(5, passed="移送,（2026）豫0822行初9号"),
    )

    assert find_warnings(now=NOW) == 0


def test_both_instances_of_a_dispute_are_one(fed, set_to):
    set_to(2, "organ-lost")
    fed(
        case(1, ended="2026-05-01,判决撤销"),
        "（2026）豫08行终7号,住建局,行政许可,行政许可,2026-06-01,2026-08-01,改判,（2026）豫0825行初1号,,",
    )
    assert find_warnings(now=NOW) == 0
    fed(case(2, cause="行政处罚", ended="2026-05-01,判决撤销"), case(3, ended="2026-05-01,判决驳回诉讼请求"))

    assert find_warnings(now=NOW) == 1
    assert [(one.cause, one.n) for one in found()] == [("", 2)]


def test_each_rule_counts_for_itself_and_can_be_switched_off(fed, set_to):
    fed(*(case(n) for n in range(1, 4)), case(4, organ="邻县某局"), case(5, organ="邻县某局"))
    set_to(2, "cause", "organ-act", "organ-cause")

    assert find_warnings(now=NOW) == 5
    assert [(one.rule, one.organ and one.organ.code, one.name, one.n) for one in found(rule="cause")] == [
        ("cause", None, "", 5)
    ]
    assert {(one.name, one.act_kind) for one in found(rule="organ-act")} == {("", "行政许可"), ("邻县某局", "行政许可")}
    set_to(2)
    fed(case(6), case(7), case(8))
    assert find_warnings(now=NOW) == 0


@pytest.fixture
def warned(fed):
    fed(*(case(n) for n in range(1, 6)))
    find_warnings(now=NOW)
    return found()[0]


def test_a_matter_begun_from_it_has_the_organ_and_the_cases_in_its_draft(county, warned):
    key = min(key for key, one in catalogue.MECHANISMS.items() if takes_warnings(one))
    done = begin_from_warning(warned.pk, key, "类案", entry="", by=county.by(COURT), now=NOW)
    with acting():
        draft = InnerRecord.objects.get(matter=standing(done.matter).row, kind="drafted").values["values"]
        words = in_words(warned)

    assert {str(value) for value in draft.values()} == {str([HOUSING]), words}
    assert words.startswith("2026-03-02至2026-03-02行政许可案件5件：（2026）豫0825行初1号、")
    assert [str(one.matter) for one in found()] == [done.matter]
    with pytest.raises(NoSuchWarning):
        dismiss_warning(warned.pk, "系列案", by=county.by(COURT), now=NOW)


def test_many_cases_are_named_in_part(fed):
    fed(*(case(n) for n in range(1, 26)))
    find_warnings(now=NOW)
    with acting():
        words = in_words(found()[0])

    assert (words.count("行初"), words[-2:]) == (20, "号等")


def test_it_is_let_be_with_a_reason_by_a_court_alone(county, warned):
    with pytest.raises(BadReason):
        dismiss_warning(warned.pk, " ", by=county.by(COURT), now=NOW)
    with pytest.raises(NotACourt):
        dismiss_warning(warned.pk, "系列案", by=county.by(HOUSING), now=NOW)
    dismiss_warning(warned.pk, "系列案", by=county.by(COURT), now=NOW)

    assert [(one.reason, one.matter) for one in found()] == [("系列案", None)]
