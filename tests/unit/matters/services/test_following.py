"""Who sees what follows the directory, from the day on which it changes."""

from datetime import date

import pytest
from tests.builders import an_official, an_organ
from tests.suggestions import COURT, GOVERNMENT, at, replying

from fuyuantong.matters.models.followed import Followed
from fuyuantong.matters.queries import NoSuchMatter, matter_page
from fuyuantong.matters.services.following import follow_directory
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reading_as
from fuyuantong.organs.services import end_relation, relate
from fuyuantong.organs.vocabulary import PostKind, RelationKind

pytestmark = pytest.mark.django_db
MONDAY = at("2026-08-03")
DAY = date(2026, 9, 1)


def sees(account, uid, *, on):
    """Tell whether an account is shown a matter on a day."""
    with reading_as(account, at=at(on)) as reader:
        try:
            matter_page(reader, uid)
        except NoSuchMatter:
            return False
    return True


@pytest.fixture
def county_city(county):
    """Put the government under one above it from September on; return who leads there."""
    city = an_organ("410800-government")
    relate(city, RelationKind.SUPERIOR_OF, county.organs[GOVERNMENT], effective_on=DAY, by=None, now=MONDAY)
    return city, an_official(city, kind=PostKind.LEADER)


def test_who_comes_to_stand_above_sees_from_that_day_on(county, county_city):
    _, leader = county_city
    uid = replying(county, now=MONDAY)
    for day in ("2026-08-31", "2026-09-01"):
        follow_directory(now=at(day))
        assert sees(leader, uid, on=day) == (day == "2026-09-01")


def test_who_stands_above_no_more_sees_no_more(county, county_city):
    city, leader = county_city
    uid = replying(county, now=MONDAY)
    follow_directory(now=at("2026-09-01"))
    below, october = county.organs[GOVERNMENT], date(2026, 10, 1)
    end_relation(city, RelationKind.SUPERIOR_OF, below, effective_on=october, by=None, now=MONDAY)
    for day in ("2026-09-30", "2026-10-01"):
        follow_directory(now=at(day))
        assert sees(leader, uid, on=day) == (day == "2026-09-30")


def test_a_change_is_followed_on_the_same_day(county):
    uid = replying(county, now=MONDAY)
    follow_directory(now=MONDAY)
    above, court = an_organ("410800-court", branch="court"), county.organs[COURT]
    leader = an_official(above, kind=PostKind.LEADER)
    relate(above, RelationKind.SUPERIOR_OF, court, effective_on=MONDAY.date(), by=None, now=MONDAY)

    assert not sees(leader, uid, on="2026-08-03")
    assert follow_directory(now=MONDAY) > 0
    assert sees(leader, uid, on="2026-08-03")


def test_nothing_is_looked_at_twice_for_the_same_day_and_directory(county, monkeypatch):
    replying(county, now=MONDAY)
    follow_directory(now=MONDAY)
    monkeypatch.setattr("fuyuantong.matters.services.following.refresh_sight", None)

    assert follow_directory(now=MONDAY) == 0


def test_a_round_that_broke_off_is_made_again(county, monkeypatch):
    replying(county, now=MONDAY)

    def killed(*, on):
        raise KeyboardInterrupt

    monkeypatch.setattr("fuyuantong.matters.services.following.refresh_sight", killed)
    with pytest.raises(KeyboardInterrupt):
        follow_directory(now=MONDAY)
    with acting():
        assert not Followed.objects.exists()
