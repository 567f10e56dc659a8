"""Minutes are signed by all or changed and signed anew: who signed an older text has signed nothing."""

import pytest
from tests.builders_matters import a_file, children
from tests.suggestions import COURT, FORESTRY, HOUSING, County, act, at, kinds, standing

from fuyuantong.matters.models.link import Link, LinkKind
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.services.acts import open_by_hand
from fuyuantong.matters.session import acting
from fuyuantong.matters.trails import folded, verify
from fuyuantong.protocol.offers import NotOffered
from fuyuantong.seal.canonical import canonical
from fuyuantong.seal.digest import sm3

NOW = at("2026-08-03")
FIRST, SECOND = "会议研究议定以下事项：一、……", "会议研究议定以下事项：一、……（修改）"


RESOLVED = [
    {"title": f"事项{n}", "content": "落实", "lead_organ": lead, "joint_organs": [], "due_by": "2026-12-01"}
    for n, lead in ((1, HOUSING), (2, FORESTRY))
]


@pytest.fixture
def circulated(county: County) -> str:
    """Give a conference whose minutes are with both bureaus to sign."""
    uid = convened(county)
    outcome = {"items.outcome": ["通过"], "minutes": FIRST, "signer_organs": [HOUSING, FORESTRY]}
    act(county, uid, "circulate", now=at("2026-09-02"), resolutions=RESOLVED, **outcome)
    return uid


def convened(county: County) -> str:
    uid = open_by_hand("conference", "第三季度例会", by=county.by(COURT), now=NOW).matter
    act(
        county,
        uid,
        "call",
        now=NOW,
        series="季度常规会议",
        title="第三季度例会",
        invitee_organs=[HOUSING, FORESTRY],
        guest_organs=[],
        items=[{"item": "通报出庭情况", "ground": "每季度通报"}],
        items_by="2026-08-14",
    )
    agenda = {"items.listing": ["列入"], "held_on": "2026-09-01", "starts_at": "09:30", "place": "第二会议室"}
    act(county, uid, "set_agenda", now=at("2026-08-17"), **agenda)
    for child in children(uid):
        act(county, child, "accept", now=at("2026-08-18"), attendee="甲某", attendee_post="局长", rank="主要负责人")
    people = [{"person": "甲某", "post": "局长", "rank": "主要负责人"}]
    act(county, uid, "hold", now=at("2026-09-01"), attendance=people)
    return uid


def signers(uid: str, *, turn: int) -> dict[str, str]:
    """Return the countersignatures of a round: organ by uid."""
    return {child: it.organ for child, it in standing(uid).situation.children.items() if it.round == turn}


def of(uid: str, organ: str, *, turn: int) -> str:
    return next(child for child, signer in signers(uid, turn=turn).items() if signer == organ)


def sign(county: County, uid: str, organ: str, *, turn: int, move: str = "sign") -> None:
    act(county, of(uid, organ, turn=turn), move, now=at("2026-09-03"), opinion="同意。")


def test_both_get_the_same_text_and_its_digest_is_kept_with_them(county: County, circulated: str) -> None:
    assert set(signers(circulated, turn=2).values()) == {HOUSING, FORESTRY}
    with acting():
        links = Link.objects.filter(from_uid=circulated, kind=LinkKind.CHILD, to_uid__in=signers(circulated, turn=2))
        assert {(link.round, bytes(link.text_digest)) for link in links} == {(2, sm3(canonical(FIRST)))}


def test_what_is_signed_names_the_outcomes_and_the_resolutions(county: County, circulated: str) -> None:
    values = standing(of(circulated, HOUSING, turn=2)).situation.values

    assert [row["title"] for row in values["resolutions"]] == ["事项1", "事项2"]
    assert [row["outcome"] for row in values["items"]] == ["通过"]


def test_signed_by_all_it_goes_on_to_be_issued(county: County, circulated: str) -> None:
    for organ in (HOUSING, FORESTRY):
        sign(county, circulated, organ, turn=2)

    assert standing(circulated).situation.state == "issuing"


def test_an_objection_opens_a_new_round_in_which_all_sign_anew(county: County, circulated: str) -> None:
    sign(county, circulated, HOUSING, turn=2)
    sign(county, circulated, FORESTRY, turn=2, move="object")
    assert standing(circulated).situation.state == "revising"

    act(county, circulated, "recirculate", now=at("2026-09-04"), minutes=SECOND, resolutions=RESOLVED)

    assert set(signers(circulated, turn=3).values()) == {HOUSING, FORESTRY}
    with acting():
        link = Link.objects.get(from_uid=circulated, to_uid=of(circulated, HOUSING, turn=3))
    assert bytes(link.text_digest) == sm3(canonical(SECOND))
    sign(county, circulated, HOUSING, turn=3)
    assert standing(circulated).situation.state == "countersigning"


def test_who_signed_the_older_text_cannot_sign_it_again(county: County, circulated: str) -> None:
    sign(county, circulated, HOUSING, turn=2)
    sign(county, circulated, FORESTRY, turn=2, move="object")
    act(county, circulated, "recirculate", now=at("2026-09-04"), minutes=SECOND, resolutions=RESOLVED)

    with pytest.raises(NotOffered, match="办结"):
        sign(county, circulated, FORESTRY, turn=2)


def test_who_has_not_signed_when_the_chair_goes_on_is_recalled(county: County, circulated: str) -> None:
    act(county, circulated, "go_on", now=at("2026-09-10"), reason="已电话确认")

    with acting():
        states = set(Matter.objects.filter(uid__in=signers(circulated, turn=2)).values_list("state", flat=True))
    assert states == {"recalled"}


def test_issued_every_resolution_is_a_matter_of_its_own(county: County, circulated: str) -> None:
    for organ in (HOUSING, FORESTRY):
        sign(county, circulated, organ, turn=2)
    minutes = [a_file("纪要", now=NOW)]
    act(county, circulated, "issue", now=at("2026-09-07"), minutes_file=minutes, copied=[])

    with acting():
        opened = Matter.objects.filter(mechanism="joint-matter").order_by("pk").select_related("holder", "initiator")
        assert [(row.title, row.holder.code, row.initiator.code) for row in opened] == [
            ("事项1", HOUSING, COURT),
            ("事项2", FORESTRY, COURT),
        ]
        assert all(verify(row) is None and folded(row).uid == str(row.uid) for row in Matter.objects.all())
    assert kinds(circulated)[-1] == "issue"
    assert standing(circulated).situation.number == "温府院纪要〔2026〕1号"
