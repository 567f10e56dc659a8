"""A reading as the form that `fyt plan read --json` prints."""

from collections.abc import Mapping

from fuyuantong.reading.unit_lists import named
from fuyuantong.reading.values import Due, Obligation, Reading, Span, Target


def as_form(reading: Reading) -> Mapping[str, object]:
    """Return the reading as values that JSON knows."""
    front = reading.front
    return {
        "title": front.title,
        "doc_number": front.doc_number,
        "issuers": list(front.issuers),
        "issued_on": front.issued_on.isoformat() if front.issued_on else None,
        "doc_kind": front.kind.value,
        "text_digest": reading.digest,
        "levels": [
            {
                "clause": heading.clause,
                "level": heading.level,
                "number": heading.number,
                "text": heading.title,
                "span": _span(heading.span),
            }
            for heading in reading.headings
        ],
        "sentences": [
            {
                "span": _span(sentence.span),
                "clause": sentence.clause,
                "kind": sentence.kind.value,
                "rule": sentence.rule,
                "obligations": list(sentence.obligations),
            }
            for sentence in reading.sentences
        ],
        "obligations": [_obligation(found, reading.text) for found in reading.obligations],
        "standing": [_obligation(found, reading.text) for found in reading.standing],
    }


def _obligation(found: Obligation, text: str) -> Mapping[str, object]:
    return {
        "clause": found.clause,
        "text": found.span.of(text),
        "span": _span(found.span),
        "part": _span(found.part),
        "lead": list(named(found.lead)),
        "units": list(named(found.units)),
        "unit_spans": [_span(unit.span) for unit in found.units],
        "open_list": found.is_open_list,
        "due": _due(found.due),
        "targets": [_target(target) for target in found.targets],
        "modality": found.modality.value,
        "carried": found.is_carried,
        "rule": found.rule,
    }


def _due(due: Due) -> Mapping[str, object]:
    within = due.within
    return {
        "type": due.type.value,
        "date": due.on.isoformat() if due.on else None,
        "period": due.period.value if due.period else None,
        "times": due.times,
        "window": due.window or None,
        "within": {"length": within.length, "unit": within.unit, "trigger": within.trigger} if within else None,
        "raw": due.raw or None,
        "span": _span(due.span) if due.span else None,
    }


def _target(target: Target) -> Mapping[str, object]:
    value = target.value
    return {
        "indicator": target.indicator,
        "op": target.operator.value,
        "value": int(value) if value is not None and value.is_integer() else value,
        "unit": target.unit,
        "span": _span(target.span),
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]
