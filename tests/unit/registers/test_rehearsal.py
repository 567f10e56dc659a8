"""The demo county's cases are plausible, the same for the same seed, and all without fault."""

from datetime import UTC, date, datetime

import pytest

from fuyuantong.matters.rehearsal.demo import set_stage
from fuyuantong.matters.session import acting
from fuyuantong.registers.cases.models.case import CourtCase, Defendant
from fuyuantong.registers.cases.models.publication import Bulletin, PublishedFigure
from fuyuantong.registers.cases.models.telling import HearingNotice
from fuyuantong.registers.cases.models.warning import CaseWarning
from fuyuantong.registers.cases.rehearsal import CASES, load_cases


@pytest.mark.django_db
def test_the_demo_county_has_cases_of_every_kind():
    now = datetime(2026, 8, 21, 1, tzinfo=UTC)
    set_stage(now=datetime(2024, 1, 8, 1, tzinfo=UTC))
    taken = load_cases(seed=1, until=date(2026, 8, 21), now=now)

    with acting():
        assert taken == CourtCase.objects.count() > CASES
        assert Defendant.objects.filter(place=2, organ__code="410825-government").count() > 20
        assert Defendant.objects.filter(organ=None).exists()
        assert Defendant.objects.filter(served_on=None).exists()
        assert CourtCase.objects.exclude(below_key="").exists()
        assert {2, 0} == {*Bulletin.objects.values_list("quarter", flat=True)}
        assert PublishedFigure.objects.count() == 5
        assert CaseWarning.objects.exclude(matter=None).exists()
        assert [one.case.decided_on for one in HearingNotice.objects.all()] == [None]
