"""The directory answers who is what on which day, and how far people and parties reach."""

from datetime import date

import pytest
from tests.builders import LONG_AGO, NOW, a_tenure, an_account, an_office, an_official, an_organ, morning

from fuyuantong.organs.models import Scope
from fuyuantong.organs.queries import (
    HeldScope,
    NoSuchAccount,
    NoSuchOrgan,
    account_by_username,
    changes_since,
    directory_version,
    organ_by_code,
    organs_in,
    related,
    scopes_above,
    scopes_held,
    scopes_of,
)
from fuyuantong.organs.services import end_relation, relate
from fuyuantong.organs.staffing import close_account, cover
from fuyuantong.organs.succession import merge_organs
from fuyuantong.organs.vocabulary import PostKind, RelationKind

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
OFFICE_OF = RelationKind.OFFICE_OF


def scope(kind, organ=None, region=None):
    return Scope.objects.get(kind=kind, organ=organ, region_code=region).pk


def test_an_unknown_code_is_refused():
    with pytest.raises(NoSuchOrgan):
        organ_by_code("410825-none")


def test_an_account_is_found_by_its_user_name():
    account = an_account("justice.handler")

    assert account_by_username("justice.handler") == account
    with pytest.raises(NoSuchAccount):
        account_by_username("nobody")


def test_an_empty_directory_has_version_zero():
    assert directory_version() == 0
    assert changes_since(0) == []


def test_changes_come_in_order_without_gaps():
    an_organ()

    versions = [change.version for change in changes_since(0)]
    assert versions == list(range(1, directory_version() + 1))
    assert [change.kind for change in changes_since(directory_version() - 1)] == ["organ-founded"]


def test_organs_of_a_region_sort_by_sound_and_leave_when_they_end():
    court, finance = an_organ("410825-court", short="县法院"), an_organ("410825-finance", short="财政局")
    town, gone = an_organ("410825001-government", short="温泉街道"), an_organ("410825-gone", short="甲局")
    an_organ("410800-court", short="焦作中院")
    merge_organs([gone], into=court, effective_on=date(2026, 1, 1), by=None, now=NOW)

    assert [name.organ for name in organs_in("410825", on=TODAY)] == [finance, town, court]
    assert len(organs_in("410800", on=TODAY)) == 4
    assert gone in [name.organ for name in organs_in("410825", on=date(2025, 12, 31))]


def test_a_relation_is_answered_with_the_version_that_says_so():
    upper = an_organ()
    lower = an_organ(under=upper)
    answer = related(lower, RelationKind.SUPERIOR_OF, on=TODAY)

    assert (answer.organs, answer.directory_version) == ((upper,), directory_version())


def test_no_relation_is_answered_with_the_version_too():
    answer = related(an_organ(), RelationKind.SUPERIOR_OF, on=TODAY)

    assert (answer.organs, answer.directory_version) == ((), directory_version())


def test_the_office_of_a_town_is_that_of_its_county():
    government, town = an_organ("410825-government"), an_organ("410825001-government")
    office = an_office(serving=government)

    assert related(town, OFFICE_OF, on=TODAY).organs == (office,)
    assert related(office, OFFICE_OF, on=TODAY).organs == (office,)


def test_the_nearest_office_is_meant():
    county, city = an_organ("410825-government"), an_organ("410800-government")
    an_office("410800-liaison-office", serving=city)
    assert related(county, OFFICE_OF, on=TODAY).organs[0].code == "410800-liaison-office"

    an_office(serving=county)
    assert [organ.code for organ in related(county, OFFICE_OF, on=TODAY).organs] == ["410825-liaison-office"]


def test_without_office_nobody_is_named():
    answer = related(an_organ(), OFFICE_OF, on=TODAY)

    assert (answer.organs, answer.directory_version) == ((), directory_version())


def test_without_post_nothing_is_seen():
    assert scopes_held(an_account(), at=NOW) == []


@pytest.mark.parametrize("kind", ["liaison", "handler", "reviewer", "signer"])
def test_a_working_post_sees_its_organ(kind):
    organ = an_organ()

    assert scopes_of(an_official(organ, kind=PostKind(kind)), at=NOW) == [scope("organ", organ)]


@pytest.mark.parametrize("kind", ["head", "leader"])
def test_a_leader_sees_the_tree_as_well(kind):
    organ = an_organ()
    held = scopes_held(an_official(organ, kind=PostKind(kind)), at=NOW)

    assert set(held) == {HeldScope(scope("organ", organ), "organ"), HeldScope(scope("tree", organ), "tree")}


def test_the_office_sees_the_region_it_serves():
    government = an_organ("410825-government")
    office = an_office(serving=government)
    officer = an_official(office, kind=PostKind.OFFICE)

    assert set(scopes_of(officer, at=NOW)) == {scope("organ", office), scope("office", region="410825")}


def test_an_office_that_is_none_any_more_sees_itself_only():
    government = an_organ("410825-government")
    office = an_office(serving=government)
    officer = an_official(office, kind=PostKind.OFFICE)
    end_relation(office, OFFICE_OF, government, effective_on=TODAY, by=None, now=NOW)

    assert scopes_of(officer, at=NOW) == [scope("organ", office)]


def test_others_in_the_office_do_not_see_the_region():
    office = an_office(serving=an_organ("410825-government"))

    assert scopes_of(an_official(office), at=NOW) == [scope("organ", office)]


def test_an_auditor_sees_trails_of_the_region_and_no_organ():
    auditor = an_official(an_organ(), kind=PostKind.AUDITOR)

    assert scopes_held(auditor, at=NOW) == [HeldScope(scope("audit", region="410825"), "audit")]


@pytest.mark.parametrize("kind", ["system_administrator", "security_administrator"])
def test_the_other_administrators_see_no_matters(kind):
    assert scopes_of(an_official(an_organ(), kind=PostKind(kind)), at=NOW) == []


def test_who_covers_a_leader_sees_the_tree_meanwhile():
    organ = an_organ()
    tenure, colleague = a_tenure(organ, kind=PostKind.LEADER), an_official(organ)
    cover(tenure, to_account=colleague, since=NOW, until=morning(date(2026, 12, 1)), by=None, now=NOW)

    assert scope("tree", organ) in scopes_of(colleague, at=NOW)
    assert scope("tree", organ) not in scopes_of(colleague, at=morning(date(2026, 12, 1)))


def test_a_closed_account_sees_nothing():
    account = an_official(an_organ())
    close_account(account, by=None, now=NOW)

    assert scopes_of(account, at=NOW) == []


def test_posts_in_several_organs_add_up():
    one, other = an_organ(), an_organ()
    account = an_official(one)
    a_tenure(other, account=account)

    assert scopes_of(account, at=NOW) == [scope("organ", one), scope("organ", other)]


def test_a_party_is_seen_by_itself_its_superiors_and_its_region():
    city = an_organ("410800-government")
    county = an_organ("410825-government", under=city)
    bureau = an_organ("410825-justice", under=county)
    an_office(serving=county)
    a_tenure(bureau, kind=PostKind.AUDITOR)

    assert set(scopes_above(bureau, on=TODAY)) == {
        scope("organ", bureau),
        scope("tree", county),
        scope("tree", city),
        scope("office", region="410825"),
        scope("audit", region="410825"),
    }


def test_a_party_is_seen_from_the_offices_of_regions_above_but_not_beside_or_below():
    town = an_organ("410825001-government")
    city, other_county = an_organ("410800-government"), an_organ("410881-government")
    an_office("410800-liaison-office", serving=city)
    an_office("410881-liaison-office", serving=other_county)

    assert scopes_above(town, on=TODAY) == sorted([scope("organ", town), scope("office", region="410800")])


def test_superiors_of_another_day_do_not_see():
    upper, lower = an_organ(), an_organ()
    relate(upper, RelationKind.SUPERIOR_OF, lower, effective_on=TODAY, by=None, now=NOW)

    assert scope("tree", upper) not in scopes_above(lower, on=date(2026, 11, 21))
    assert scope("tree", upper) in scopes_above(lower, on=TODAY)


def test_scopes_of_persons_and_of_parties_meet_where_the_text_says():
    """Architecture, "What may be seen": parties, leaders of the tree, the office of the region; nobody else."""
    county = an_organ("410825-government")
    bureau, other = an_organ(under=county), an_organ(under=county)
    office = an_office(serving=county)
    seen = set(scopes_above(bureau, on=TODAY))
    people = {
        "handler": an_official(bureau),
        "county leader": an_official(county, kind=PostKind.LEADER),
        "county handler": an_official(county),
        "office": an_official(office, kind=PostKind.OFFICE),
        "neighbour": an_official(other, kind=PostKind.LEADER),
    }

    sees = {name for name, account in people.items() if seen & set(scopes_of(account, at=NOW))}
    assert sees == {"handler", "county leader", "office"}


def test_long_ago_is_before_everything():
    assert organs_in("410825", on=date(LONG_AGO.year - 1, 1, 1)) == []
