"""Kinds of documents: what they may name, and what is drawn up from what is known."""

from dataclasses import replace
from pathlib import Path

import pytest

from fuyuantong import catalogue
from fuyuantong.protocol.document_kinds import BLANK, DocumentKind, Facts, blanks, drawn_up, faults, read_kinds
from fuyuantong.protocol.library import DefinitionError, read
from fuyuantong.typesetting.document import Style

SUGGESTION = catalogue.mechanism("judicial-suggestion")
KIND = DocumentKind(
    "judicial-suggestion",
    "司法建议书",
    Style.WRIT,
    by="court",
    to="{receiver_organs!}",
    body="就{title!}提出建议。\n曾听取意见：{consulted}\n（{#}）{problems.problem}\n{n}.{problems.suggestion}",
    present={"出席": "{problems.problem}", "请假": "{consulted}"},
)
FACTS = Facts(
    {"issuer": "温县人民法院", "title": "行政处罚告知"},
    {"problems": [{"problem": "未告知", "suggestion": "改文书"}, {"problem": "无记录", "suggestion": "建台账"}]},
)


def test_a_document_is_drawn_up_from_what_is_known() -> None:
    document = drawn_up(KIND, FACTS)

    assert document.body == ("就行政处罚告知提出建议。", "（一）未告知。", "（二）无记录。", "1.改文书。", "2.建台账。")
    assert (document.mark, document.title, document.issuer) == ("温县人民法院", "司法建议书", "温县人民法院")
    assert document.present == (("出席", "未告知、无记录"),)


def test_rows_that_do_not_count_are_left_out() -> None:
    rows = [
        {"problem": "未告知", "kept": "列入"},
        {"problem": "无记录", "kept": "缓议"},
        {"problem": "超期限", "kept": ""},
    ]
    kind = replace(KIND, body="（{#}）{problems.problem}", only={"problems.kept": "列入"})

    assert drawn_up(kind, Facts(FACTS.words, {"problems": rows})).body == ("（一）未告知。", "（二）超期限。")


def test_what_must_be_known_is_left_blank() -> None:
    document = drawn_up(KIND, Facts({"issuer": "温县人民法院"}, {}))

    assert (document.addressees, document.body) == (BLANK, (f"就{BLANK}提出建议。",))
    assert blanks((document.addressees, *document.body)) == 2


def test_a_text_of_several_lines_gives_several_paragraphs_and_headings_get_no_full_stop() -> None:
    kind = DocumentKind("x", "函", Style.LETTER, body="一、{title}\n{reply}")
    facts = Facts({"issuer": "温县人民法院", "title": "情况", "reply": "已采纳。\n已整改"}, {})

    assert drawn_up(kind, facts).body == ("一、情况", "已采纳。", "已整改。")


def test_what_leads_to_a_list_is_left_out_with_the_list() -> None:
    kind = DocumentKind("x", "纪要", Style.MINUTES, body="如下：\n（{#}）{problems.problem}\n请注意：\n{title}")

    assert drawn_up(kind, replace(FACTS, rows={})).body == ("请注意：", "行政处罚告知。")


def test_a_writ_bears_the_number_of_its_case_until_a_move_numbers_it() -> None:
    kind = DocumentKind("x", "出庭通知书", Style.WRIT, number="{case_number}")
    facts = Facts({"issuer": "温县人民法院", "case_number": "（2026）豫0825行初12号"}, {})

    assert drawn_up(kind, facts).number == "（2026）豫0825行初12号"


def test_files_and_minutes_name_who_printed_them() -> None:
    kind = DocumentKind("notice", "通知", Style.FILE, heading="{issuer}关于{matter}的通知")

    assert drawn_up(kind, FACTS).printer == "温县人民法院"
    assert drawn_up(kind, FACTS).title == "通知"


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (
            DocumentKind("judicial-suggestion", "书", Style.WRIT, "judicial-suggestion", body="{money}"),
            "document-value",
        ),
        (DocumentKind("judicial-suggestion", "书", Style.WRIT, "judicial-suggestion", by="king"), "document-role"),
        (DocumentKind("x", "书", Style.WRIT, "judicial-suggestion", states=("nowhere",)), "document-state"),
        (DocumentKind("x", "书", Style.WRIT, "judicial-suggestion"), "document-unused"),
    ],
)
def test_a_faulty_kind_is_told(kind: DocumentKind, rule: str) -> None:
    assert [fault.rule for fault in faults(kind, SUGGESTION)] == [rule]


def test_a_kind_of_every_mechanism_names_only_what_every_matter_has() -> None:
    assert [fault.rule for fault in faults(DocumentKind("x", "函", Style.LETTER, body="{due}{court}"), None)] == [
        "document-value"
    ]


def test_a_library_with_a_faulty_document_does_not_load(tmp_path: Path) -> None:
    (tmp_path / "documents.toml").write_text('[letter]\ntitle = "函"\nstyle = "letter"\nbody = "{money}"\n')
    library = read()
    kinds = {(kind.mechanism, kind.key): kind for kind in read_kinds(tmp_path)}
    object.__setattr__(library, "document_kinds", kinds)

    with pytest.raises(DefinitionError, match="money"):
        library.require_proved()


def test_a_child_has_documents_of_its_own_and_those_of_all() -> None:
    keys = [kind.key for kind in catalogue.document_kinds("judicial-suggestion/answer")]

    assert keys == ["reply-letter", "reminder-letter", "letter", "notice", "overdue-letter"]
