"""What a reading consists of: values without behaviour, each pointing to the characters it was read from."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, order=True)
class Span:
    """
    Say where something stands in the normalised text.

    Unit: characters from the beginning; `end` is the first one that no longer belongs to it.
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters it points to."""
        return text[self.start : self.end]

    def moved(self, by: int) -> "Span":
        """Return it as many characters further on."""
        return Span(self.start + by, self.end + by)

    def covers(self, other: "Span") -> bool:
        """Say whether the other lies inside it."""
        return self.start <= other.start and other.end <= self.end


class SentenceKind(StrEnum):
    """Say what a sentence of a plan is."""

    DUTY = "duty"
    DEFINITION = "definition"
    CONTEXT = "context"
    NEEDS_HUMAN = "needs-a-human"

    @property
    def word(self) -> str:
        """Return the kind as people call it."""
        return {"duty": "任务", "definition": "定义", "context": "背景表述", "needs-a-human": "待人工判断"}[self.value]


class Modality(StrEnum):
    """Say with what force a duty is laid down."""

    MUST = "must"
    MAY = "may"
    ADVISE = "advise"


class DueType(StrEnum):
    """Say by what an obligation falls due."""

    DATE = "date"
    PERIOD = "period"
    LONG_TERM = "long_term"
    NONE = "none"


class Period(StrEnum):
    """Name the cycle in which an obligation recurs."""

    DAY = "day"
    WEEK = "week"
    TEN_DAYS = "ten_days"
    MONTH = "month"
    TWO_MONTHS = "two_months"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    TWO_YEARS = "two_years"


@dataclass(frozen=True)
class Within:
    """Keep a term that runs from an event which the plan names: 收到之日起二日内."""

    length: int
    unit: str
    trigger: str


@dataclass(frozen=True, kw_only=True)
class Due:
    """Say when an obligation falls due, and in which words the document says it."""

    type: DueType = DueType.NONE
    on: date | None = None
    period: Period | None = None
    times: int | None = None
    window: str = ""
    within: Within | None = None
    raw: str = ""
    span: Span | None = None


@dataclass(frozen=True)
class Unit:
    """Name one responsible unit as the document writes it."""

    name: str
    span: Span


class Operator(StrEnum):
    """Say how a target compares."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="
    DECREASE = "decrease"
    INCREASE = "increase"
    REPORT = "report"


@dataclass(frozen=True)
class Target:
    """
    Name a figure to be reached or reported.

    Unit: `value` in `unit` as printed (% is 0 to 100); None where no level is set.
    """

    indicator: str
    operator: Operator
    value: float | None
    unit: str | None
    span: Span


@dataclass(frozen=True, kw_only=True)
class Obligation:
    """
    Say what one or more units owe.

    `span` is the sentence or item as printed, `part` the stretch of it that is this obligation, `rule` the rule of
    the grammar that found it. A carried obligation takes its units from the stem, heading or clause before it.
    """

    clause: str
    span: Span
    part: Span
    units: tuple[Unit, ...] = ()
    lead: tuple[Unit, ...] = ()
    due: Due = field(default_factory=Due)
    targets: tuple[Target, ...] = ()
    modality: Modality = Modality.MUST
    is_open_list: bool = False
    is_carried: bool = False
    rule: str


@dataclass(frozen=True)
class Heading:
    """Name one numbered place of the document. `title` is empty for an item that is all text."""

    clause: str
    level: int
    number: str
    title: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """Say what one sentence is and by which rule."""

    span: Span
    clause: str
    kind: SentenceKind
    rule: str
    obligations: tuple[int, ...] = ()


class DocumentKind(StrEnum):
    """Say what sort of text was read."""

    PLAN = "plan"
    RULES = "rules"
    NEWS = "news"


@dataclass(frozen=True, kw_only=True)
class Front:
    """Keep what stands on the first page: whose document it is, of when, under which number."""

    title: str = ""
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    issued_on: date | None = None
    kind: DocumentKind = DocumentKind.PLAN


@dataclass(frozen=True, kw_only=True)
class Reading:
    """
    Keep all that was read from one document.

    `digest` is the SM3 of `text`, to which all spans point. `standing` holds duties that a document with assigned
    items lays down beside them (保障措施, acts named inside an item): real, but no rows of its task list.
    """

    text: str
    digest: str
    front: Front
    headings: tuple[Heading, ...]
    sentences: tuple[Sentence, ...]
    obligations: tuple[Obligation, ...]
    standing: tuple[Obligation, ...] = ()
