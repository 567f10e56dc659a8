"""A case as what a new matter is about."""

import pytest
from tests.suggestions import COURT, FORESTRY, HOUSING, at
from tests.unit.registers.conftest import ONE, the_case

from fuyuantong.matters.session import acting
from fuyuantong.protocol import Prefill
from fuyuantong.registers.cases.affairs import affair_of_case
from fuyuantong.registers.cases.models.case import CourtCase
from fuyuantong.registers.cases.queries import case_by_id

pytestmark = pytest.mark.django_db
APRIL, JUNE = at("2026-04-10").date(), at("2026-06-10").date()
FOREIGN = "（2026）豫0822行初3号,邻县某局,丁某,政府信息公开,2026-09-02,,,,,,,,,,"


def facts(county, organ, *, today=APRIL, case=the_case):
    with acting():
        return affair_of_case(case_by_id(case().pk), own=county.organs[organ].pk, today=today).facts


def test_each_organ_sued_has_its_own_day_of_service_and_the_hearing_to_come(county, feed):
    feed(ONE)

    assert facts(county, FORESTRY) | {Prefill.COURT: ""} == {
        Prefill.CASE: "（2026）豫0825行初1号",
        Prefill.INSTANCE: "一审",
        Prefill.CAUSE: "行政处罚",
        Prefill.COURT: "",
        Prefill.SUED: FORESTRY,
        Prefill.SERVED: "2026-03-06",
        Prefill.HEARD: "2026-05-08",
        Prefill.EFFECTIVE: "",
    }


def test_the_court_has_the_first_organ_and_no_hearing_that_is_past(county, feed):
    feed(ONE.replace("未出庭,,,", "未出庭,2026-05-20,J01,2026-06-05"))
    found = facts(county, COURT, today=JUNE)

    assert (found[Prefill.SUED], found[Prefill.SERVED], found[Prefill.HEARD]) == (HOUSING, "2026-03-05", "")
    assert found[Prefill.EFFECTIVE] == "2026-06-05"


def test_of_who_is_not_in_the_directory_nothing_is_said(county, feed):
    feed(FOREIGN)
    found = facts(county, COURT, case=CourtCase.objects.get)

    assert (found[Prefill.SUED], found[Prefill.SERVED], found[Prefill.COURT]) == ("", "", "")
