"""A document from its first draft to what stands on the trail."""

import io
from dataclasses import replace
from datetime import date

import pdfplumber
import pytest
from django.core.files.storage import default_storage
from tests.builders import an_official
from tests.conferences import called
from tests.suggestions import (
    COURT,
    FORESTRY,
    HOUSING,
    LETTER,
    OFFICE,
    County,
    act,
    at,
    drafted,
    issued,
    last,
    replying,
    standing,
)

from fuyuantong.documents import services
from fuyuantong.documents.drafts import Draft, Stage, drafts_of
from fuyuantong.documents.kinds import kinds_open
from fuyuantong.documents.printing import Printed
from fuyuantong.documents.services import (
    DocumentChanged,
    Issue,
    NoSuchDocument,
    NotNow,
    NotWhole,
    approve,
    draft,
    edit,
    give_back,
    issue_after,
    propose,
    review,
    seal,
    seal_waiting,
)
from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.services.actors import By, NoPost
from fuyuantong.matters.services.acts import Form
from fuyuantong.matters.services.chains import ChainNotWalked, set_chain
from fuyuantong.matters.services.files import path_of
from fuyuantong.matters.services.inner import InnerKind, inside, save_draft
from fuyuantong.matters.session import acting
from fuyuantong.matters.trails import verify_inner
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.protocol.document_kinds import BLANK
from fuyuantong.typesetting.document import OfficialDocument

NOW = at("2026-08-03")
LATER = at("2026-08-04")
LONG_AFTER = at("2026-10-15")


@pytest.fixture
def suggestion(county: County) -> str:
    """Give a judicial suggestion whose letter is typed and not yet issued."""
    uid = drafted(county, now=NOW)
    form = Form(values={**LETTER, "receiver_organs": [HOUSING, FORESTRY], "reply_by": "2026-09-30"})
    save_draft(uid, "issue", by=county.by(COURT), now=NOW, form=form)
    return uid


def documents(uid: str, organ: str) -> list[Draft]:
    with acting():
        records = list(InnerRecord.objects.filter(matter__uid=uid, organ__code=organ).order_by("seq"))
        assert verify_inner(Matter.objects.get(uid=uid)) == {}
        return drafts_of(records, organ_id=records[0].organ_id if records else 0)


def the_document(uid: str, organ: str = COURT) -> Draft:
    (found,) = documents(uid, organ)
    return found


def open_kinds(uid: str, organ: str, *, now=NOW) -> list[str]:
    with acting():
        return [kind.key for kind in kinds_open(standing(uid), organ, today=now.date())]


def test_a_document_is_drafted_from_what_was_typed_for_its_move(county: County, suggestion: str) -> None:
    draft(suggestion, "judicial-suggestion", by=county.by(COURT), now=NOW)
    document = the_document(suggestion).document

    assert document.addressees == "温县住建局、温县林业局"
    assert "（一）处罚前未告知听证权利。" in document.body
    assert document.body[-1].startswith("以上建议请予研究，并于二〇二六年九月三十日前")
    assert (document.number, document.signed_on) == ("", None)


def test_a_notice_says_day_hour_and_place_and_lists_what_was_taken_up(county: County) -> None:
    items = [{"item": item, "ground": "有分歧"} for item in ("裁执分离", "线索移送", "送达地址")]
    uid = called(county, "季度联席会议", now=NOW, items=items)
    typed = {
        "items.listing": ["列入", "缓议", "列入"],
        "held_on": "2026-09-01",
        "starts_at": "14:30",
        "place": "县法院",
    }
    save_draft(uid, "set_agenda", by=county.by(OFFICE), now=NOW, form=Form(values=typed))
    draft(uid, "meeting-notice", by=county.by(OFFICE), now=NOW)
    body = the_document(uid, OFFICE).document.body

    assert [line for line in body if line.startswith("（")] == ["（一）裁执分离。", "（二）送达地址。"]
    assert body[2:5] == ("2026年9月1日下午2:30。", "二、会议地点", "县法院。")


def test_a_signed_document_waits_for_its_move_and_takes_number_and_day_from_it(county: County, suggestion: str) -> None:
    by = county.by(COURT)
    document = draft(suggestion, "judicial-suggestion", by=by, now=NOW)
    assert not approve(suggestion, document, after=the_document(suggestion).last_seq, by=by, now=NOW)
    with pytest.raises(NotNow, match="须先办理“签发送达”"):
        seal(suggestion, document, by=by, now=NOW)
    act(county, suggestion, "issue", now=LATER, receiver_organs=[HOUSING, FORESTRY], reply_by="2026-09-30", **LETTER)

    assert seal_waiting(suggestion, by=by, now=LATER) == 1
    issued_version = the_document(suggestion).versions[-1]
    assert issued_version.document.number == standing(suggestion).row.number != ""
    assert (the_document(suggestion).stage, issued_version.is_issued) == (Stage.SEALED, True)
    with pdfplumber.open(io.BytesIO(default_storage.open(path_of(issued_version.pdf)).read())) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages)
        assert "二〇二六年八月四日" in text
        assert issued_version.document.number in text


def test_what_is_issued_stands_on_the_trail_by_its_digests(county: County) -> None:
    uid = issued(county, HOUSING, now=NOW)
    document = draft(uid, "judicial-suggestion", by=county.by(COURT), now=NOW)
    assert approve(uid, document, after=the_document(uid).last_seq, by=county.by(COURT), now=NOW)
    first, version, record = the_document(uid).versions[0], the_document(uid).versions[-1], last(uid)

    assert first.document.number == standing(uid).row.number
    assert [bytes(digest).hex() for digest in record.files] == [version.pdf, version.docx]
    assert record.resolved["note"] == f"制发《{version.document.number} 司法建议书》"
    with acting():
        names = [found.name for found in Attachment.objects.filter(matter__uid=uid, seq=record.seq, inner=False)]
    assert names == [f"{version.document.number} 司法建议书.pdf", f"{version.document.number} 司法建议书.docx"]


def test_versions_stay_readable_and_a_stale_one_is_refused(county: County, suggestion: str) -> None:
    by = county.by(COURT)
    document = draft(suggestion, "judicial-suggestion", by=by, now=NOW)
    first = the_document(suggestion)
    changed = replace(first.document, body=("一、存在问题", "未告知。"))
    edit(suggestion, document, changed, after=first.last_seq, by=by, now=NOW)
    edit(suggestion, document, changed, after=the_document(suggestion).last_seq, by=by, now=NOW)

    assert [version.document for version in the_document(suggestion).versions] == [first.document, changed]
    with pytest.raises(DocumentChanged, match="同事已经改动"):
        edit(suggestion, document, changed, after=first.last_seq, by=by, now=NOW)
    with pytest.raises(NotWhole, match="标题"):
        edit(suggestion, document, replace(changed, title=" "), after=the_document(suggestion).last_seq, by=by, now=NOW)


def test_a_document_goes_through_the_posts_of_its_move(county: County, suggestion: str) -> None:
    head = county.by(COURT)
    set_chain(
        county.organs[COURT],
        "judicial-suggestion",
        "issue",
        [PostKind.REVIEWER, PostKind.HEAD],
        by=head.account,
        now=NOW,
    )
    reviewer = By(an_official(county.organs[COURT], kind=PostKind.REVIEWER), organ=COURT)
    document = draft(suggestion, "judicial-suggestion", by=head, now=NOW)
    with pytest.raises(ChainNotWalked, match="审核 → 负责人"):
        approve(suggestion, document, after=the_document(suggestion).last_seq, by=head, now=NOW)
    propose(suggestion, document, by=head, now=NOW)
    give_back(suggestion, document, "请补充案例。", by=reviewer, now=NOW)
    assert (the_document(suggestion).stage_title, the_document(suggestion).reason) == ("退回修改", "请补充案例。")
    edit(
        suggestion,
        document,
        the_document(suggestion).document,
        after=the_document(suggestion).last_seq,
        by=head,
        now=NOW,
    )
    propose(suggestion, document, by=head, now=NOW)
    with pytest.raises(NoPost):
        review(suggestion, document, after=the_document(suggestion).last_seq, by=head, now=NOW)
    review(suggestion, document, after=the_document(suggestion).last_seq, by=reviewer, now=NOW)
    with pytest.raises(ChainNotWalked, match="前面的岗位都已审核"):
        review(suggestion, document, after=the_document(suggestion).last_seq, by=reviewer, now=NOW)
    approve(suggestion, document, after=the_document(suggestion).last_seq, by=head, now=NOW)

    assert the_document(suggestion).stage == Stage.APPROVED


def test_blanks_must_be_filled_in_before_a_document_is_signed(county: County) -> None:
    uid = drafted(county, now=NOW)
    document = draft(uid, "judicial-suggestion", by=county.by(COURT), now=NOW)

    assert BLANK in the_document(uid).document.addressees
    with pytest.raises(NotWhole, match="没有填写"):
        approve(uid, document, after=the_document(uid).last_seq, by=county.by(COURT), now=NOW)


def test_an_overdue_holder_is_urged_with_the_proof_of_its_deadline(county: County) -> None:
    uid = replying(county, now=NOW)
    assert "overdue-letter" not in open_kinds(uid, COURT)
    draft(uid, "overdue-letter", by=county.by(COURT), now=LONG_AFTER)
    document = the_document(uid).document

    assert document.addressees == "温县住建局"
    assert "已于2026年9月30日届满" in document.body[1]
    assert "已逾期" in document.body[1]
    assert "overdue-letter" not in open_kinds(uid, HOUSING, now=LONG_AFTER)


def test_a_letter_without_a_move_is_issued_when_signed(county: County) -> None:
    uid = replying(county, now=NOW)
    document = draft(uid, "letter", by=county.by(HOUSING), now=NOW)
    now = the_document(uid, HOUSING)
    written = replace(
        now.document, addressees="温县人民法院", body=("请予延长答复期限。",), number="温住建函〔2026〕1号"
    )
    edit(uid, document, written, after=now.last_seq, by=county.by(HOUSING), now=NOW)

    assert approve(uid, document, after=the_document(uid, HOUSING).last_seq, by=county.by(HOUSING), now=NOW)
    assert the_document(uid, HOUSING).document == replace(written, signed_on=NOW.date())


def test_a_document_whose_move_was_never_made_is_not_issued(county: County, suggestion: str) -> None:
    by = county.by(COURT)
    document = draft(suggestion, "judicial-suggestion", by=by, now=NOW)
    approve(suggestion, document, after=the_document(suggestion).last_seq, by=by, now=NOW)
    act(county, suggestion, "drop", now=NOW, reason="已当面提出")

    assert seal_waiting(suggestion, by=by, now=NOW) == 0
    with pytest.raises(NotNow, match="没有办理"):
        seal(suggestion, document, by=by, now=NOW)


def test_organs_draw_up_only_what_is_theirs(county: County, suggestion: str) -> None:
    assert open_kinds(suggestion, COURT) == ["judicial-suggestion", "letter", "notice"]
    assert open_kinds(suggestion, HOUSING) == []
    with pytest.raises(NoSuchDocument):
        draft(suggestion, "reply-letter", by=county.by(COURT), now=NOW)
    with pytest.raises(NoSuchDocument):
        propose(suggestion, "nothing", by=county.by(COURT), now=NOW)


def test_a_document_is_not_signed_twice(county: County, suggestion: str) -> None:
    by = county.by(COURT)
    document = draft(suggestion, "judicial-suggestion", by=by, now=NOW)
    approve(suggestion, document, after=the_document(suggestion).last_seq, by=by, now=NOW)

    with pytest.raises(NotNow, match="已签发，待印发"):
        approve(suggestion, document, after=the_document(suggestion).last_seq, by=by, now=NOW)


def test_what_changes_while_the_files_are_made_is_not_issued(
    county: County, suggestion: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, uid = county.by(COURT), issued(county, HOUSING, now=NOW)
    document = draft(uid, "judicial-suggestion", by=by, now=NOW)
    made = services.printed

    def meanwhile(found: OfficialDocument, *, today: date) -> Printed:
        seen = the_document(uid)
        edit(uid, document, replace(seen.document, note="改"), after=seen.last_seq, by=by, now=NOW)
        return made(found, today=today)

    monkeypatch.setattr(services, "printed", meanwhile)
    with pytest.raises(NotNow, match="草稿"):
        approve(uid, document, after=the_document(uid).last_seq, by=by, now=NOW)


def test_what_a_colleague_signs_while_the_files_are_made_takes_their_place(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, uid = county.by(COURT), issued(county, HOUSING, now=NOW)
    document = draft(uid, "judicial-suggestion", by=by, now=NOW)
    made = services.printed

    def meanwhile(found: OfficialDocument, *, today: date) -> Printed:
        with inside(uid, by, NOW) as within:
            told = {"document": document, "kind": "judicial-suggestion", "title": "司法建议书"}
            within.written(InnerKind.DOCUMENT_APPROVED, told)
        return made(found, today=today)

    monkeypatch.setattr(services, "printed", meanwhile)
    with pytest.raises(DocumentChanged, match="同事又签发了一稿"):
        approve(uid, document, after=the_document(uid).last_seq, by=by, now=NOW)


def test_a_matter_may_have_several_documents(county: County, suggestion: str) -> None:
    by = county.by(COURT)
    first = draft(suggestion, "letter", by=by, now=NOW)
    draft(suggestion, "notice", by=by, now=NOW)
    (_, letter) = documents(suggestion, COURT)
    assert letter.document.number == ""
    edit(suggestion, first, replace(letter.document, note="改"), after=letter.last_seq, by=by, now=NOW)

    assert [found.kind for found in documents(suggestion, COURT)] == ["letter", "notice"]


def test_a_document_of_a_kind_that_is_no_more_is_not_signed(county: County, suggestion: str) -> None:
    document = draft(suggestion, "letter", by=county.by(COURT), now=NOW)
    with inside(suggestion, county.by(COURT), NOW) as within:
        content = replace(the_document(suggestion).document, body=("函。",)).as_data()
        values = {"document": document, "kind": "gone", "title": "函", "content": content}
        within.written(InnerKind.DOCUMENT_DRAFTED, {**values, "document": "other"})

    with pytest.raises(NoSuchDocument, match="样式已经取消"):
        approve(suggestion, "other", after=3, by=county.by(COURT), now=NOW)


def test_an_act_from_anywhere_issues_what_waited_for_it_and_names_what_is_missing(
    county: County, suggestion: str
) -> None:
    by, sent = county.by(COURT), {"receiver_organs": [HOUSING], "reply_by": "2026-09-30", **LETTER}
    bare, signed = drafted(county, now=NOW), suggestion
    document = draft(signed, "judicial-suggestion", by=by, now=NOW)
    approve(signed, document, after=the_document(signed).last_seq, by=by, now=NOW)

    made = act(county, bare, "issue", now=LATER, **sent)
    assert issue_after(made, by=by, now=LATER) == Issue(0, ("司法建议书",))
    made = act(county, signed, "issue", now=LATER, **sent)
    assert issue_after(made, by=by, now=LATER) == Issue(1, ())
    assert issue_after(made, by=replace(by, on_behalf_of=HOUSING), now=LATER) == Issue(0, ())


def test_an_act_without_a_document_misses_none(county: County) -> None:
    made = act(county, drafted(county, now=NOW), "drop", now=NOW, reason="已当面提出")

    assert issue_after(made, by=county.by(COURT), now=NOW) == Issue(0, ())
