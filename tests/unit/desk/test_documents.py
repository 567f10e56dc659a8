"""文书 at the desk: drafted, edited, signed and issued, and shown to those who may see it."""

import re

import pytest
from django.test import Client
from tests.builders import an_official
from tests.suggestions import COURT, FORESTRY, HOUSING, LETTER, County, at, drafted, replying

from fuyuantong.documents.services import draft
from fuyuantong.matters.services.acts import Form
from fuyuantong.matters.services.inner import save_draft
from fuyuantong.organs.vocabulary import PostKind

pytestmark = pytest.mark.django_db
NOW = at("2026-08-03")


@pytest.fixture
def suggestion(county: County) -> str:
    uid = drafted(county, now=NOW)
    form = Form(values={**LETTER, "receiver_organs": [HOUSING], "reply_by": "2026-09-30"})
    save_draft(uid, "issue", by=county.by(COURT), now=NOW, form=form)
    return uid


def desk(account: object) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def court(county: County) -> Client:
    """Give the head of the court at the desk."""
    return desk(county.people[COURT])


def typed(client: Client, address: str, **changed: str) -> dict[str, str]:
    """Return what the editor of a document would post, with changes."""
    page = client.get(address).content.decode()
    boxes = dict(re.findall(r'<input class="form-control" id="\w+" name="(\w+)" value="([^"]*)"', page))
    texts = dict(re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', page))
    (after,) = set(re.findall(r'name="after" value="(\d+)"', page))
    return {**boxes, **texts, "after": after, **changed}


def the_document(client: Client, uid: str, kind: str) -> str:
    answer = client.post(f"/matter/{uid}/document", {"document-kind": kind})
    assert answer.status_code == 302
    return answer["Location"]


def test_a_document_is_drafted_edited_signed_and_goes_out_with_its_move(
    county: County, court: Client, suggestion: str
) -> None:
    assert "应有《司法建议书》：<b>还没有拟写</b>" in court.get(f"/matter/{suggestion}").content.decode()
    address = the_document(court, suggestion, "judicial-suggestion")
    changed = typed(court, address, copies="温县司法局", do="approve")
    page = court.post(f"{address}/act", changed, follow=True).content.decode()
    assert "办理对应事项后自动取号" in page
    assert "须先办理“签发送达”" in page
    assert "<b>已签发，办理后自动生成正式件</b>" in court.get(f"/matter/{suggestion}").content.decode()
    values = {key: words for key, words in LETTER.items() if key not in ("problems", "copied")}
    rows = {f"problems.1.{key}": words for key, words in LETTER["problems"][0].items()}
    values |= {"receiver_organs": HOUSING, "reply_by": "2026-12-20", "touches_supervision": "no"}
    told = court.post(f"/matter/{suggestion}/act/issue", {**values, **rows}, follow=True).content.decode()

    assert "已生成正式文书 1 份" in told
    assert re.search(r"法建〔20\d\d〕1号 司法建议书</span>", told)
    assert desk(county.people[HOUSING]).get(address).status_code == 404


def test_pages_and_files_of_every_version_are_handed_out(court: Client, suggestion: str) -> None:
    address = the_document(court, suggestion, "judicial-suggestion")
    court.post(f"{address}/act", typed(court, address, body="一、问题\n未告知。", do="save"))
    page = court.get(address).content.decode()
    first, *_ = re.findall(r"\?version=(\d+)", page)[::-1]

    assert "各稿" in page
    assert "这是" in court.get(f"{address}?version={first}").content.decode()
    assert court.get(f"{address}/{first}/page/1").content.startswith(b"\x89PNG")
    assert court.get(f"{address}/{first}/page/9").status_code == 404
    assert court.get(f"{address}/{first}/pdf").content.startswith(b"%PDF")
    assert court.get(f"{address}/{first}/docx")["Content-Disposition"].startswith("attachment")
    assert court.get(f"{address}?version=999").status_code == 404


def test_a_letter_is_issued_to_all_parties_at_once(county: County) -> None:
    uid = replying(county, now=NOW)
    bureau = desk(county.people[HOUSING])
    address = the_document(bureau, uid, "letter")
    letter = typed(
        bureau, address, addressees="温县法院", body="请予延长答复期限。", number="温住建函〔2026〕1号", do="approve"
    )
    page = bureau.post(f"{address}/act", letter, follow=True).content.decode()
    assert "正式文书已生成" in page
    assert "印发稿" in page
    pdf = re.search(rf"{address}/(\d+)/pdf", page)
    assert pdf
    assert bureau.get(pdf[0]).content.startswith(b"%PDF")

    seen = desk(county.people[COURT]).get(f"/matter/{uid}").content.decode()
    (file,) = re.findall(r'href="(/file/\d+)" target="_blank"', seen)
    assert b"".join(desk(county.people[COURT]).get(file).streaming_content).startswith(b"%PDF")


def test_a_handler_proposes_and_a_head_gives_back(county: County, court: Client, suggestion: str) -> None:
    handler = desk(an_official(county.organs[COURT], kind=PostKind.HANDLER))
    address = the_document(handler, suggestion, "judicial-suggestion")
    assert (
        "已送审" in handler.post(f"{address}/act", typed(handler, address, do="propose"), follow=True).content.decode()
    )
    assert "待我审签" in court.get("/").content.decode()
    assert "须写 1 至" in court.post(f"{address}/act", {"do": "return", "reason": ""}).content.decode()
    court.post(f"{address}/act", {"do": "return", "reason": "请补充案例。"})

    assert "请补充案例。" in handler.get(address).content.decode()
    assert "待我审签" not in court.get("/").content.decode()


def test_what_was_typed_stays_when_it_is_refused(court: Client, suggestion: str) -> None:
    address = the_document(court, suggestion, "judicial-suggestion")
    answer = court.post(f"{address}/act", typed(court, address, body="请于××××前函复。", do="approve"))

    assert answer.status_code == 422
    assert "没有填写" in answer.content.decode()
    assert "请于××××前函复。" in answer.content.decode()


def test_a_stranger_sees_no_document(county: County, suggestion: str) -> None:
    document = draft(suggestion, "letter", by=county.by(COURT), now=NOW)
    stranger = desk(county.people[FORESTRY])

    assert stranger.get(f"/matter/{suggestion}/document/{document}").status_code == 404
