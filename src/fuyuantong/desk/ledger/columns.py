"""The columns of the ledger, and which of them a person wants to see."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from fuyuantong.desk.ledger.models import LedgerColumns
from fuyuantong.organs.models import Account


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column; `width` in characters for sheets.

    `beside_title`: on the page it stands under the title of the matter, on sheets and paper by itself.
    """

    key: str
    title: str
    width: int
    usual: bool = True
    beside_title: bool = False


COLUMNS: Final = (
    Column("number", "文号", 22, beside_title=True),
    Column("title", "事项", 46),
    Column("mechanism", "机制", 16, beside_title=True),
    Column("holder", "现由", 18),
    Column("state", "环节", 16),
    Column("due", "期限", 14),
    Column("initiator", "来自", 18),
    Column("opened", "立项", 13),
    Column("to_do", "应作", 16, usual=False),
    Column("closed", "办结", 13, usual=False),
    Column("region", "区划", 14, usual=False),
    Column("provenance", "来源", 10, usual=False),
)
ALWAYS: Final = "title"


def columns_of(account: Account) -> tuple[Column, ...]:
    """Return the columns that an account has chosen, else the usual ones."""
    kept = LedgerColumns.objects.filter(account=account).values_list("columns", flat=True).first()
    return tuple(column for column in COLUMNS if (column.key in kept if kept else column.usual))


def keep_columns(account: Account, chosen: Iterable[str]) -> None:
    """Keep which columns an account wants to see; the matter itself always stands there."""
    wanted = {ALWAYS, *chosen}
    known = [column.key for column in COLUMNS if column.key in wanted]
    LedgerColumns.objects.update_or_create(account=account, defaults={"columns": known})


def forget_columns(account: Account) -> None:
    """Go back to the usual columns."""
    LedgerColumns.objects.filter(account=account).delete()
