"""What an official document says, apart from how it looks; the one description from which PDF and Word are made."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any


class Style(StrEnum):
    """The layouts: three of GB/T 9704—2012, and the one of courts' and procuratorates' own forms."""

    FILE = "file"
    LETTER = "letter"
    MINUTES = "minutes"
    WRIT = "writ"


STYLE_TITLES = {
    Style.FILE: "文件格式",
    Style.LETTER: "信函格式",
    Style.MINUTES: "纪要格式",
    Style.WRIT: "法律文书格式",
}


@dataclass(frozen=True)
class OfficialDocument:
    """
    One document.

    `mark` is the issuer as it stands at the head: in red (…文件, …纪要), or above the name of a writ. Lines of `title`
    are kept apart. `body`: a paragraph each; 一、 （一） 1. （1） at its beginning tell its level. `present`: 出席, 请假,
    列席 and who they were. An empty value leaves its element out.
    """

    style: Style
    mark: str
    title: str
    body: tuple[str, ...]
    issuer: str
    number: str = ""
    signer: str = ""
    addressees: str = ""
    enclosures: tuple[str, ...] = ()
    signed_on: date | None = None
    note: str = ""
    present: tuple[tuple[str, str], ...] = ()
    copies: str = ""
    printer: str = ""
    printed_on: date | None = None

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        return {key: _plain(value) for key, value in asdict(self).items()}


def from_data(data: Mapping[str, Any]) -> OfficialDocument:
    """Return the document that `as_data` told; what a later version does not know is left out."""
    known = {found.name for found in fields(OfficialDocument)}
    given = {key: value for key, value in data.items() if key in known}
    for key in ("signed_on", "printed_on"):
        given[key] = date.fromisoformat(given[key]) if given.get(key) else None
    for key in ("body", "enclosures"):
        given[key] = tuple(given.get(key, ()))
    given["present"] = tuple((str(label), str(who)) for label, who in given.get("present", ()))
    return OfficialDocument(**{**given, "style": Style(given["style"])})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.value if isinstance(value, Style) else value
