"""搜索: matters by number, title, organs, case number and what was written in them, as far as one sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from fuyuantong.catalogue import MECHANISMS
from fuyuantong.desk.ledger.asked import Asked, spelled, understood
from fuyuantong.desk.ledger.marking import marked, snippets
from fuyuantong.desk.lines import Line, lines_of
from fuyuantong.desk.seen_matters import SeenMatter, seen_matter
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.ledger import LedgerRow, listed, patience, total
from fuyuantong.matters.ledger_query import Box, check_text
from fuyuantong.matters.models.party import Party
from fuyuantong.matters.models.words import MatterWords
from fuyuantong.matters.queries import matters_with_secret
from fuyuantong.matters.services.secrets import mac_of, secret_fields
from fuyuantong.matters.sight import Reader
from fuyuantong.organs.models import OrganName
from fuyuantong.organs.queries import organs_named
from fuyuantong.refusal import Refusal

SIZE: Final = 20
PHASES: Final = (("", "全部"), ("0", "在办"), ("1", "已办结"))


@dataclass(frozen=True, slots=True)
class Hit:
    """A matter that was found, and where the words stand in it."""

    line: Line
    title: SafeString
    number: SafeString
    organs: tuple[SafeString, ...]
    places: tuple[SafeString, ...]


@require_safe
@at_desk
def search(visit: Visit) -> HttpResponse:
    """Show what is found, the newest first, twenty at a time."""
    given = Asked.read(visit.request.GET)
    asked = Asked(q=given.q, phase=given.phase, after=given.after, before=given.before)
    found: dict[str, Any] = {}
    with visit.reading() as reader:
        if asked.q:
            try:
                with patience():
                    found = _found(visit, reader, asked)
            except Refusal as refusal:
                found = {"refusal": refusal}
        phases = [
            {"title": title, "address": asked.address(phase=key), "current": key == asked.phase}
            for key, title in PHASES
        ]
        context = {"asked": asked, "here": asked.address(), "phases": phases, **found}
        return visit.listing("desk/ledger/hits.html", "desk/ledger/search.html", context)


def _found(visit: Visit, reader: Reader, asked: Asked) -> dict[str, Any]:
    question = understood(asked, holder=None, today=visit.today)
    words = check_text(asked.q)
    page = listed(reader, box=Box.LEDGER, filters=question.filters, after=question.place, size=SIZE)
    return {
        "hits": _hits(page.rows, words, visit),
        "exact": [] if asked.after or asked.before else _exactly(reader, asked),
        "total": page.whole or total(reader, filters=question.filters),
        "next": asked.address(after=spelled(page.after)) if page.after else "",
        "previous": asked.address(before=spelled(page.before)) if page.before else "",
    }


def _exactly(reader: Reader, asked: Asked) -> list[tuple[str, SeenMatter]]:
    """Return the matters in which a secret is just what was typed: its keyed hash is found, the secret is not read."""
    return [
        (title, seen_matter(row))
        for kind, title in secret_fields(MECHANISMS.values()).items()
        for row in matters_with_secret(reader, kind=kind, mac=mac_of(kind, asked.q))[:SIZE]
        if asked.phase in ("", str(row.phase))
    ]


def _hits(rows: Sequence[LedgerRow], words: Sequence[str], visit: Visit) -> list[Hit]:
    ids = [row.id for row in rows]
    texts = dict(MatterWords.objects.filter(pk__in=ids).values_list("matter_id", "text"))
    names = _names_in(ids, words, on=visit.today)
    return [
        Hit(
            line,
            marked(line.title, words),
            marked(line.number, words),
            tuple(marked(name, words) for name in names.get(row.id, ())),
            tuple(snippets(texts.get(row.id, ""), words, beside=(line.title, line.number))),
        )
        for row, line in zip(rows, lines_of(rows, now=visit.now), strict=True)
    ]


def _names_in(ids: Sequence[int], words: Sequence[str], *, on: date) -> dict[int, list[str]]:
    """Return, for each matter, the organs in it by which it was found: under the name that bears the words."""
    named = {organ for word in words for organ in organs_named(word)}
    if not named:
        return {}
    parts = Party.objects.filter(matter_id__in=ids, organ_id__in=named, until_seq=None)
    pairs = sorted(set(parts.values_list("matter_id", "organ_id")))
    shown = _names_of({organ for _, organ in pairs}, words, on=on)
    found: dict[int, list[str]] = {}
    for matter, organ in pairs:
        if organ in shown:
            found.setdefault(matter, []).append(shown[organ])
    return found


def _names_of(organs: set[int], words: Sequence[str], *, on: date) -> dict[int, str]:
    """Return the name of each organ that bears a word; of a former one also what it is called today."""
    today: dict[int, str] = {}
    bearing: dict[int, str] = {}
    for name in OrganName.objects.filter(organ_id__in=organs).order_by("valid"):
        current = name.valid.lower <= on and (name.valid.upper is None or on < name.valid.upper)
        if current:
            today[name.organ_id] = name.full
        if any(word.lower() in f"{name.full} {name.short}".lower() for word in words):
            full = name.full if any(word.lower() in name.full.lower() for word in words) else name.short
            bearing[name.organ_id] = full if current else f"{full}（原名）"
    return {
        organ: name if organ not in today or "（原名）" not in name else f"{name}，现 {today[organ]}"
        for organ, name in bearing.items()
    }
