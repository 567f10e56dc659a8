"""Organs end by merger or split; relations, posts and people go to the principal successor."""

from datetime import date

import pytest
from tests.builders import LONG_AGO, NOW, a_tenure, an_account, an_official, an_organ, morning

from fuyuantong.organs.queries import (
    directory_version,
    names_of,
    posts_held,
    related,
    scopes_of,
    successions_since,
    successor_of,
)
from fuyuantong.organs.services import OrganNotLiving, connect_organ, relate, rename_organ
from fuyuantong.organs.staffing import cover
from fuyuantong.organs.succession import BadSuccession, merge_organs, split_organ
from fuyuantong.organs.vocabulary import PostKind, RelationKind

pytestmark = pytest.mark.django_db

DAY = date(2027, 1, 1)
EVE = date(2026, 12, 31)
SUPERIOR = RelationKind.SUPERIOR_OF


def merge(*organs, into, on=DAY):
    return merge_organs(organs, into=into, effective_on=on, by=None, now=NOW)


def split(organ, *into, on=DAY):
    return split_organ(organ, into=into, effective_on=on, by=None, now=NOW)


def test_merged_organs_end_and_have_one_successor():
    one, other, into = an_organ(), an_organ(), an_organ()
    before = directory_version()
    merge(one, other, into=into)

    assert [(step.predecessor, step.successor, step.kind) for step in successions_since(before)] == [
        (one, into, "merged"),
        (other, into, "merged"),
    ]
    assert successor_of(one, on=EVE) == one
    assert successor_of(one, on=DAY) == into


def test_a_succession_is_found_once():
    merge(an_organ(), into=an_organ())

    assert successions_since(directory_version()) == []


def test_an_ended_organ_has_no_name_and_does_nothing_any_more():
    organ = an_organ()
    merge(organ, into=an_organ(), on=date(2026, 1, 1))

    assert names_of([organ.pk], on=date(2026, 1, 1)) == {}
    with pytest.raises(OrganNotLiving, match="2026-01-01"):
        connect_organ(organ, node_id="node", online=True, by=None, now=NOW)


def test_what_an_organ_was_to_others_its_successor_becomes():
    ending, into = an_organ(), an_organ()
    lower = an_organ(under=ending)
    merge(ending, into=into)

    assert related(lower, SUPERIOR, on=EVE).organs == (ending,)
    assert related(lower, SUPERIOR, on=DAY).organs == (into,)


def test_what_others_were_to_an_organ_ends_with_it():
    ending = an_organ(under=an_organ())
    merge(ending, into=an_organ())

    assert related(ending, SUPERIOR, on=DAY).organs == ()


def test_organs_that_merge_together_leave_nothing_between_them():
    upper, into = an_organ(), an_organ()
    lower = an_organ(under=upper)
    merge(upper, lower, into=into)

    assert related(lower, SUPERIOR, on=EVE).organs == (upper,)
    assert related(lower, SUPERIOR, on=DAY).organs == ()


def test_a_relation_that_the_successor_has_already_is_not_doubled():
    ending, into, lower = an_organ(), an_organ(), an_organ()
    kind = RelationKind.COMPETENT_DEPT_OF
    relate(ending, kind, lower, effective_on=LONG_AGO, by=None, now=NOW)
    relate(into, kind, lower, effective_on=LONG_AGO, by=None, now=NOW)
    merge(ending, into=into)

    assert related(lower, kind, on=DAY).organs == (into,)


def test_a_relation_to_the_successor_itself_ends():
    ending, into = an_organ(), an_organ()
    relate(ending, RelationKind.GOVERNMENT_OF, into, effective_on=LONG_AGO, by=None, now=NOW)
    merge(ending, into=into)

    assert related(into, RelationKind.GOVERNMENT_OF, on=DAY).organs == ()


def test_people_hold_the_same_post_at_the_successor():
    ending, into = an_organ(), an_organ()
    person = an_official(ending, kind=PostKind.SIGNER)
    merge(ending, into=into)

    assert [post.organ_id for post in posts_held(person, at=morning(EVE))] == [ending.pk]
    assert [(post.organ_id, post.kind) for post in posts_held(person, at=morning(DAY))] == [(into.pk, "signer")]


def test_people_of_both_organs_hold_the_post_once():
    ending, into = an_organ(), an_organ()
    person = an_official(ending)
    a_tenure(into, account=person)
    merge(ending, into=into)

    assert [post.organ_id for post in posts_held(person, at=morning(DAY))] == [into.pk]


def test_a_tenure_that_is_to_end_keeps_its_end():
    ending, into = an_organ(), an_organ()
    person = an_official(ending, until=date(2027, 2, 1))
    merge(ending, into=into)

    assert posts_held(person, at=morning(date(2027, 1, 31)))[0].organ_id == into.pk
    assert posts_held(person, at=morning(date(2027, 2, 2))) == []


def test_a_cover_goes_on_at_the_successor():
    ending, into = an_organ(), an_organ()
    tenure, colleague = a_tenure(ending, kind=PostKind.SIGNER), an_official(ending)
    since, until = morning(date(2026, 12, 1)), morning(date(2027, 2, 1))
    cover(tenure, to_account=colleague, since=since, until=until, by=None, now=NOW)
    merge(ending, into=into)

    held = posts_held(colleague, at=morning(date(2027, 1, 15)))
    assert [(post.organ_id, post.on_behalf_of) for post in held] == [(into.pk, None), (into.pk, tenure.account_id)]
    assert posts_held(colleague, at=morning(EVE))[1].organ_id == ending.pk


def test_in_a_merger_entered_late_people_change_over_when_it_is_entered():
    ending, into = an_organ(), an_organ()
    person = an_official(ending)
    merge(ending, into=into, on=date(2026, 11, 1))

    assert posts_held(person, at=morning(date(2026, 11, 10)))[0].organ_id == ending.pk
    assert posts_held(person, at=NOW)[0].organ_id == into.pk


def test_who_sees_the_successor_sees_what_it_took_over():
    first, second, into = an_organ(), an_organ(), an_organ()
    person = an_official(into)
    merge(first, into=second, on=date(2026, 1, 1))
    merge(second, into=into, on=DAY)

    organ_scopes = {organ: organ.scopes.get(kind="organ").pk for organ in (first, second, into)}
    assert scopes_of(person, at=morning(EVE)) == [organ_scopes[into]]
    assert scopes_of(person, at=morning(DAY)) == sorted(organ_scopes.values())


def test_a_split_organ_has_its_first_successor_as_principal():
    organ, first, second = an_organ(), an_organ(), an_organ()
    before = directory_version()
    split(organ, first, second)

    steps = [(step.successor, step.principal) for step in successions_since(before)]
    assert steps == [(first, True), (second, False)]
    assert successor_of(organ, on=DAY) == first


def test_who_sees_another_successor_of_a_split_does_not_see_what_was_before():
    organ, first, second = an_organ(), an_organ(), an_organ()
    person = an_official(second)
    split(organ, first, second, on=date(2026, 1, 1))

    assert scopes_of(person, at=NOW) == [second.scopes.get(kind="organ").pk]


@pytest.mark.parametrize("choose", [lambda one, into: [], lambda one, into: [one, one], lambda one, into: [one, into]])
def test_a_merger_needs_distinct_organs_that_end(choose):
    one, into = an_organ(), an_organ()

    with pytest.raises(BadSuccession) as refused:
        merge(*choose(one, into), into=into)

    assert refused.value.field == "organs"


@pytest.mark.parametrize("choose", [lambda one, a, b: [a], lambda one, a, b: [a, a], lambda one, a, b: [a, one]])
def test_a_split_needs_two_other_organs(choose):
    one, first, second = an_organ(), an_organ(), an_organ()

    with pytest.raises(BadSuccession) as refused:
        split(one, *choose(one, first, second))

    assert refused.value.field == "into"


def test_an_organ_ends_once():
    organ, into = an_organ(), an_organ()
    merge(organ, into=into)

    with pytest.raises(BadSuccession, match="已定于"):
        merge(organ, into=into, on=date(2026, 12, 1))
    with pytest.raises(OrganNotLiving):
        merge(organ, into=into, on=date(2027, 2, 1))


def test_a_successor_must_live_on_that_day():
    organ, gone = an_organ(), an_organ()
    merge(gone, into=an_organ(), on=date(2026, 1, 1))

    with pytest.raises(OrganNotLiving):
        merge(organ, into=gone)
    with pytest.raises(OrganNotLiving):
        split(organ, an_organ(), gone)


def test_an_organ_does_not_end_on_the_day_of_its_founding():
    with pytest.raises(BadSuccession, match="设立当日"):
        merge(an_organ(since=DAY), into=an_organ())


def test_an_organ_is_not_merged_into_one_that_stands_below_it():
    top = an_organ()
    bottom = an_organ(under=an_organ(under=top))

    with pytest.raises(BadSuccession) as refused:
        merge(top, into=bottom)

    assert refused.value.field == "into"


def test_an_organ_with_a_later_name_does_not_end_before_it():
    organ = an_organ()
    rename_organ(organ, full="温县新局", short="新局", effective_on=date(2027, 2, 1), by=None, now=NOW)

    with pytest.raises(BadSuccession, match="另有"):
        merge(organ, into=an_organ())


def test_an_organ_with_a_later_tenure_does_not_end_before_it():
    organ = an_organ()
    a_tenure(organ, account=an_account(), since=date(2027, 2, 1))

    with pytest.raises(BadSuccession) as refused:
        merge(organ, into=an_organ())

    assert refused.value.field == "effective_on"
