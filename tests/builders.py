"""Builders of the directory: what a test does not say is ordinary."""

from datetime import date, datetime
from itertools import count

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.organs.models import Account, Organ, Region, Tenure
from fuyuantong.organs.queries import region_on
from fuyuantong.organs.regions import add_region
from fuyuantong.organs.services import NewOrgan, found_organ, relate
from fuyuantong.organs.staffing import appoint, open_account, open_post
from fuyuantong.organs.vocabulary import PostKind, RelationKind

LONG_AGO = date(2021, 1, 1)
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=SHANGHAI)

_NUMBERS = count(1)


def a_region(code: str = "410825", *, name: str = "温县", since: date = LONG_AGO) -> Region:
    """Put a region and the regions above it in force, those that are not yet."""
    found = region_on(code, on=since)
    if found is not None:
        return found
    if code[2:] != "0000":
        above = code[:6] if len(code) == 9 else code[:2] + "0000" if code.endswith("00") else code[:4] + "00"
        a_region(above, name="上级区划", since=since)
    return add_region(code, name=name, effective_on=since, by=None, now=NOW)


def an_organ(
    code: str = "",
    *,
    branch: str = "government",
    short: str = "",
    under: Organ | None = None,
    online: bool = True,
    node_id: str = "node-one",
    since: date = LONG_AGO,
) -> Organ:
    """Found an organ in the region that its code begins with, under a superior if one is given."""
    number = next(_NUMBERS)
    code = code or f"410825-organ{number}"
    region = a_region(code.split("-")[0])
    short = short or f"单位{number}"
    new = NewOrgan(
        code=code,
        branch=branch,
        kind="department",
        region_code=region.code,
        full=f"温县{short}",
        short=short,
        node_id=node_id,
        online=online,
    )
    organ = found_organ(new, effective_on=since, by=None, now=NOW)
    if under is not None:
        relate(under, RelationKind.SUPERIOR_OF, organ, effective_on=since, by=None, now=NOW)
    return organ


def an_account(username: str = "") -> Account:
    """Open an account without post."""
    number = next(_NUMBERS)
    return open_account(username or f"person{number}", display_name=f"经办人{number}", by=None, now=NOW)


def an_official(
    organ: Organ,
    *,
    kind: PostKind = PostKind.HANDLER,
    since: date = LONG_AGO,
    until: date | None = None,
) -> Account:
    """Open an account that holds a post in an organ."""
    return a_tenure(organ, kind=kind, since=since, until=until).account


def a_tenure(
    organ: Organ,
    *,
    kind: PostKind = PostKind.HANDLER,
    account: Account | None = None,
    since: date = LONG_AGO,
    until: date | None = None,
) -> Tenure:
    """Give an account, by default a new one, a post in an organ."""
    post = open_post(organ, kind=kind, title=f"{kind}", by=None, now=NOW)
    return appoint(
        account or an_account(), post=post, since=morning(since), until=until and morning(until), by=None, now=NOW
    )


def an_office(code: str = "410825-liaison-office", *, serving: Organ) -> Organ:
    """Found a 领导小组办公室 that serves the region of an organ."""
    office = an_organ(code, short="领导小组办公室")
    relate(office, RelationKind.OFFICE_OF, serving, effective_on=LONG_AGO, by=None, now=NOW)
    return office


def morning(day: date) -> datetime:
    """Return nine o'clock of a day."""
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=SHANGHAI)
