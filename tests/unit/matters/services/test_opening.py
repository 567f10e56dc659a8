"""Another system begins a matter with all that its entry carries, or not at all."""

from dataclasses import replace

import pytest
from tests.builders_matters import CLAIM, a_file, in_the_catalogue
from tests.suggestions import COURT, FORESTRY, HOUSING, County, at, standing

from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.models.matter import Matter, Provenance
from fuyuantong.matters.services.acts import BadTitle, Done
from fuyuantong.matters.services.opening import NotCarried, open_for
from fuyuantong.matters.session import acting
from fuyuantong.protocol import Entry
from fuyuantong.protocol.offers import NotOffered
from fuyuantong.protocol.values import ValuesRefused

NOW = at("2026-08-03")
OWED = {"kind": "负责人未出庭", "cause": "（2026）豫0825行初40号", "ground": "未说明理由"}


def owed(title: str = "应发建议", entry: str = "owed", roles: object = None, **values: object) -> Done:
    return open_for(
        "judicial-suggestion",
        title,
        entry=entry,
        roles={"court": COURT} if roles is None else roles,
        values={**OWED, **values},
        now=NOW,
    )


def test_a_matter_begins_at_an_opened_entry_by_the_engine(county: County) -> None:
    done = owed()

    assert (done.state, done.holder, done.record.actor.post) == ("owed", COURT, "engine")
    assert standing(done.matter).situation.values == OWED


def test_where_it_came_from_is_said(county: County) -> None:
    values = {"title": "核查", "cause": "16件"}
    done = open_for(
        "look-back",
        "回头看",
        entry="looking",
        roles={"issuer": COURT},
        values=values,
        now=NOW,
        provenance=Provenance.TRAINING,
    )

    with acting():
        assert Matter.objects.get(uid=done.matter).provenance == Provenance.TRAINING


def test_an_entry_for_hands_is_not_opened(county: County) -> None:
    with pytest.raises(NotOffered, match="没有可以引出的环节“drafting”；现有：owed"):
        owed(entry="drafting")


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ({}, "缺少“建议法院”"),
        ({"court": COURT, "king": COURT}, "没有“king”这一方"),
        ({"court": "410825-nowhere"}, "“建议法院”中的机关不存在或已撤销"),
        ({"court": 7}, "“建议法院”中的机关不存在或已撤销"),
        ({"court": COURT, "receivers": [HOUSING, "410825\x00"]}, "“被建议单位”中的机关不存在或已撤销"),
    ],
)
def test_roles_that_cannot_be_bound_are_refused(county: County, roles: dict, words: str) -> None:
    with pytest.raises(NotCarried, match=words):
        owed(roles=roles)


@pytest.mark.parametrize("values", [{"kind": "别的"}, {"ground": ""}, {"contact": "研究室"}, {"cause": 7}])
def test_values_are_checked_as_if_typed_by_hand(county: County, values: dict) -> None:
    with pytest.raises(ValuesRefused):
        owed(**values)


def test_a_title_is_checked_too(county: County) -> None:
    with pytest.raises(BadTitle):
        owed(title="")


def test_files_that_are_carried_are_attached(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    carrying = Entry("taken", by="asker", opened=True, carried=("asker", "helper_organ", "consent"))
    in_the_catalogue(replace(CLAIM, entries=(carrying,)), monkeypatch)
    values = {"helper_organ": HOUSING, "consent": [a_file("授权书", now=NOW)]}

    done = open_for("claim", "转来", entry="taken", roles={"asker": COURT}, values=values, now=NOW)

    with acting():
        assert Attachment.objects.filter(matter__uid=done.matter, field="consent", sensitive=True).count() == 1


def test_several_organs_are_carried_for_a_role_that_is_many(county: County) -> None:
    done = owed(roles={"court": COURT, "receivers": [HOUSING, FORESTRY]})

    assert standing(done.matter).situation.organs_of("receivers") == (HOUSING, FORESTRY)
