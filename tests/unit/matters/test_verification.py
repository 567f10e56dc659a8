"""The whole of what is stored is held against itself: what holds, what does not, and where."""

from datetime import date

import pytest
from tests.builders_matters import a_file
from tests.matter_rows import Part, a_matter
from tests.suggestions import COURT, HOUSING, LETTER, County, at, issued
from tests.terminal import Terminal

from fuyuantong.matters.models.number import Serial
from fuyuantong.matters.queries import NoSuchMatter
from fuyuantong.matters.services.forms import Form
from fuyuantong.matters.services.papers import bring_paper_in
from fuyuantong.matters.session import acting
from fuyuantong.matters.verification import verify_all, verify_some
from fuyuantong.protocol.amendments import Paper

pytestmark = pytest.mark.django_db
NOW = at("2026-08-10")


def papers(county: County, number: str) -> None:
    """Bring in a suggestion that the court had issued on paper."""
    roles = {"court": COURT, "receivers": [HOUSING]}
    values = {**LETTER, "receiver_organs": [HOUSING], "reply_by": "2026-09-30"}
    paper = Paper("answering", roles, values, date(2026, 8, 3), number)
    form = Form(files=(a_file("登记表", now=NOW),))
    bring_paper_in("judicial-suggestion", "纸质建议书", paper, by=county.by(COURT), now=NOW, form=form)


def serial(**changes: object) -> None:
    """Change the court's only serial behind the application's back."""
    with acting():
        Serial.objects.update(**changes)


def said() -> list[str]:
    return [broken.found.what for broken in verify_all().broken]


def test_what_was_done_properly_holds(county: County) -> None:
    issued(county, HOUSING, now=NOW)

    verdict = verify_all()

    assert verdict.holds
    assert (verdict.matters, verdict.records, verdict.clocks, verdict.serials) == (2, 3, 3, 1)


def test_a_changed_record_is_named_with_its_matter(county: County) -> None:
    matter = a_matter(Part(county.organs[COURT]))  # its digests are of something else

    (broken, *_) = verify_all().broken

    assert (broken.uid, broken.found.seq) == (str(matter.uid), 1)


def test_one_matter_may_be_asked_for_alone(county: County) -> None:
    uid = issued(county, HOUSING, now=NOW)

    assert (verify_some([uid]).matters, verify_some([uid]).holds) == (1, True)


@pytest.mark.parametrize("uid", ["no-uid", "01a20205-37d9-77f1-a312-13f466973832"])
def test_a_matter_that_is_not_there_is_refused(county: County, uid: str) -> None:
    with pytest.raises(NoSuchMatter, match=uid):
        verify_some([uid])


def test_numbers_may_go_on_after_those_on_paper(county: County) -> None:
    papers(county, "温法建〔2026〕7号")
    assert verify_all().holds

    issued(county, HOUSING, now=NOW)
    assert verify_all().holds


def test_a_serial_that_went_on_without_a_number_is_found(county: County) -> None:
    issued(county, HOUSING, now=NOW)
    serial(next=4)

    assert said() == ["2026 年司法建议书文号不连续：已取到 1，登记的下一个为 4"]


def test_a_serial_that_begins_late_without_papers_is_found(county: County) -> None:
    with acting():
        Serial.objects.create(organ=county.organs[COURT], kind="judicial-suggestion", year=2026, next=7)

    assert said() == ["2026 年司法建议书文号不连续：从 7 开始，前一个不是补录的纸质文号"]


def test_a_serial_of_a_kind_that_is_no_more_must_begin_at_one(county: County) -> None:
    with acting():
        Serial.objects.create(organ=county.organs[COURT], kind="withdrawn", year=2026, next=7)

    assert said() == ["2026 年withdrawn文号不连续：从 7 开始，前一个不是补录的纸质文号"]


def test_what_does_not_hold_is_told_and_ends_the_command_with_one(county: County, terminal: Terminal) -> None:
    matter = a_matter(Part(county.organs[COURT]))

    told, data = terminal("trail", "verify", "--all"), terminal("trail", "verify", "--all", "--json")

    assert (told.code, data.code, data.data["holds"]) == (1, 1, False)
    assert "处不相符" in told.said
    assert f"{matter.uid}  第 1 号记录" in told.said
    assert data.data["first_breaks"][0]["matter"] == str(matter.uid)
