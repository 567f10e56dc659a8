"""Whatever is wrong with a request, it gets a refusal that says what, where and how, and not one row is written."""

from collections.abc import Callable
from datetime import date

import pytest
from tests.builders import an_account, an_official
from tests.builders_matters import stored
from tests.suggestions import COURT, FORESTRY, HOUSING, LETTER, OFFICE, County, at, drafted, replying

from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.acts import Form, open_by_hand, perform
from fuyuantong.matters.services.inner import approve, assign, propose, return_draft, save_draft
from fuyuantong.matters.services.slips import Note, annotate, decline, explain_open, make_request
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.protocol import Json
from fuyuantong.refusal import Refusal

NOW = at("2026-08-03")
LONG = "字" * 10_000_000
WHOLE: dict[str, Json] = {**LETTER, "receiver_organs": [HOUSING], "reply_by": "2026-09-30"}
DEEP: Json = "x"
for _ in range(100):
    DEEP = [DEEP]

Wrong = Callable[[County, str, str], object]


@pytest.fixture
def county(county: County) -> County:
    county.people["nobody"] = an_account()
    county.people["clerk"] = an_official(county.organs[HOUSING], kind=PostKind.HANDLER)
    return county


@pytest.fixture
def draft(county: County) -> str:
    return drafted(county, now=NOW)


def refused(act: Callable[[], object]) -> None:
    """Take an act that must be refused in words that an official can act upon, and leave every table as it was."""
    before = stored()
    with pytest.raises(Refusal) as refusal:
        act()
    told = refusal.value
    assert told.title
    assert told.detail
    assert len(str(told)) < 5_000
    assert stored() == before


def issue(county: County, draft: str, **wrong: Json) -> object:
    return perform(draft, "issue", by=county.by(COURT), now=NOW, form=Form({**WHOLE, **wrong}, key="k"))


def reply(county: County, uid: str, *, by: By | None = None, **more: object) -> object:
    form = Form({"reply": "已整改。", "letter": ["ab" * 32]}, **more)
    return perform(uid, "reply", by=by or county.by(HOUSING), now=NOW, form=form)


VALUES: dict[str, dict[str, Json]] = {
    "a field that there is not": {"colour": "red"},
    "a field that there is not, named with NUL": {"co\x00lour": "red"},
    "nothing where something must be": {"cause": ""},
    "a number for words": {"cause": 7},
    "a fraction": {"cause": 1.5},  # type: ignore[dict-item]
    "words with NUL": {"cause": "案\x00件"},
    "words that turn the direction of writing": {"cause": "案\u202e件"},
    "half of a pair": {"cause": "案\ud800"},
    "ten million characters": {"cause": LONG},
    "a term that is none of those": {"kind": "其他"},
    "words for yes or no": {"touches_supervision": "是"},
    "a day that there is not": {"reply_by": "2026-02-30"},
    "a day in another spelling": {"reply_by": "20260930"},
    "a day in the year one": {"reply_by": "0001-01-01"},
    "a day beyond what the law allows": {"reply_by": "2027-09-30"},
    "an organ that there is not": {"receiver_organs": ["410825-nowhere"]},
    "an organ with NUL": {"receiver_organs": ["410825\x00"]},
    "one organ twice": {"receiver_organs": [HOUSING, HOUSING]},
    "no list of organs": {"receiver_organs": {"organ": HOUSING}},
    "an organ that is a number": {"receiver_organs": [COURT, 7]},
    "no table": {"problems": "处罚前未告知"},
    "a table without rows": {"problems": []},
    "a row without a column": {"problems": [{"problem": "未告知"}]},
    "a row with a column that there is not": {"problems": [{"problem": "甲", "suggestion": "乙", "$row": "丙"}]},
    "more rows than a trail may hold": {"problems": [{"problem": "甲", "suggestion": "乙"}] * 201},
    "lists in lists": {"problems": DEEP},
}


@pytest.mark.parametrize("wrong", VALUES.values(), ids=VALUES.keys())
def test_values(county: County, draft: str, wrong: dict[str, Json]) -> None:
    refused(lambda: issue(county, draft, **wrong))


ACTS: dict[str, Wrong] = {
    "a move that there is not": lambda county, uid, _: perform(uid, "fly\x00", by=county.by(HOUSING), now=NOW),
    "a move of another state": lambda county, uid, _: perform(uid, "receive", by=county.by(HOUSING), now=NOW),
    "not the holder": lambda county, uid, _: reply(county, uid, by=county.by(COURT)),
    "a stranger": lambda county, uid, _: reply(county, uid, by=county.by(FORESTRY)),
    "an organ of somebody else": lambda county, uid, _: reply(county, uid, by=By(county.people[COURT], organ=HOUSING)),
    "an organ that there is not": lambda county, uid, _: reply(county, uid, by=By(county.people[COURT], organ="\x00")),
    "no post": lambda county, uid, _: reply(county, uid, by=By(county.people["nobody"])),
    "a post that does not sign": lambda county, uid, _: reply(county, uid, by=By(county.people["clerk"])),
    "on behalf of an organ on line": lambda county, uid, _: reply(
        county, uid, by=county.by(OFFICE, on_behalf_of=HOUSING)
    ),
    "on behalf of nobody": lambda county, uid, _: reply(county, uid, by=county.by(OFFICE, on_behalf_of="\x00")),
    "tomorrow": lambda county, uid, _: reply(county, uid, by=county.by(HOUSING, effective_on=date(2026, 8, 4))),
    "the day before": lambda county, uid, _: reply(
        county, uid, by=county.by(HOUSING, effective_on=date(2026, 8, 2), basis="邮戳")
    ),
    "the first day of all": lambda county, uid, _: reply(
        county, uid, by=county.by(HOUSING, effective_on=date.min, basis="邮戳")
    ),
    "a ground with NUL": lambda county, uid, _: reply(county, uid, by=county.by(HOUSING, basis="邮\x00戳")),
    "a ground of ten million characters": lambda county, uid, _: reply(county, uid, by=county.by(HOUSING, basis=LONG)),
    "a file that was never stored": lambda county, uid, _: reply(county, uid),
    "evidence that is no digest": lambda county, uid, _: reply(county, uid, files=("../../etc/passwd",)),
    "a key with NUL": lambda county, uid, _: reply(county, uid, key="\x00"),
    "a key of ten million characters": lambda county, uid, _: reply(county, uid, key=LONG),
    "a role that there is not": lambda county, uid, _: reply(county, uid, chosen={"king": COURT}),
    "a matter that there is not": lambda county, *_: reply(county, "01987654-0000-7000-8000-000000000000"),
    "no id": lambda county, *_: reply(county, "\x00"),
    "an answer to no request": lambda county, uid, _: perform(
        uid, "reply", by=county.by(HOUSING), now=NOW, answers="\x00"
    ),
    "a mechanism that there is not": lambda county, *_: open_by_hand("\x00", "标题", by=county.by(COURT), now=NOW),
    "a title of ten million characters": lambda county, *_: open_by_hand(
        "judicial-suggestion", LONG, by=county.by(COURT), now=NOW
    ),
    "an entry that there is not": lambda county, *_: open_by_hand(
        "judicial-suggestion", "标题", by=county.by(COURT), now=NOW, entry="\x00"
    ),
    "a request that there is not": lambda county, uid, _: make_request(uid, "\x00", by=county.by(COURT), now=NOW),
    "a request without its reason": lambda county, uid, _: make_request(uid, "recall", by=county.by(COURT), now=NOW),
    "a request in another state": lambda county, uid, _: make_request(
        uid, "late_reply", by=county.by(HOUSING), now=NOW, form=Form({"reply": "已整改", "letter": ["ab" * 32]})
    ),
    "a refusal of nothing": lambda county, uid, _: decline(uid, "\x00", reason="不准", by=county.by(HOUSING), now=NOW),
    "a note with NUL": lambda county, uid, _: annotate(uid, Note.URGE, "请\x00", by=county.by(COURT), now=NOW),
    "a note of ten million characters": lambda county, uid, _: annotate(
        uid, Note.URGE, LONG, by=county.by(COURT), now=NOW
    ),
    "a note with a file that was never stored": lambda county, uid, _: annotate(
        uid, Note.URGE, "请从速", by=county.by(COURT), now=NOW, files=("ab" * 32,)
    ),
    "an explanation nobody asked for": lambda county, uid, _: explain_open(
        uid, "仍在办理", by=county.by(HOUSING), now=NOW
    ),
    "a draft of no move": lambda county, uid, _: save_draft(uid, "\x00", by=county.by(HOUSING), now=NOW, form=Form()),
    "a draft with NUL": lambda county, uid, _: save_draft(
        uid, "reply", by=county.by(HOUSING), now=NOW, form=Form({"reply": "\x00答"})
    ),
    "a proposal that is not whole": lambda county, _, draft: propose(
        draft, "issue", by=county.by(COURT), now=NOW, form=Form(LETTER)
    ),
    "a signature under nothing": lambda county, uid, _: approve(uid, by=county.by(HOUSING), now=NOW),
    "nothing given back": lambda county, uid, _: return_draft(uid, "改", by=county.by(HOUSING), now=NOW),
    "a handler that there is not": lambda county, uid, _: assign(uid, "\x00", by=county.by(HOUSING), now=NOW),
}


@pytest.mark.parametrize("wrong", ACTS.values(), ids=ACTS.keys())
def test_acts(county: County, draft: str, wrong: Wrong) -> None:
    uid = replying(county, now=NOW)

    refused(lambda: wrong(county, uid, draft))
