"""Case numbers (案号) as courts write them: read by their grammar, spelled in the one form in which they are kept."""

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from fuyuantong.refusal import Refusal

PROVINCES: Final = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新兵军"
SUPREME: Final = "最高法"
LONGEST: Final = 60
RULE: Final = "法〔2015〕137号"


class BadCaseNumber(Refusal):
    """Say why a text is no case number."""

    key = "bad-case-number"
    title = "案号有误"


@dataclass(frozen=True, slots=True)
class CaseType:
    """
    A kind of case by the word that stands for it in numbers.

    `code` is the official code of four digits, empty where there is none; `is_litigation`: an administrative case
    that is tried.
    """

    word: str
    code: str
    group: str
    title: str
    instance: str
    is_litigation: bool
    source: str


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """
    A case number of the style in force since 2016, in its parts.

    `court` is the court's code (豫0825), `special` the word of a special jurisdiction (知), `part` what follows the
    number of one of several rulings (之一).
    """

    year: int
    court: str
    type: str
    serial: int
    special: str = ""
    part: str = ""

    def __str__(self) -> str:
        return f"（{self.year}）{self.court}{self.special}{self.type}{self.serial}号{self.part}"

    @property
    def of_case(self) -> str:
        """Return the number of the case itself, without the part."""
        return str(self).removesuffix(self.part) if self.part else str(self)

    @property
    def case_type(self) -> CaseType:
        """Return what kind of case it is."""
        return case_types()[self.type]


@dataclass(frozen=True, slots=True)
class OldCaseNumber:
    """A case number of a style before 2016, kept as it was written; nothing of it is read but the year."""

    text: str
    year: int

    def __str__(self) -> str:
        return self.text

    @property
    def of_case(self) -> str:
        """Return the form by which two ways of writing the same number are found to be one."""
        return opened(self.text)


AnyCaseNumber = CaseNumber | OldCaseNumber


@cache
def case_types() -> Mapping[str, CaseType]:
    """Return every kind of case by its word. Basis: 法〔2015〕137号, 法〔2018〕335号."""
    with (Path(__file__).parent / "types.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["word"]: CaseType(
            row["word"], row["code"], row["group"], row["title"], row["instance"], row["litigation"] == "yes",
            row["source"],
        )
        for row in rows
    }  # fmt: skip


@lru_cache(maxsize=1024)
def read_case_number(text: str) -> AnyCaseNumber:
    """
    Return a case number, written with whatever brackets, widths and spaces.

    Raises: `BadCaseNumber`, saying which part is wrong.
    Example: `(2023)豫0825行初12号` is （2023）豫0825行初12号.
    """
    plain = text
    found = _pattern().fullmatch(text)
    if found is None:
        plain = opened(text)
        found = _pattern().fullmatch(plain)
    if found:
        year, court, special, word, serial, part = found.groups(default="")
        return CaseNumber(int(year), court, word, int(serial), special, part)
    if old := _OLD.fullmatch(plain):
        return OldCaseNumber(text.strip(), int(old[1]))
    raise BadCaseNumber(
        f"“{text.strip()[:LONGEST]}”{_what_is_wrong(plain)}",
        basis=RULE,
        remedy="请写作（2023）豫0825行初12号；2016 年以前的照原样写，如（2013）温行初字第12号。",
        field="number",
    )


@cache
def _pattern() -> re.Pattern[str]:
    # the longest word first: 行审复 begins with 行审
    words = "|".join(sorted(case_types(), key=len, reverse=True))
    return re.compile(
        rf"（([0-9]{{4}})）({SUPREME}|[{PROVINCES}](?:[0-9]{{4}}|[0-9]{{2}})?)(知)?({words})([1-9][0-9]{{0,8}})号"
        r"(之[一二三四五六七八九十百]{1,5})?"
    )


_OLD: Final = re.compile(
    r"（([0-9]{4})）[^（）0-9\s]{1,16}字第[0-9]{1,9}(?:-[0-9]{1,3})?号(?:之[一二三四五六七八九十百]{1,5})?"
)
_BRACKETS: Final = str.maketrans({**dict.fromkeys("([〔【﹝", "（"), **dict.fromkeys(")]〕】﹞", "）")})
_SPACE: Final = re.compile(r"\s+")


def opened(text: str) -> str:
    """Return a text with digits and letters in half width, brackets in the one form, and no space."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).translate(_BRACKETS)


def _what_is_wrong(plain: str) -> str:
    if not plain:
        return "是空的"
    if not re.match(r"（[0-9]{4}）", plain):
        return "应以括号中的四位年份开头"
    court = re.match(rf"（[0-9]{{4}}）({SUPREME}|[{PROVINCES}](?:[0-9]{{4}}|[0-9]{{2}})?(?![0-9]))", plain)
    if court is None:
        return "的法院代字无法识别，应为省简称加两位或四位数字"
    rest = plain[court.end() :].removeprefix("知")
    word = re.match(r"[^0-9号]*", rest)
    found = word[0] if word else ""
    if found not in case_types():
        return f"的类型代字“{found[:8]}”不在案号规定之内"
    return "的编号应为不以 0 开头的数字，其后为“号”"
