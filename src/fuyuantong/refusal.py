"""The one base of every refusal: what is wrong, where, by which rule, and what to do, in Chinese."""

from collections.abc import Mapping

LONGEST = 4_000  # characters that a refusal repeats of what it was handed


class Refusal(Exception):
    """
    Say no in words that an official can act upon.

    A subclass sets `title` and `key` once, and `remedy` where one serves every case, and stands beside the function
    that raises it; `detail`, `basis` and a `remedy` of its own are given when raised. Pages and the API show the same
    five values (RFC 9457).
    """

    key = "refused"
    title = "不予办理"
    remedy = ""

    def __init__(self, detail: str, *, basis: str = "", remedy: str = "", field: str = "") -> None:
        self.reword(detail)
        self.basis = basis
        self.remedy = remedy or type(self).remedy
        self.field = field[:LONGEST]

    def reword(self, detail: str) -> None:
        """Say the detail in other words."""
        self.detail = detail if len(detail) <= LONGEST else f"{detail[:LONGEST]}…"
        self.args = (f"{self.title}：{self.detail}",)

    def as_problem(self) -> Mapping[str, str]:
        """Return the members of an RFC 9457 problem; empty ones are left out."""
        members = {
            "type": f"urn:fuyuantong:refusal:{self.key}",
            "title": self.title,
            "detail": self.detail,
            "basis": self.basis,
            "remedy": self.remedy,
            "field": self.field,
        }
        return {name: value for name, value in members.items() if value}


class Concealed(Refusal):
    """
    Refuse a read without telling whether there is anything to read.

    The answer is the same for what there is not and for what one may not see; who asked is put on the security log.
    """
