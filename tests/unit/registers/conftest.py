"""A county with a register of cases: a court that feeds it, two bureaus that are sued, an office."""

from io import BytesIO

import pytest
from tests.suggestions import COURT, at

from fuyuantong.matters.sight import reading_as
from fuyuantong.registers.cases.models.case import CourtCase
from fuyuantong.registers.cases.services.feeding import bring_feed, confirm_feed
from fuyuantong.registers.cases.sight import reading_cases

NOW = at("2026-11-22")
HEAD = "案号,被告,原告,案由,立案日期,送达日期,答辩日期,开庭日期,负责人出庭,结案日期,结案方式,生效日期,原审案号,去向,去向案号"
ONE = "（2026）豫0825行初1号,住建局；林业局,甲某；乙某,行政处罚,2026-03-02,2026-03-05；2026-03-06,2026-03-16；,2026-04-08；2026-05-08,出庭；未出庭,,,,,,"


@pytest.fixture
def feed(county):
    """Give a function that brings rows of cells in and confirms them, as the court."""

    def fed(*rows, head=HEAD, by=None, now=NOW, **how):
        found = brought(county, *rows, head=head, by=by, now=now)
        return confirm_feed(found, by=by or county.by(COURT), now=now, **how)

    return fed


def brought(county, *rows, head=HEAD, by=None, now=NOW):
    return bring_feed(BytesIO("\n".join((head, *rows)).encode()), "案件.csv", by=by or county.by(COURT), now=now)


def seen_by(county, organ, see, *, now=NOW):
    """Return what a person of an organ sees of the register; `see` takes their reader."""
    with reading_as(county.people[organ], at=now) as reader, reading_cases(reader) as extended:
        return see(extended)


def the_case(number="（2026）豫0825行初1号"):
    return CourtCase.objects.get(number_key=number)
