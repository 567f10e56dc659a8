"""Official numbers are gapless within organ, kind and year."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction
from tests.builders import a_region, an_organ
from tests.databases import FreshDatabase
from tests.suggestions import COURT, HOUSING, LETTER, County, a_county, at, drafted, issued, standing

from fuyuantong.matters.models.number import NumberTaken, Serial
from fuyuantong.matters.numbering import place_of, take_number
from fuyuantong.matters.services.acts import Form, perform
from fuyuantong.matters.services.files import NotStored
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Organ

NOW = at("2026-12-30")


@pytest.fixture
def county(db: None) -> County:
    return a_county()


def number_of(uid: str) -> str:
    return standing(uid).situation.number


def test_numbers_follow_one_another_in_the_pattern_of_the_serial(county: County) -> None:
    numbers = [number_of(issued(county, HOUSING, now=NOW, reply_by="2027-02-01")) for _ in range(2)]

    assert numbers == ["温法建〔2026〕1号", "温法建〔2026〕2号"]


def test_a_year_begins_anew_by_the_day_on_which_the_act_counts(county: County) -> None:
    issued(county, HOUSING, now=NOW, reply_by="2027-02-01")
    uid = drafted(county, now=NOW)
    late = drafted(county, now=NOW)
    form = Form({**LETTER, "receiver_organs": [HOUSING], "reply_by": "2027-02-01"})
    january = at("2027-01-05")
    perform(uid, "issue", by=county.by(COURT), now=january, form=form)
    by = county.by(COURT, effective_on=date(2026, 12, 31), basis="印发日期")
    perform(late, "issue", by=by, now=january, form=form)

    assert (number_of(uid), number_of(late)) == ("温法建〔2027〕1号", "温法建〔2026〕2号")


def test_each_organ_and_kind_counts_for_itself(county: County) -> None:
    other = an_organ("410826-court", branch="court")
    day = date(2026, 8, 3)
    with acting():
        taken = [
            take_number(kind, organ=organ, on=day).serial
            for organ in (county.organs[COURT], other)
            for kind in ("judicial-suggestion", "minutes")
        ]

    assert taken == [1, 1, 1, 1]


def test_a_refused_act_gives_its_number_back(county: County) -> None:
    form = Form({**LETTER, "receiver_organs": [HOUSING], "reply_by": "2027-02-01"}, files=("ab" * 32,))
    with pytest.raises(NotStored):
        perform(drafted(county, now=NOW), "issue", by=county.by(COURT), now=NOW, form=form)

    assert number_of(issued(county, HOUSING, now=NOW, reply_by="2027-02-01")) == "温法建〔2026〕1号"


@pytest.mark.slow
def test_numbers_taken_at_once_leave_no_gap_though_half_of_the_acts_fail(fresh_database: FreshDatabase) -> None:
    county = a_county()
    drafts = [drafted(county, now=NOW) for _ in range(12)]
    values = {**LETTER, "receiver_organs": [HOUSING], "reply_by": "2027-02-01"}

    def issue(number: int) -> None:
        files = ("ab" * 32,) * (number % 2)
        try:
            perform(drafts[number], "issue", by=county.by(COURT), now=NOW, form=Form(values, files=files))
        except NotStored:
            assert number % 2
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(issue, range(12)))
    with transaction.atomic(), acting():
        assert sorted(NumberTaken.objects.values_list("serial", flat=True)) == [1, 2, 3, 4, 5, 6]
        assert Serial.objects.get().next == 7


@pytest.mark.parametrize(
    ("code", "name", "short"),
    [
        ("410825", "温县", "温"),
        ("410800", "焦作市", "焦作"),
        ("130930", "孟村回族自治县", "孟村回族"),
        ("410825001", "温泉街道", "温泉"),
        ("640500", "中卫", "中卫"),
        ("410826", "县", "县"),
    ],
)
def test_a_number_carries_the_short_name_of_the_region(db: None, code: str, name: str, short: str) -> None:
    a_region(code, name=name)

    assert place_of(an_organ(f"{code}-court", branch="court"), on=date(2026, 8, 3)) == short


def test_a_region_that_was_not_yet_has_no_name(db: None) -> None:
    assert place_of(Organ(region_code="410825"), on=date(1950, 1, 1)) == ""
