"""What was typed into the editor, as a document."""

from dataclasses import replace

from django.http import QueryDict

from fuyuantong.documents.services import NotWhole
from fuyuantong.matters.services.words import said
from fuyuantong.typesetting.document import OfficialDocument, Style

LONGEST = 500
LONGEST_BODY = 30_000
FULL_COLON = "："


def typed(data: QueryDict, *, before: OfficialDocument) -> OfficialDocument:
    """Return the document as it was typed; what the editor does not show stays. Raises: `NotWhole`."""
    return replace(
        before,
        title="\n".join(_lines(data, "title", LONGEST)),
        mark=_text(data, "mark") or before.mark,
        number=_text(data, "number") if "number" in data else before.number,
        signer=_text(data, "signer") if before.style == Style.FILE else "",
        addressees=_text(data, "addressees"),
        body=tuple(_lines(data, "body", LONGEST_BODY)),
        enclosures=tuple(_lines(data, "enclosures", LONGEST_BODY)),
        present=tuple(_labelled(line) for line in _lines(data, "present", LONGEST_BODY)),
        note=_text(data, "note").strip("（）"),
        copies=_text(data, "copies"),
        printer=_text(data, "printer"),
    )


def _text(data: QueryDict, name: str) -> str:
    return " ".join(_lines(data, name, LONGEST))


def _lines(data: QueryDict, name: str, longest: int) -> list[str]:
    text = data.get(name, "")
    if not text.strip():
        return []
    words = said(text.replace("\r\n", "\n").replace("\t", " "), longest=longest, refusal=NotWhole, field=name)
    return [line.strip() for line in words.split("\n") if line.strip()]


def _labelled(line: str) -> tuple[str, str]:
    """Return 出席：甲某、乙某 in two; a line without a label is of those present."""
    label, colon, who = line.partition(FULL_COLON)
    return (label.strip(), who.strip()) if colon else ("出席", line)
