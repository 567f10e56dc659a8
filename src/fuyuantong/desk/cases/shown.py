"""What is kept of a case, in the words of people."""

from typing import Any, Final

from fuyuantong.docket.appearances import Finding
from fuyuantong.docket.outcomes import outcomes
from fuyuantong.registers.cases.columns import BY_KEY, PASSED_TITLES

EVENTS: Final = {"entered": "登记", "corrected": "更正", "reopened": "撤销结案", "told": "由事项登记", **PASSED_TITLES}
NOTHING: Final = "（无）"


def outcome_title(code: str) -> str:
    """Return how a case ended."""
    return outcomes()[code].title if code in outcomes() else code


def finding_word(finding: str) -> str:
    """Return what was found of a head."""
    return Finding(finding).word


def changes_of(changes: dict[str, list[Any]]) -> list[tuple[str, str, str]]:
    """Return what an event changed: title, before, after, in the order of the columns."""
    return [
        (column.title, said(key, changes[key][0]), said(key, changes[key][1]))
        for key, column in BY_KEY.items()
        if key in changes
    ]


def said(key: str, value: Any) -> str:
    """Return one value as it would be written in a table."""
    if value is None:
        return NOTHING
    if key == "outcome":
        return outcome_title(value)
    if key == "passed":
        return PASSED_TITLES.get(value, value)
    if key == "heads":
        return "／".join("；".join(finding_word(each) if each else "—" for each in hearing) for hearing in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(each or "—" for each in value)
    return str(value)


def written(key: str, value: Any) -> str:
    """Return one value as a person would type it."""
    if key == "heads":
        return "／".join("；".join(finding_word(each) if each else "" for each in hearing) for hearing in value)
    if isinstance(value, list):
        return "；".join(each or "" for each in value)
    return said(key, value)
