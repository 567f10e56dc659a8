"""Handover: what one matter gives to another that it opens or asks, and whether that is enough."""

from collections.abc import Iterable

from tests.oracles.board import Board, Situation
from tests.oracles.rulebook import Rulebook, Word


class Handover:
    """Look at everything that is carried out of a situation into an entry of another declaration."""

    def __init__(self, board: Board) -> None:
        self.board, self.book = board, board.book

    def hands_over(
        self,
        child: Rulebook,
        entry: Word,
        carry: Word,
        there: Situation,
        *,
        where: str,
        rows: str,
        by_itself: Iterable[str] = (),
    ) -> None:
        """Look whether the entry gets every role and field that it counts on."""
        for target in {entry["by"], *entry.get("carried", [])} - set(by_itself):
            if target not in carry:
                self.board.note("opening", f"{where} → {child.key}: {target} is not carried", there)
        sources = {**{role: role for role in set(by_itself) & set(self.book.roles)}, **carry}
        for one, other in child.apart():
            if sources.get(one, one) == sources.get(other, other) and sources.get(one) in self.book.roles:
                self.board.note("clash", f"{where} → {child.key}: {one} and {other}", there)
        for target, source in carry.items():
            if target not in child.roles and target not in child.fields:
                self.board.note("unknown", f"{where} → {child.key}: {target}", there)
            elif not self._suits(child, target, source, rows):
                self.board.note("unknown", f"{where} → {child.key}: {target} from {source}", there, grave=False)
            elif not self._has(source, there, rows):
                grave = target in {entry["by"], *entry.get("carried", [])}
                self.board.note("opening", f"{where} → {child.key}: {target} from {source}", there, grave=grave)

    def _suits(self, child: Rulebook, target: str, source: str, rows: str) -> bool:
        """Tell whether the source is of the sort that the target takes; where it is hard to tell, it is."""
        columns = {f"row.{c['key']}": c["word"] for c in self.book.fields.get(rows, {}).get("columns", [])}
        sorts = {key: field["word"] for key, field in self.book.fields.items()} | columns
        given = "Organ" if source in self.book.roles else sorts.get(source, "")
        wanted = "Organ" if target in child.roles else child.fields[target]["word"]
        organs = ("Organ", "Organs")
        return (
            not given
            or given == wanted
            or (given in organs and wanted in organs)
            or (given, wanted) == ("Choice", "Text")
        )

    def _has(self, source: str, there: Situation, rows: str) -> bool:
        if source.startswith("="):
            return True
        if source.startswith("row."):
            columns = self.book.fields.get(rows, {}).get("columns", [])
            return source.removeprefix("row.") in {column["key"] for column in columns}
        return self.names_organs(source, there) or source in there.given

    def names_organs(self, name: str, there: Situation) -> bool:
        """Tell whether a role, a field, a relation of one or a setting gives organs by now."""
        relation, colon, source = name.rpartition(":")
        if relation == "setting":
            return True
        named = source if colon else name
        return self.board.is_bound(named, there) or (named in self.book.fields and self.board.is_legible(named, there))
