"""Organs are founded, renamed, connected and related, each act under one new directory version."""

from dataclasses import replace
from datetime import date

import pytest
from psycopg.types.range import DateRange
from tests.builders import LONG_AGO, NOW, a_region, an_account, an_office, an_organ

from fuyuantong.organs.models import DirectoryChange, Organ, Scope
from fuyuantong.organs.naming import BadName
from fuyuantong.organs.queries import directory_version, names_of, organ_by_code, related
from fuyuantong.organs.services import (
    BadOrgan,
    BadRelation,
    NewOrgan,
    OrganNotLiving,
    connect_organ,
    end_relation,
    found_organ,
    relate,
    rename_organ,
    stands_above,
)
from fuyuantong.organs.succession import merge_organs
from fuyuantong.organs.vocabulary import RelationKind

pytestmark = pytest.mark.django_db

COURT = NewOrgan("410825-court", "court", "court", "410825", "温县人民法院", "县法院", "wenxian-court", True)
LATER = date(2026, 1, 1)
SUPERIOR = RelationKind.SUPERIOR_OF


def name_on(organ, day):
    return names_of([organ.pk], on=day)[organ.pk].short


def test_a_founded_organ_has_a_name_and_two_scopes():
    a_region("410825")
    organ = found_organ(COURT, effective_on=LONG_AGO, by=None, now=NOW)

    assert organ_by_code("410825-court").uid.version == 7
    assert name_on(organ, LONG_AGO) == "县法院"
    assert sorted(Scope.objects.filter(organ=organ).values_list("kind", flat=True)) == ["organ", "tree"]


def test_founding_is_written_in_the_log_with_its_author():
    a_region("410825")
    account = an_account()
    before = directory_version()
    organ = found_organ(COURT, effective_on=LONG_AGO, by=account, now=NOW)
    change = DirectoryChange.objects.get(version=before + 1)

    assert (change.kind, change.organ, change.by, change.recorded_at) == ("organ-founded", organ, account, NOW)
    assert change.detail["full"] == "温县人民法院"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("code", "410825"),
        ("code", "410825-Court"),
        ("code", "410800-court"),
        ("code", "410825-taken"),
        ("region_code", "410800"),
        ("branch", "army"),
        ("kind", "Court"),
        ("node_id", ""),
        ("node_id", "n" * 41),
    ],
)
def test_an_organ_that_does_not_fit_is_refused_by_column(column, value):
    an_organ("410825-taken")

    with pytest.raises(BadOrgan) as refused:
        found_organ(replace(COURT, **{column: value}), effective_on=LONG_AGO, by=None, now=NOW)

    assert refused.value.field == ("code" if column == "region_code" else column)
    assert not Organ.objects.filter(code=COURT.code).exists()


def test_an_organ_needs_its_region_on_that_day():
    a_region("410825", since=date(2022, 1, 1))

    with pytest.raises(BadOrgan) as refused:
        found_organ(COURT, effective_on=LONG_AGO, by=None, now=NOW)

    assert refused.value.field == "region_code"


@pytest.mark.parametrize("column", ["full", "short"])
def test_an_organ_needs_printable_names(column):
    a_region("410825")

    with pytest.raises(BadName) as refused:
        found_organ(replace(COURT, **{column: "县\0法院"}), effective_on=LONG_AGO, by=None, now=NOW)

    assert refused.value.field == column


def test_a_renamed_organ_keeps_its_former_name_for_former_days():
    organ = an_organ(short="工信局")
    rename_organ(organ, full="温县科技和工业信息化局", short="科工信局", effective_on=LATER, by=None, now=NOW)

    assert name_on(organ, date(2025, 12, 31)) == "工信局"
    assert name_on(organ, LATER) == "科工信局"


def test_a_name_can_be_taken_twice_at_different_times():
    organ = an_organ(short="甲局")
    rename_organ(organ, full="温县乙局", short="乙局", effective_on=LATER, by=None, now=NOW)
    rename_organ(organ, full="温县甲局", short="甲局", effective_on=date(2026, 2, 1), by=None, now=NOW)

    assert name_on(organ, date(2026, 2, 1)) == "甲局"


def test_a_rename_to_the_same_name_is_refused():
    organ = an_organ(short="甲局")

    with pytest.raises(BadOrgan, match="相同"):
        rename_organ(organ, full="温县甲局", short="甲局", effective_on=LATER, by=None, now=NOW)


@pytest.mark.parametrize("day", [LATER, date(2025, 6, 1)])
def test_a_rename_on_or_before_the_last_one_is_refused(day):
    organ = an_organ(short="甲局")
    rename_organ(organ, full="温县乙局", short="乙局", effective_on=LATER, by=None, now=NOW)

    with pytest.raises(BadOrgan) as refused:
        rename_organ(organ, full="温县丙局", short="丙局", effective_on=day, by=None, now=NOW)

    assert refused.value.field == "effective_on"


def test_an_organ_is_not_renamed_before_it_exists():
    with pytest.raises(OrganNotLiving):
        rename_organ(an_organ(), full="温县乙局", short="乙局", effective_on=date(2020, 1, 1), by=None, now=NOW)


def test_an_organ_that_is_to_end_can_still_be_renamed_until_then():
    ending, successor = an_organ(short="甲局"), an_organ()
    merge_organs([ending], into=successor, effective_on=date(2027, 1, 1), by=None, now=NOW)
    rename_organ(ending, full="温县乙局", short="乙局", effective_on=date(2026, 12, 1), by=None, now=NOW)

    assert name_on(ending, date(2026, 12, 31)) == "乙局"
    assert names_of([ending.pk], on=date(2027, 1, 1)) == {}


def test_an_organ_comes_on_line():
    organ = connect_organ(an_organ(online=False), node_id="node-two", online=True, by=None, now=NOW)

    assert (organ.node_id, organ.online) == ("node-two", True)
    assert DirectoryChange.objects.get(version=directory_version()).kind == "organ-connected"


def test_a_node_has_a_plain_name():
    with pytest.raises(BadOrgan) as refused:
        connect_organ(an_organ(), node_id="Node two", online=True, by=None, now=NOW)

    assert refused.value.field == "node_id"


def test_a_relation_holds_from_its_day_until_the_day_before_its_end():
    upper, lower = an_organ(), an_organ()
    relate(upper, SUPERIOR, lower, effective_on=LATER, by=None, now=NOW)
    end_relation(upper, SUPERIOR, lower, effective_on=date(2026, 3, 1), by=None, now=NOW)

    assert related(lower, SUPERIOR, on=date(2025, 12, 31)).organs == ()
    assert related(lower, SUPERIOR, on=LATER).organs == (upper,)
    assert related(lower, SUPERIOR, on=date(2026, 2, 28)).organs == (upper,)
    assert related(lower, SUPERIOR, on=date(2026, 3, 1)).organs == ()


def test_every_change_of_relations_raises_the_version_by_one():
    upper, lower = an_organ(), an_organ()
    before = directory_version()
    relate(upper, SUPERIOR, lower, effective_on=LATER, by=None, now=NOW)
    end_relation(upper, SUPERIOR, lower, effective_on=date(2026, 3, 1), by=None, now=NOW)

    assert directory_version() == before + 2


def test_an_organ_has_one_superior_at_a_time():
    lower = an_organ(under=an_organ("410825-upper"))

    with pytest.raises(BadRelation, match="410825-upper"):
        relate(an_organ(), SUPERIOR, lower, effective_on=LATER, by=None, now=NOW)


def test_an_organ_may_have_several_competent_departments_but_each_once():
    one, other, organ = an_organ(), an_organ(), an_organ()
    kind = RelationKind.COMPETENT_DEPT_OF
    relate(one, kind, organ, effective_on=LATER, by=None, now=NOW)
    relate(other, kind, organ, effective_on=LATER, by=None, now=NOW)

    assert set(related(organ, kind, on=LATER).organs) == {one, other}
    with pytest.raises(BadRelation):
        relate(one, kind, organ, effective_on=LATER, by=None, now=NOW)


def test_an_organ_is_nothing_to_itself():
    organ = an_organ()

    with pytest.raises(BadRelation):
        relate(organ, SUPERIOR, organ, effective_on=LATER, by=None, now=NOW)


@pytest.mark.parametrize("relation", [RelationKind.GOVERNMENT_OF, RelationKind.PEER_PROCURATORATE_OF])
def test_a_relation_asks_for_its_branch(relation):
    with pytest.raises(BadRelation) as refused:
        relate(an_organ(branch="party"), relation, an_organ(), effective_on=LATER, by=None, now=NOW)

    assert refused.value.field == "from"


def test_superiors_make_no_circle():
    top = an_organ()
    bottom = an_organ(under=an_organ(under=top))

    with pytest.raises(BadRelation, match="成环"):
        relate(bottom, SUPERIOR, top, effective_on=LATER, by=None, now=NOW)


def test_two_organs_may_change_places_one_after_the_other():
    upper = an_organ()
    lower = an_organ(under=upper)
    end_relation(upper, SUPERIOR, lower, effective_on=LATER, by=None, now=NOW)
    relate(lower, SUPERIOR, upper, effective_on=LATER, by=None, now=NOW)

    assert related(upper, SUPERIOR, on=LATER).organs == (lower,)
    assert not stands_above(upper, lower, DateRange(LATER, None))


def test_a_relation_ends_with_the_organ_that_is_known_to_end():
    ending, successor, lower = an_organ(), an_organ(), an_organ()
    merge_organs([ending], into=successor, effective_on=date(2027, 1, 1), by=None, now=NOW)
    relate(ending, SUPERIOR, lower, effective_on=LATER, by=None, now=NOW)

    assert related(lower, SUPERIOR, on=date(2026, 12, 31)).organs == (ending,)
    assert related(lower, SUPERIOR, on=date(2027, 1, 1)).organs == ()


@pytest.mark.parametrize("day", [LONG_AGO, date(2020, 1, 1)])
def test_a_relation_that_does_not_hold_the_day_before_cannot_end(day):
    upper = an_organ()
    lower = an_organ(under=upper)

    with pytest.raises(BadRelation, match="上级机关"):
        end_relation(upper, SUPERIOR, lower, effective_on=day, by=None, now=NOW)


def test_a_second_office_in_a_region_adds_no_second_scope():
    one, other = an_organ(), an_organ()
    an_office(serving=one)
    an_office("410825-second-office", serving=other)

    assert Scope.objects.filter(kind="office", region_code="410825").count() == 1
