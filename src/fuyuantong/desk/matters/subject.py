"""The matter that a page is about, loaded once as its reader sees it, and what the person may do with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from fuyuantong.desk.forms.boxes import Desk
from fuyuantong.desk.organ_tags import OrganTag, organs_to_choose, tags_by_code
from fuyuantong.desk.visit import Visit
from fuyuantong.matters.console.labels import OrganNames, role_title
from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.models.party import COPIED, INNER
from fuyuantong.matters.models.record import InnerRecord, Record
from fuyuantong.matters.queries import MatterPage, attachments, inner_trail, matter_page, trail
from fuyuantong.matters.services.actors import MAY_ACT, MAY_SIGN
from fuyuantong.matters.services.nearness import shown_to, taking_part
from fuyuantong.matters.services.trail import Standing, situation_of
from fuyuantong.matters.sight import Reader
from fuyuantong.organs.vocabulary import Branch
from fuyuantong.protocol import Mechanism
from fuyuantong.protocol.fold import Situation

_PARTS = {COPIED: "抄送", INNER: "起草"}


@dataclass
class Subject:
    """
    A matter as its reader sees it.

    `acts_for` is the organ for which the person would act on it: the own organ, or the holder that is not on line.
    """

    visit: Visit
    reader: Reader
    page: MatterPage
    standing: Standing

    @property
    def mechanism(self) -> Mechanism:
        """Return the declaration that the matter follows."""
        return self.standing.mechanism

    @property
    def situation(self) -> Situation:
        """Return the matter as its records tell it."""
        return self.standing.situation

    @property
    def uid(self) -> UUID:
        """Return its id."""
        return self.page.matter.uid

    @cached_property
    def records(self) -> list[Record]:
        """Return the records shown to the reader."""
        return trail(self.reader, self.uid)

    @cached_property
    def gave_last(self) -> dict[str, Record]:
        """Return for each value the record shown to the reader that gave it last."""
        return {key: record for record in self.records for key in record.values}

    @cached_property
    def inner(self) -> list[InnerRecord]:
        """Return what the own organs keep to themselves."""
        return inner_trail(self.reader, self.uid)

    @cached_property
    def attachments(self) -> list[Attachment]:
        """Return the files shown to the reader."""
        return attachments(self.reader, self.uid)

    @cached_property
    def tags(self) -> "Tags":
        """Return the tags of organs by code, looked up as they are asked for."""
        return Tags(self.visit)

    @cached_property
    def names(self) -> OrganNames:
        """Return the short names of organs."""
        return OrganNames(on=self.visit.today)

    @cached_property
    def world(self) -> DatabaseWorld:
        """Return the world as it is today."""
        return DatabaseWorld(on=self.visit.today)

    @cached_property
    def desk(self) -> Desk:
        """Return what boxes are made of."""
        files = {bytes(found.blob_id).hex(): found.name for found in self.attachments}
        return Desk(organs_to_choose(self.page.matter.region_code, on=self.visit.today), files)

    @cached_property
    def own(self) -> OrganTag | None:
        """Return the own organ for which the person acts here: the holder if it is one of several, else the chosen."""
        own = {organ.code: organ for organ in self.visit.person.organs}
        return own.get(self.situation.holder) or self.visit.person.organ

    @cached_property
    def absent(self) -> OrganTag | None:
        """Return the holder, when it is not on line and the person may enter for it what came on paper."""
        holder, own = self.page.matter.holder, self.own
        if own is None or holder is None or holder.online or self.situation.closed or own.code == holder.code:
            return None
        near = own.code in taking_part(self.situation) or own.code in self.world.related(
            holder.code, "office_of", on=self.visit.today
        )
        return self.tags[holder.code] if near else None

    def parts(self) -> dict[str, list[str]]:
        """
        Return the codes of those who take part now, by what they are: as they came in, who is only copied last.
        """
        here = [party for party in self.page.parties if party.until_seq is None]
        parts: dict[str, list[str]] = {}
        playing = {party.organ.code for party in here if party.role not in (COPIED, INNER)}
        only = (party for party in here if party.role != COPIED or party.organ.code not in playing)
        for party in sorted(only, key=lambda party: party.role == COPIED):
            title = _PARTS.get(party.role) or role_title(self.mechanism, party.role, otherwise="办理")
            if party.organ.code not in parts.setdefault(title, []):
                parts[title].append(party.organ.code)
        return parts

    @property
    def acts_for(self) -> str:
        """Return the code of the organ whose act it would be."""
        return self.absent.code if self.absent else (self.own.code if self.own else "")

    @property
    def has_turn(self) -> bool:
        """Tell whether the person may make the holder's moves."""
        return not self.situation.closed and bool(self.acts_for) and self.acts_for == self.situation.holder

    @property
    def takes_part(self) -> bool:
        """Tell whether the own organ is one of those to which the matter is shown for themselves."""
        return self.own is not None and self.own.code in shown_to(self.situation)

    def may(self, kinds: Iterable[str] = MAY_ACT) -> bool:
        """Tell whether the person holds, in the organ for which it acts, a post of one of these kinds."""
        wanted = set(kinds)
        return self.own is not None and any(
            post.organ_id == self.own.id and post.kind in wanted for post in self.visit.person.posts
        )

    @property
    def may_sign(self) -> bool:
        """Tell whether the person may sign for the organ."""
        return self.may(MAY_SIGN)


class Tags:
    """The tags of organs by code; one that has no name today is shown by its code."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._known: dict[str, OrganTag] = {}

    def learn(self, codes: Iterable[str]) -> None:
        """Look up several organs at once."""
        unknown = {code for code in codes if code and code not in self._known}
        if unknown:
            self._known.update({code: OrganTag(0, code, code, Branch.OTHER) for code in unknown})
            self._known.update(tags_by_code(unknown, on=self._visit.today))

    def __getitem__(self, code: str) -> OrganTag:
        self.learn((code,))
        return self._known[code]


def subject_of(visit: Visit, reader: Reader, uid: UUID) -> Subject:
    """Return a matter that the reader sees. Raises: `NoSuchMatter`."""
    page = matter_page(reader, uid)
    row = page.matter
    return Subject(visit, reader, page, Standing(row, declared(row.mechanism, row.declaration_id), situation_of(row)))
