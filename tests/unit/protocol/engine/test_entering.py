"""Whose roles are bound by a step, by what, and at which moment."""

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.protocol.engine.builders import COURT_ROLE, FIELDS, LETTER, issued
from tests.unit.protocol.engine.matter import BUREAU, COURT, MONDAY, OFFICE, OTHER, SUPERIOR, FakeWorld, Matter, acting

from fuyuantong.protocol import Clock, Closing, Draws, Entry, Final, Mechanism, Move, Opens, Request, Role, State
from fuyuantong.protocol.entering import OrganUnclear, RolesClash, enter, organs_named

ISSUE = {"receiver": BUREAU, "reply_by": "2026-10-08"}


def handed(*roles, holder="next", move=None, requests=()):
    """Return a mechanism whose one move hands the matter to the role `holder`."""
    hand_on = replace(move or Move("hand_on", "移交", to="held"), to="held")
    return Mechanism(
        "handed",
        "移交",
        roles=(COURT_ROLE, *roles),
        fields=FIELDS,
        clocks=(Clock("sign", "签收", "house:sign"),),
        entries=(Entry("start", by="court"),),
        states=(
            State("start", "起始", holder="court", judged_by="sign", moves=(hand_on,)),
            State("held", "承办", holder=holder, judged_by="sign", moves=(replace(hand_on, key="again"), END)),
            Final("done", "办结", kind=Closing.DECIDED),
        ),
        requests=requests,
    )


END = Move("end", "办结", to="done")


def hand_on(mechanism, values=None, *, world=None, **more):
    return Matter(mechanism, world).open().move("hand_on", values, **more)


def test_the_opener_is_bound_and_holds():
    matter = Matter(LETTER).open()

    assert matter.situation.roles == {"court": COURT}
    assert (matter.situation.holder, matter.situation.initiator) == (COURT, COURT)


def test_a_role_is_bound_by_the_field_that_names_it():
    assert issued().situation.roles["receiver"] == BUREAU


def test_a_role_is_derived_from_a_bound_one_when_first_needed():
    matter = hand_on(handed(Role("next", "上级", via="superior_of:court")), world=above(COURT, SUPERIOR))

    assert (matter.situation.holder, matter.told("directory_version")) == (SUPERIOR, 7)
    assert matter.world.asked == [(COURT, "superior_of", date(2026, 8, 3))]


def above(*pairs):
    relations = dict(zip(pairs[::2], pairs[1::2], strict=True))
    return FakeWorld(
        {(low, "superior_of"): high if isinstance(high, tuple) else (high,) for low, high in relations.items()}
    )


def test_what_a_derived_role_was_derived_from_is_recorded_with_it():
    roles = (Role("middle", "市级", via="superior_of:court"), Role("next", "省级", via="superior_of:middle"))
    matter = hand_on(handed(*roles), world=above(COURT, "city", "city", "province"))

    assert matter.told("roles") == {"middle": "city", "next": "province"}


def test_a_role_that_is_bound_is_not_looked_for_again():
    world = above(COURT, SUPERIOR)
    matter = hand_on(handed(Role("next", "上级", via="superior_of:court")), world=world)
    world.relations = {}

    assert matter.move("again").situation.holder == SUPERIOR


@pytest.mark.parametrize(("found", "said"), [((), "没有登记"), (("a", "b"), "有 2 个：a、b")])
def test_none_or_several_organs_ask_for_a_choice(found, said):
    with pytest.raises(OrganUnclear, match=said) as refused:
        hand_on(handed(Role("next", "上级", via="superior_of:court")), world=above(COURT, found))

    assert refused.value.field == "role:next"


@pytest.mark.parametrize("found", [(), ("a", "b")])
def test_a_choice_decides_where_the_directory_gives_none_or_several(found):
    mechanism = handed(Role("next", "上级", via="superior_of:court"))
    matter = hand_on(mechanism, world=above(COURT, found), chosen={"next": "b"})

    assert matter.situation.holder == "b"


def test_a_choice_outside_what_the_directory_gives_is_refused():
    with pytest.raises(OrganUnclear):
        hand_on(
            handed(Role("next", "上级", via="superior_of:court")), world=above(COURT, ("a", "b")), chosen={"next": "c"}
        )


def test_a_choice_does_not_overrule_the_only_organ():
    mechanism = handed(Role("next", "上级", via="superior_of:court"))

    assert hand_on(mechanism, world=above(COURT, SUPERIOR), chosen={"next": "c"}).situation.holder == SUPERIOR


def test_a_role_that_nothing_gives_is_asked_for():
    with pytest.raises(OrganUnclear, match="“承办”在机关名录中没有登记"):
        hand_on(handed(Role("next", "承办")))


def test_a_role_is_bound_by_the_setting_of_the_place():
    mechanism = handed(Role("next", "领导小组办公室", via="setting:copies"))

    assert hand_on(mechanism).situation.holder == OFFICE


def test_a_field_that_was_given_before_binds_the_role_when_it_is_needed():
    mechanism = handed(Role("next", "承办", via="field:receiver"))
    matter = Matter(mechanism).open(values={"receiver": BUREAU}).move("hand_on")

    assert matter.situation.holder == BUREAU


def test_a_role_that_waits_for_its_field_is_left_alone_until_it_is_given():
    role = Role("joined", "协办", via="field:receiver")
    ask = Request("add", "补充", by=("joined",), states=("held",), rows="materials")

    assert "joined" not in hand_on(handed(role, holder="court", requests=(ask,))).situation.roles


def test_a_role_of_many_takes_every_organ():
    role = Role("joined", "协办", via="field:receivers", many=True)
    move = Move("hand_on", "移交", to="", asks=("receivers",))
    matter = hand_on(handed(role, holder="court", move=move), {"receivers": [BUREAU, OTHER]})

    assert matter.situation.organs_of("joined") == (BUREAU, OTHER)


def test_a_role_of_many_is_derived_from_every_organ_of_another():
    roles = (
        Role("joined", "协办", via="field:receivers", many=True),
        Role("above", "上级", via="superior_of:joined", many=True),
    )
    move = Move("hand_on", "移交", to="", asks=("receivers",), copies=("above",))
    matter = hand_on(handed(*roles, holder="court", move=move), {"receivers": [BUREAU, OTHER]})

    assert matter.situation.copies == (SUPERIOR, "county-2")


def test_two_roles_may_not_be_the_same_organ():
    with pytest.raises(RolesClash, match="court-1 不能既是“建议法院”又是“承办”") as refused:
        hand_on(handed(Role("next", "承办", via="field:receiver")), {"receiver": COURT})

    assert refused.value.field == "role:next"


@pytest.mark.parametrize("side", ["next", "court"])
def test_roles_that_may_be_the_same_say_so_on_either_side(side):
    mechanism = handed(Role("next", "承办", via="field:receiver", may_be_same=("court",) if side == "next" else ()))
    if side == "court":
        mechanism = replace(mechanism, roles=(replace(COURT_ROLE, may_be_same=("next",)), mechanism.roles[1]))

    assert hand_on(mechanism, {"receiver": COURT}).situation.holder == COURT


def test_every_pair_of_roles_must_be_distinct():
    roles = (
        Role("keeper", "保管", via="setting:keeper", may_be_same=("court",)),
        Role("next", "承办", via="field:receiver", may_be_same=("court",)),
    )
    world = FakeWorld(settings={"keeper": (COURT,)})
    with pytest.raises(RolesClash, match="“保管”又是“承办”"):
        hand_on(
            handed(*roles, move=Move("hand_on", "移交", to="", asks=("receiver",), copies=("keeper",))),
            {"receiver": COURT},
            world=world,
        )


def test_organs_of_a_many_role_may_play_another_part():
    role = Role("joined", "协办", via="field:receivers", many=True)
    move = Move("hand_on", "移交", to="", asks=("receivers",))

    assert hand_on(handed(role, holder="court", move=move), {"receivers": [COURT]}).situation.holder == COURT


def test_a_role_bound_anew_takes_along_what_was_derived_from_it():
    again = issued().move("misdirected").move("issue", {**ISSUE, "receiver": OTHER})

    assert again.told("roles") == {"receiver": OTHER, "superior": "county-2"}


def rebound(world):
    """Return a matter that names another organ while nobody but its own superiors were derived before."""
    roles = (
        Role("next", "承办", via="field:receiver"),
        Role("above", "上级", via="superior_of:next"),
        Role("all", "各级", via="superior_of:above", many=True),
    )
    move = Move("hand_on", "移交", to="", asks=("receiver",), copies=("all",))
    return hand_on(handed(*roles, move=move), {"receiver": BUREAU}, world=world)


def test_what_is_derived_through_another_goes_along_too():
    world = above(BUREAU, SUPERIOR, SUPERIOR, "city", OTHER, "county-2", "county-2", ("city-2", "city-3"))

    matter = rebound(world).move("again", {"receiver": OTHER})

    assert matter.told("roles") == {"next": OTHER, "above": "county-2", "all": ["city-2", "city-3"]}


def test_what_is_derived_from_a_role_bound_anew_asks_for_a_choice_where_it_is_unclear():
    matter = rebound(above(BUREAU, SUPERIOR, SUPERIOR, "city"))

    with pytest.raises(OrganUnclear, match="“上级”在机关名录中没有登记"):
        matter.move("again", {"receiver": OTHER})


def test_the_same_organ_given_again_changes_nothing_else():
    again = issued().move("misdirected").move("issue", ISSUE)

    assert again.told("roles") == {"receiver": BUREAU}


def test_a_copied_role_is_bound_by_the_move_that_copies_it():
    assert (issued().situation.roles["superior"], issued().situation.copies) == (SUPERIOR, (SUPERIOR, OFFICE))


def test_a_copied_role_that_is_unclear_asks_for_a_choice():
    with pytest.raises(OrganUnclear, match="上级机关"):
        issued(world=FakeWorld(relations={}))


def test_a_role_that_may_ask_is_bound_when_its_state_is_entered():
    ask = Request("add", "补充", by=("above",), states=("held",), rows="materials")
    mechanism = handed(Role("above", "上级", via="superior_of:court"), holder="court", requests=(ask,))

    assert hand_on(mechanism, world=above(COURT, SUPERIOR)).situation.roles["above"] == SUPERIOR


def test_a_role_that_may_ask_stays_open_where_nobody_is_there_to_choose():
    ask = Request("add", "补充", by=("above",), states=("start",), rows="materials")
    mechanism = handed(Role("above", "上级", via="superior_of:court"), holder="court", requests=(ask,))

    assert Matter(mechanism, FakeWorld({})).open().situation.roles == {"court": COURT}


def test_a_role_derived_through_one_that_is_unclear_stays_open_with_it():
    ask = Request("add", "补充", by=("top",), states=("start",), rows="materials")
    roles = (Role("above", "上级", via="superior_of:court"), Role("top", "再上级", via="superior_of:above"))
    mechanism = handed(*roles, holder="court", requests=(ask,))

    assert Matter(mechanism, above(COURT, ("a", "b"))).open().situation.roles == {"court": COURT}


def test_the_keeper_of_what_is_drawn_on_is_bound():
    draw = Draws("commit", "rescue-fund", "amount", keeper="keeper")
    mechanism = handed(
        Role("keeper", "财政", via="setting:copies"), holder="court", move=Move("hand_on", "移交", to="", draws=(draw,))
    )

    assert hand_on(mechanism).situation.roles["keeper"] == OFFICE


def test_a_role_that_an_opening_carries_is_bound():
    opens = Opens("other", "start", {"by": "above", "again": "superior_of:above", "kind": "=普通"})
    mechanism = handed(
        Role("above", "上级", via="superior_of:court"),
        holder="court",
        move=Move("hand_on", "移交", to="", opens=(opens,)),
    )

    matter = hand_on(mechanism, world=above(COURT, SUPERIOR, SUPERIOR, "city"))

    assert matter.told("opened")[0]["carried"] == {"by": SUPERIOR, "again": "city", "kind": "普通"}


def test_closing_needs_no_holder():
    mechanism = handed(Role("next", "承办"), holder="court")

    assert hand_on(mechanism).move("end").situation.closed == "decided"


def test_organs_are_named_by_role_field_setting_and_relation():
    matter = issued()
    entering = enter(
        LETTER,
        matter.situation,
        "delivering",
        given={"receivers": [OTHER]},
        told={},
        acting=acting(COURT, MONDAY),
        move=None,
        world=matter.world,
    )

    assert organs_named("court", entering) == (COURT,)
    assert organs_named("receivers", entering) == (OTHER,)
    assert organs_named("setting:copies", entering) == (OFFICE,)
    assert organs_named("superior_of:receivers", entering) == ("county-2",)
    assert organs_named("nobody", entering) == ()
