"""What a court finds of the head of an organ that was sued, at one hearing (法释〔2020〕3号)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Finding(StrEnum):
    """出庭, by whom; or not, and why."""

    APPEARED = "appeared"
    PRINCIPAL = "principal"
    EXCUSED = "excused"
    ABSENT = "absent"
    DEEMED_ABSENT = "deemed-absent"
    LEFT_EARLY = "left-early"
    SILENT = "silent"

    @property
    def word(self) -> str:
        """Return the finding as courts say it."""
        return _WORDS[self]

    @property
    def is_attendance(self) -> bool:
        """Tell whether it counts as having appeared."""
        return self in (Finding.APPEARED, Finding.PRINCIPAL)


_WORDS: Final[Mapping[Finding, str]] = {
    Finding.APPEARED: "出庭",
    Finding.PRINCIPAL: "正职出庭",
    Finding.EXCUSED: "有正当理由未出庭",
    Finding.ABSENT: "未出庭",
    Finding.DEEMED_ABSENT: "视为未出庭",
    Finding.LEFT_EARLY: "中途退庭",
    Finding.SILENT: "拒绝说明",
}

FINDINGS_BY_WORDS: Final[Mapping[str, Finding]] = {
    **{word: finding for finding, word in _WORDS.items()},
    "是": Finding.APPEARED,
    "副职出庭": Finding.APPEARED,
    "否": Finding.ABSENT,
    "无正当理由未出庭": Finding.ABSENT,
    "未经许可中途退庭": Finding.LEFT_EARLY,
    "拒绝解释说明致庭审无法进行": Finding.SILENT,
}
