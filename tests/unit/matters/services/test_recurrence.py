"""A problem that was raised before: found by organ, kind and words, and said by a person to be the same."""

import pytest
from tests.suggestions import COURT, FORESTRY, HOUSING, LETTER, act, at, drafted, issued, last, reply, standing
from tests.suggestions import answer_of as answer

from fuyuantong.matters.models.link import Link
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.recurrences import chain_of_recurrence, formers, recurrences
from fuyuantong.matters.services.acts import open_by_hand
from fuyuantong.matters.services.recurrence import NotComparable, judge_recurrence
from fuyuantong.matters.services.setting import BadSetting, UnknownSetting, set_threshold
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reading_as
from fuyuantong.protocol.offers import NotYourTurn

pytestmark = pytest.mark.django_db
JUNE, OCTOBER, LATE = at("2026-06-01"), at("2026-10-09"), at("2029-10-09")
ALIKE = [{"problem": "处罚前没有告知听证权利", "suggestion": "培训"}]


def closed(county, organ=HOUSING):
    """Issue a suggestion, have it answered and closed; shape: its uid."""
    uid = issued(county, organ, now=JUNE, reply_by="2026-07-30")
    part = answer(uid, organ)
    act(county, part, "receive", now=JUNE)
    reply(county, part, now=JUNE)
    act(county, part, "adopt", now=JUNE, assessment="采纳。")
    act(county, uid, "close", now=JUNE, outcome="全部采纳", conclusion="已整改。", look_back=False)
    return uid


def found(county, uid, *, now=OCTOBER, organ=COURT, **drafted_values):
    row = standing(uid).row
    with reading_as(county.people[organ], at=now) as reader:
        return formers(reader, row, {**row.values, **drafted_values}, on=now.date())


def said(county, uid, former, *, is_same=True, organ=COURT):
    return judge_recurrence(uid, former, is_same=is_same, by=county.by(organ), now=OCTOBER)


def test_a_closed_suggestion_to_the_same_organ_in_like_words_is_found_from_the_draft(county):
    former, uid = closed(county), drafted(county, now=OCTOBER)
    values = {**LETTER, "title": "另一事由", "receiver_organs": [HOUSING], "problems": ALIKE}
    (one,) = found(county, uid, **values)

    assert str(one.matter.uid) == former
    assert (one.why.percent, one.why.same) == (58, ("综合治理",))
    assert found(county, uid) == []


@pytest.mark.parametrize(
    "otherwise",
    [
        {"receiver_organs": [FORESTRY]},
        {"kind": "其他个案类案"},
        {"title": "加强宅基地审批管理", "problems": [{"problem": "四至不清"}]},
    ],
)
def test_another_organ_kind_or_problem_is_not_found(county, otherwise):
    closed(county)
    uid = drafted(county, now=OCTOBER)

    assert found(county, uid, **{**LETTER, "receiver_organs": [HOUSING], **otherwise}) == []


def test_what_is_not_seen_or_too_long_ago_is_not_found(county):
    closed(county)
    uid = drafted(county, now=OCTOBER)
    values = {**LETTER, "receiver_organs": [HOUSING]}

    assert found(county, uid, organ=FORESTRY, **values) == []
    assert found(county, uid, now=LATE, **values) == []


def test_what_was_withdrawn_or_is_open_was_not_raised_before(county):
    withdrawn = issued(county, HOUSING, now=JUNE, reply_by="2026-07-30")
    act(county, withdrawn, "withdraw", now=JUNE, reason="情况变化")
    issued(county, HOUSING, now=JUNE, reply_by="2026-07-30")
    uid = drafted(county, now=OCTOBER)

    assert found(county, uid, **LETTER, receiver_organs=[HOUSING]) == []


def test_oral_and_written_suggestions_are_compared_by_their_words(county):
    closed(county)
    uid = open_by_hand("oral-suggestion", "口头建议", by=county.by(COURT), now=OCTOBER).matter
    (one,) = found(county, uid, receiver_organ=HOUSING, words="处罚前未告知听证权利，应当补正")

    assert one.why.theirs == "处罚前未告知听证权利"


def test_a_threshold_set_by_the_place_decides(county):
    closed(county)
    uid = drafted(county, now=OCTOBER)
    set_threshold(
        "recurrence-likeness", 70, region_code="410825", basis="府院联动办〔2026〕1号", valid_from=JUNE.date(),
        by=county.people[COURT], now=JUNE,
    )  # fmt: skip
    values = {**LETTER, "title": "另一事由", "receiver_organs": [HOUSING], "problems": ALIKE}

    assert found(county, uid, **values) == []


@pytest.mark.parametrize(("key", "n", "refusal"), [("x", 50, UnknownSetting), ("recurrence-likeness", 5, BadSetting)])
def test_a_threshold_is_known_and_within_bounds(county, key, n, refusal):
    with pytest.raises(refusal):
        set_threshold(
            key, n, region_code="410825", basis="依据", valid_from=JUNE.date(), by=county.people[COURT], now=JUNE
        )


def test_that_it_recurs_is_said_once_and_stands_on_the_trail_and_links_both(county):
    former, uid = closed(county), issued(county, HOUSING, now=OCTOBER, reply_by="2026-12-01")
    said(county, uid, former)
    with acting():
        (link,) = Link.objects.filter(kind="recurs")
        words = last(uid).resolved["note"]

    assert (str(link.from_uid), str(link.to_uid)) == (uid, former)
    assert "为同一问题，再次发生" in words
    with pytest.raises(NotComparable, match="已经认定过"):
        said(county, uid, former)
    assert found(county, uid) == []


def test_all_of_a_chain_are_counted_by_whoever_sees_them(county):
    first, second = closed(county), closed(county)
    said(county, second, first)
    third = issued(county, HOUSING, now=OCTOBER, reply_by="2026-12-01")
    said(county, third, second)
    with reading_as(county.people[HOUSING], at=OCTOBER) as reader:
        chain = {str(uid) for uid in chain_of_recurrence(Matter.objects.get(uid=third).uid)}
        told = recurrences(reader, since=JUNE.date())
    with reading_as(county.people[FORESTRY], at=OCTOBER) as reader:
        nobody = recurrences(reader, since=JUNE.date())

    assert chain == {first, second, third}
    assert [(str(one.matter.uid), str(one.former.uid), set(one.organs)) for one in told] == [
        (third, second, {HOUSING}),
        (second, first, {HOUSING}),
    ]
    assert nobody == []


def test_what_is_said_not_to_recur_is_not_proposed_again(county):
    former, uid = closed(county), drafted(county, now=OCTOBER)
    said(county, uid, former, is_same=False)

    assert found(county, uid, **LETTER, receiver_organs=[HOUSING]) == []


def test_only_who_began_the_matter_says_so(county):
    former, uid = closed(county), issued(county, HOUSING, now=OCTOBER, reply_by="2026-12-01")

    with pytest.raises(NotYourTurn, match="由发出单位认定"):
        said(county, uid, former, organ=HOUSING)


def test_only_former_closed_matters_of_the_kind_to_the_same_organ_are_compared(county):
    former, uid = closed(county), issued(county, FORESTRY, now=OCTOBER, reply_by="2026-12-01")
    other = open_by_hand("joint-matter", "某事", by=county.by(COURT), now=OCTOBER).matter

    with pytest.raises(NotComparable, match="对象单位不同"):
        said(county, uid, former)
    with pytest.raises(NotComparable, match="此前已经办结"):
        said(county, former, uid)
    with pytest.raises(NotComparable, match="没有这件"):
        said(county, uid, other)
