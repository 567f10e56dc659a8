"""Figures that were reported by hand, beside what the register of cases has: shown, never put in."""

from collections.abc import Mapping
from dataclasses import dataclass

from fuyuantong.desk.matters.subject import Subject
from fuyuantong.matters.place_settings import settings_of
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Organ
from fuyuantong.plans.periods import days_of
from fuyuantong.protocol import Choice, Figures, Json, Mechanism
from fuyuantong.protocol.offers import offers
from fuyuantong.protocol.values import field_of
from fuyuantong.registers.cases.figures import FIGURES, WHY_NOT, Asked, Days, Line, keeps_cases

UNREADABLE = "报送期不是季度、半年、年度或月份，无法对应到登记的案件"
NO_CASES = "报送单位没有登记案件"
UNKNOWN = "系统没有这一指标的口径"


@dataclass(frozen=True)
class Compared:
    """One figure: as reported, as the register has it, how that is reckoned or why it cannot be."""

    name: str
    reported: str
    reckoned: str
    told: str
    differs: bool


def compared_of(subject: Subject) -> list[Compared]:
    """Return the figures of a matter beside those of the register; none where the declaration compares none."""
    figures = subject.mechanism.figures
    if figures is None or not subject.takes_part:
        return []
    rows = subject.situation.values.get(figures.rows)
    reported = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    if not reported and not _is_asked(subject, figures.rows):
        return []
    asked, why_not = _asked(subject, figures)
    named = {str(row[figures.name]) for row in reported}
    blank = [{figures.name: name} for name in _names(subject.mechanism, figures) if name not in named]
    return [_compared(figures, row, asked, why_not) for row in [*reported, *blank]]


def _is_asked(subject: Subject, key: str) -> bool:
    """Tell whether what the holder may do now asks for the table."""
    return any(
        key in offer.move.asks for offer in offers(subject.mechanism, subject.situation, today=subject.visit.today)
    )


def _names(mechanism: Mechanism, figures: Figures) -> tuple[str, ...]:
    column = field_of(mechanism, f"{figures.rows}.{figures.name}")
    return column.options if isinstance(column, Choice) else ()


def _asked(subject: Subject, figures: Figures) -> tuple[Asked | None, str]:
    """Return whose figures of which time are to be reckoned, or why none can be."""
    days = days_of(str(subject.situation.values.get(figures.period, "")))
    if days is None:
        return None, UNREADABLE
    organ = Organ.objects.get(code=subject.situation.organs_of(figures.by)[0])
    with acting():
        if not keeps_cases(organ.pk):
            return None, NO_CASES
    return Asked(organ.pk, Days(*days), settings_of(organ.region_code).losses(on=days[1])), ""


def _compared(figures: Figures, row: Mapping[str, Json], asked: Asked | None, why_not: str) -> Compared:
    name = str(row[figures.name])
    reported = f"{row[figures.above]} / {row[figures.below]}" if figures.above in row else ""
    known = FIGURES.get(name)
    if known is None or asked is None:
        return Compared(name, reported, "", WHY_NOT.get(name, UNKNOWN) if known is None else why_not, differs=False)
    with acting():  # a count names no case; which of them a person sees is for the list
        line = known.reckon(asked)
    differs = bool(reported) and Line(_whole(row, figures.above), _whole(row, figures.below)) != line
    return Compared(name, reported, f"{line.above} / {line.below}", known.told, differs)


def _whole(row: Mapping[str, Json], key: str) -> int:
    value = row.get(key)
    return value if isinstance(value, int) else -1
