"""Putting a world of the oracle into the database, and reading it back by every path."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import connection
from tests.builders import LONG_AGO, NOW, a_region, a_tenure, an_account, an_organ
from tests.matter_rows import Part, a_matter, a_slip, an_attachment, an_inner_record, append

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.ledger import Keyset, copied_to, counts, ledger, sent_by, to_do, total
from fuyuantong.matters.ledger_query import Filters, Sort
from fuyuantong.matters.models.link import Link
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.models.secret import Blind
from fuyuantong.matters.queries import (
    NoSuchFile,
    NoSuchMatter,
    attachment,
    attachments,
    inner_trail,
    matter_page,
    matters_with_secret,
    slips,
    trail,
)
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import Reader, visible_to
from fuyuantong.matters.why_visible import why_visible
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.services import relate
from fuyuantong.organs.staffing import close_account, cover
from fuyuantong.organs.vocabulary import PostKind, RelationKind
from fuyuantong.seal.digest import sm3

MAC = sm3(b"one and the same person")


@dataclass
class Installed:
    """The rows that stand for the names of a world."""

    organs: dict[str, Organ] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)
    matters: dict[str, Matter] = field(default_factory=dict)
    slips: dict[str, dict] = field(default_factory=dict)
    files: dict[str, dict] = field(default_factory=dict)
    text: dict[str, str] = field(default_factory=dict)


def moment(day: int) -> datetime:
    """Return nine o'clock of the day that a number of the oracle stands for; 100 is today."""
    return datetime.combine(NOW.date() + timedelta(days=day - 100), time(9), SHANGHAI)


def install(world: dict) -> Installed:
    """Write a world through the services of the directory and the builders of matters."""
    made = Installed()
    for name, organ in world["organs"].items():
        a_region(organ["region"])
        superior = made.organs.get(organ["superior"] or "")
        made.organs[name] = an_organ(f"{organ['region']}-{name}", under=superior)
    for office, region in world["offices"].items():
        served = next(name for name in world["organs"] if world["organs"][name]["region"] == region and name != office)
        relate(
            made.organs[office], RelationKind.OFFICE_OF, made.organs[served], effective_on=LONG_AGO, by=None, now=NOW
        )
    _install_people(world, made)
    for name, matter in world["matters"].items():
        _install_matter(name, matter, made)
    _install_links(world, made)
    return made


def _install_people(world: dict, made: Installed) -> None:
    tenures = {}
    for name, person in world["people"].items():
        made.people[name] = account = an_account()
        for index, post in enumerate(person["posts"]):
            tenures[name, index] = a_tenure(
                made.organs[post["organ"]],
                kind=PostKind(post["kind"]),
                account=account,
                since=_day(post["from"]),
                until=post["to"] and _day(post["to"]),
            )
    for name, person in world["people"].items():
        for one in person["covers"]:
            span = {"since": moment(one["from"]), "until": moment(one["to"])}
            cover(tenures[one["of"], one["post"]], to_account=made.people[name], **span, by=None, now=NOW)
    for name, person in world["people"].items():
        if not person["open"]:
            close_account(made.people[name], by=None, now=NOW)
            made.people[name].refresh_from_db()


def _install_matter(name: str, matter: dict, made: Installed) -> None:
    made.text[name] = f"独有字样{name}"
    made.matters[name] = row = a_matter(
        *(Part(made.organs[part["organ"]], part["role"], part["from"], part["until"]) for part in matter["parties"]),
        holder=made.organs[matter["holder"]],
        initiator=made.organs[matter["initiator"]],
        phase=Phase.OPEN if matter["open"] else Phase.CLOSED,
        title=f"关于{made.text[name]}的函",
        records=matter["records"] - 1,
    )
    by, behalf = matter["proxy"] or (matter["initiator"], None)
    with acting():
        told = {"organ": made.organs[by].code, "on_behalf_of": made.organs[behalf].code if behalf else ""}
        append(row, **told)
        Blind.objects.create(kind="person", mac=MAC, matter=row)
    made.slips[name] = {
        a_slip(row, made.organs[slip["organ"]], admitted_seq=slip["admitted"]).pk: key
        for key, slip in matter["slips"].items()
    }
    made.files[name] = {
        an_attachment(
            row, seq=file["seq"], sensitive=file["sensitive"], inner_of=made.organs.get(file["inner_of"] or "")
        ).pk: key
        for key, file in matter["files"].items()
    }
    for organ in matter["inner"]:
        an_inner_record(row, made.organs[organ])


def _install_links(world: dict, made: Installed) -> None:
    rows = list(made.matters.values())
    with acting():
        for left, right in world["links"]:
            if left < right < len(rows):
                Link.objects.create(from_uid=rows[left].uid, to_uid=rows[right].uid, kind="child")


def _day(number: int) -> date:
    return moment(number).date() if number >= 90 else LONG_AGO


def seen_by_lists(reader: Reader, made: Installed) -> dict[str, set[str]]:
    """Return, for every path that answers with matters, the names that it gives; paged one by one where it pages."""
    names = {matter.pk: name for name, matter in made.matters.items()}
    pages = {
        "ledger": lambda after: ledger(reader, after=after, size=1),
        "ledger by due": lambda after: ledger(reader, sort=Sort.DUE, after=after, size=1),
        "to do": lambda after: to_do(reader, after=after, size=1),
        "sent": lambda after: sent_by(reader, after=after, size=1),
        "copied": lambda after: copied_to(reader, after=after, size=1),
    }
    found = {path: {names[row_id] for row_id in _walk(page)} for path, page in pages.items()}
    found["search"] = {
        name
        for name, text in made.text.items()
        if [row.id for row in ledger(reader, filters=Filters(text=text)).rows] == [made.matters[name].pk]
    }
    found["single"] = {name for name, matter in made.matters.items() if _opens(matter_page, reader, matter.uid)}
    found["predicate"] = {names[pk] for pk in visible_to(reader).values_list("pk", flat=True)}
    found["why"] = {name for name, matter in made.matters.items() if why_visible(reader, matter.uid).visible}
    found["secret"] = {names[row.pk] for row in matters_with_secret(reader, kind="person", mac=MAC)}
    return found


def seen_by_counts(reader: Reader) -> dict[str, int]:
    """Return the totals and counts, by the path whose list they count."""
    home = counts(reader)
    return {
        "ledger": total(reader).n,
        "ledger by due": total(reader, sort=Sort.DUE).n,
        "to do": home.to_do.n,
    }


def seen_in_matter(reader: Reader, made: Installed, name: str) -> dict[str, object]:
    """Return what the reads of one matter show; nothing where the matter is refused."""
    uid = made.matters[name].uid
    files = _given(attachments, reader, uid)
    one_by_one = {key for pk, key in made.files[name].items() if _opens(attachment, reader, pk)}
    return {
        "records": [row.seq for row in _given(trail, reader, uid)],
        "inner": {row.organ_id for row in _given(inner_trail, reader, uid)},
        "slips": {made.slips[name][row.pk] for row in _given(slips, reader, uid)},
        "files": {made.files[name][row.pk] for row in files},
        "files one by one": one_by_one,
    }


def seen_by_sql(made: Installed, name: str) -> dict[str, object]:
    """Return what plain SELECTs of the login role show of one matter: row-level security alone."""
    row = made.matters[name]
    return {
        "matter": bool(_select("SELECT id FROM matter WHERE id = %s", row.pk)),
        "parties": bool(_select("SELECT 1 FROM party WHERE matter_id = %s", row.pk)),
        "records": _select("SELECT seq FROM record WHERE matter_id = %s ORDER BY seq", row.pk),
        "inner": set(_select("SELECT organ_id FROM inner_record WHERE matter_id = %s", row.pk)),
        "slips": {made.slips[name][pk] for pk in _select("SELECT uid FROM slip WHERE matter_id = %s", row.pk)},
        "files": {made.files[name][pk] for pk in _select("SELECT id FROM attachment WHERE matter_id = %s", row.pk)},
        "blobs": len(_select("SELECT digest FROM blob WHERE digest IN (SELECT digest FROM attachment "
                             "WHERE matter_id = %s)", row.pk)),
        "searched": _select("SELECT unnest(text_matches(%s, '{}', 100))", made.text[name]) == [row.pk],
    }  # fmt: skip


def linked_by_sql(made: Installed) -> set[tuple[str, str]]:
    """Return the links that plain SQL shows, by the names of their ends."""
    names = {matter.uid: name for name, matter in made.matters.items()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT from_uid, to_uid FROM link")
        return {(names[left], names[right]) for left, right in cursor.fetchall()}


def _walk(page_after) -> list[int]:
    found: list[int] = []
    after: Keyset | None = None
    while True:
        page = page_after(after)
        found += [row.id for row in page.rows]
        if page.after is None:
            return found
        after = page.after


def _select(statement: str, value: object) -> list:
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
        return [row[0] for row in cursor.fetchall()]


def _given(query, reader: Reader, uid) -> list:
    try:
        return query(reader, uid)
    except NoSuchMatter:
        return []


def _opens(query, reader: Reader, key) -> bool:
    try:
        query(reader, key)
    except (NoSuchMatter, NoSuchFile):
        return False
    return True
