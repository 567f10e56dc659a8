"""What a step opens besides: now, for each row, or when a term has run."""

import pytest
from tests.unit.protocol.engine.builders import COURT_ROLE, FIELDS, LETTER, URGENT, begun, timed
from tests.unit.protocol.engine.matter import BUREAU, COURT, OFFICE, OTHER, FakeWorld, Matter

from fuyuantong.protocol import Clock, Closing, Entry, Final, Is, Mechanism, Move, Opens, Role
from fuyuantong.protocol.carrying import fit_roles, fit_values
from fuyuantong.protocol.entering import OrganUnclear

WORK = Clock("work", "办理期限", "XS-01")
EVERY = tuple(field.key for field in FIELDS)


def opening(*opens, values=None, on="2026-08-03"):
    matter = begun(timed(WORK, moves=(Move("open", "另立", to="working", opens=opens, may_ask=EVERY, renews="另立"),)))
    return matter.move("open", values, on=on)


def test_a_matter_is_opened_with_what_is_carried():
    carry = {"court": "court", "receiver": "receiver", "ground": "=未出庭", "nothing": "summary"}
    matter = opening(Opens("advice", "owed", carry), values={"receiver": BUREAU})

    assert matter.told("opened") == [
        {
            "uid": "uid-1",
            "mechanism": "advice",
            "entry": "owed",
            "carried": {"court": COURT, "receiver": BUREAU, "ground": "未出庭"},
        }
    ]


def test_what_is_opened_is_remembered():
    assert opening(Opens("advice", "owed"), Opens("petition", "start")).situation.opened == ("advice", "petition")


@pytest.mark.parametrize(("kind", "opened"), [("紧急", ("advice",)), ("普通", ())])
def test_a_matter_is_opened_only_when_its_guard_holds(kind, opened):
    assert opening(Opens("advice", "owed", when=(URGENT,)), values={"kind": kind}).situation.opened == opened


@pytest.mark.parametrize(("late", "opened"), [(True, ("advice",)), (False, ())])
def test_a_guard_of_an_opening_reads_what_the_same_move_sets(late, opened):
    opens = Opens("advice", "owed", when=(Is("late", True),))
    move = Move("open", "另立", to="working", opens=(opens,), sets={"late": late}, renews="另立")

    assert begun(timed(WORK, moves=(move,))).move("open").situation.opened == opened


def test_one_matter_is_opened_for_every_row():
    guests = [{"guest": BUREAU, "topic": "一"}, {"guest": OTHER, "topic": "二"}]
    matter = opening(
        Opens("task", "start", {"by": "row.guest", "title": "row.topic"}, each="guests"), values={"guests": guests}
    )

    assert [(one["carried"], one["row"]) for one in matter.told("opened")] == [
        ({"by": BUREAU, "title": "一"}, "uid-1"),
        ({"by": OTHER, "title": "二"}, "uid-2"),
    ]


def test_rows_without_identity_open_matters_without_a_key():
    matter = opening(
        Opens("task", "start", {"title": "row.problem"}, each="problems"), values={"problems": [{"problem": "一"}]}
    )

    assert matter.told("opened") == [
        {"uid": "uid-1", "mechanism": "task", "entry": "start", "carried": {"title": "一"}}
    ]


def test_no_rows_open_nothing():
    assert opening(Opens("task", "start", each="problems")).told("opened") is None


def test_what_a_row_lacks_is_not_carried():
    assert opening(Opens("task", "start", {"title": "row.topic"})).told("opened")[0]["carried"] == {}


def test_a_look_back_is_opened_when_its_term_has_run():
    matter = opening(Opens("advice", "looking_back", after="house:review"), on="2026-08-31")

    assert (matter.told("opened"), matter.told("deferred")[0]["on"]) == (None, "2026-11-30")
    assert matter.situation.opened == ()


def test_one_organ_of_a_setting_is_carried_as_one_and_several_as_many():
    world = FakeWorld(settings={"copies": (OFFICE,), "all": (OFFICE, OTHER)})
    opens = Opens("task", "start", {"office": "setting:copies", "joined": "setting:all"})
    mechanism = timed(WORK, moves=(Move("open", "另立", to="working", opens=(opens,), renews="另立"),))

    carried = Matter(mechanism, world).open().move("begin").move("open").told("opened")[0]["carried"]

    assert carried == {"office": OFFICE, "joined": [OFFICE, OTHER]}


def test_the_number_of_a_matter_is_taken_by_the_holder_before_the_move():
    matter = Matter(LETTER).open().move("issue", {"receiver": BUREAU, "reply_by": "2026-10-08"})

    assert matter.situation.number.startswith(COURT)


# fitting

TARGET = Mechanism(
    "target",
    "目标",
    roles=(COURT_ROLE, Role("joined", "协办", many=True)),
    fields=FIELDS,
    entries=(Entry("done", by="court", opened=True),),
    states=(Final("done", "办结", kind=Closing.DECIDED),),
)


def test_one_organ_fits_a_single_role_and_a_role_of_many():
    assert fit_roles(TARGET, {"court": [COURT], "joined": OFFICE}) == {"court": COURT, "joined": [OFFICE]}


def test_no_organ_fits_a_role_of_many():
    assert fit_roles(TARGET, {"joined": ""}) == {"joined": []}


def test_several_organs_fit_a_role_of_many():
    assert fit_roles(TARGET, {"court": COURT, "joined": [OFFICE, OTHER]}) == {"court": COURT, "joined": [OFFICE, OTHER]}


def test_a_role_that_the_mechanism_does_not_have_is_not_taken():
    assert fit_roles(TARGET, {"receiver": BUREAU}) == {}


def test_several_organs_do_not_fit_a_single_role():
    with pytest.raises(OrganUnclear, match="“建议法院”只能是一个机关，现有 2 个"):
        fit_roles(TARGET, {"court": [COURT, OTHER]})


def test_organs_fit_the_field_that_takes_one_or_several():
    given = {"receiver": [BUREAU], "receivers": OTHER, "summary": "小结"}

    assert fit_values(TARGET, given) == {"receiver": BUREAU, "receivers": [OTHER], "summary": "小结"}


def test_several_organs_do_not_fit_a_field_of_one():
    with pytest.raises(OrganUnclear, match="被建议单位"):
        fit_values(TARGET, {"receiver": [BUREAU, OTHER]})
