"""Feeding the register: a court brings a file, looks at what would come of it, and confirms it, or throws it away."""

from datetime import datetime
from functools import partial
from typing import IO
from uuid import UUID

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.services.actors import By, actor_of, today
from fuyuantong.matters.session import one_act
from fuyuantong.organs.models import Organ
from fuyuantong.organs.queries import organ_by_code
from fuyuantong.organs.vocabulary import Branch
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.columns import BY_HEAD, COLUMNS
from fuyuantong.registers.cases.lines import Sent
from fuyuantong.registers.cases.models.feed import FedRow, Feed
from fuyuantong.registers.cases.staging import Raw, columns_of, copy_in, counts_of, look, read_rows, take_back
from fuyuantong.registers.cases.taking import is_stale, take_rows, wait_for_turn
from fuyuantong.seal.digest import sm3_of
from fuyuantong.tables.files import BadTable, lines_of

MOST_OPEN = 20
LONGEST_NAME = 200
CHUNK = 2**16


class NotACourt(Refusal):
    """Only a court feeds the register of cases."""

    key = "not-a-court"
    title = "不能登记案件"


class NoSuchFeed(Refusal):
    """Say that there is no such file on its way in, or none of this court."""

    key = "no-such-feed"
    title = "没有这个待导入的文件"


class AlreadyTaken(Refusal):
    """A file that was taken stays as it is."""

    key = "feed-taken"
    title = "这个文件已经导入"


class FaultyFeed(Refusal):
    """Refuse to take a file with faults as if it had none."""

    key = "faulty-feed"
    title = "文件有误，未导入任何案件"


class StaleFeed(Refusal):
    """The register went on since the file was looked at."""

    key = "stale-feed"
    title = "核对之后案件有变化"


class TooManyFeeds(Refusal):
    """A court that leaves many files lying."""

    key = "too-many-feeds"
    title = "待导入的文件过多"


def bring_feed(file: IO[bytes], name: str, *, by: By, now: datetime) -> Feed:
    """
    Read a file and look at what would come of it; nothing of it is taken.

    Shape: all rows or, when the process dies, none are kept. Raises: `NotACourt`, `NoPost`, `BadTable`, `TooManyFeeds`.
    """
    court = court_of(by, now)
    with one_act():
        if Feed.objects.filter(organ=court, taken_at=None).count() >= MOST_OPEN:
            raise TooManyFeeds(f"本院已有 {MOST_OPEN} 个待导入的文件", remedy="请先导入或者放弃其中的几个。")
        lines = lines_of(file, known=BY_HEAD)
        columns = columns_of(lines.heads)
        if not any(column and column.key == "number" for column in columns):
            raise BadTable("没有“案号”这一列", remedy="请照模板的表头填写。", field="file")
        feed = _opened(court, name, by, now)
        feed.unknown_heads = [
            head for head, column in zip(lines.heads, columns, strict=True) if head and column is None
        ]
        feed.rows = copy_in(read_rows(lines.rows, columns, today=today(now)))
        if not feed.rows:
            raise BadTable("表头之下没有内容", remedy="请核对是否选错了文件：内容须在第一个工作表。", field="file")
        file.seek(0)
        feed.file_digest = sm3_of(iter(partial(file.read, CHUNK), b"")).hex()
        feed.save()
        look(feed.pk, keeper=court.pk, today=today(now))
    return feed


def bring_sent(sent: Sent, name: str, *, by: By, now: datetime) -> Feed:
    """
    Read what a system sends and look at what would come of it; nothing of it is taken.

    Raises: `NotACourt`, `NoPost`, `BadTable`, `BadLine`, `TooMuch`.
    """
    court = court_of(by, now)
    with one_act():
        feed = _opened(court, name, by, now)
        feed.rows = copy_in(read_rows(sent.rows(), COLUMNS, today=today(now)))
        if not feed.rows:
            raise BadTable("没有收到案件", remedy="每行写一个案件，为一个 JSON 对象。", field="body")
        feed.unknown_heads, feed.file_digest = sorted(sent.strange), sent.digest
        feed.save()
        look(feed.pk, keeper=court.pk, today=today(now))
    return feed


def feed_statements(rows: list[Raw], name: str, *, by: By, now: datetime) -> Feed:
    """Bring in statements that come from a form or a programme instead of a file. Raises: as `bring_feed`."""
    court = court_of(by, now)
    with one_act():
        feed = _opened(court, name, by, now)
        feed.rows = copy_in(rows)
        feed.save()
        look(feed.pk, keeper=court.pk, today=today(now))
    return feed


def look_again(feed: Feed, *, by: By, now: datetime) -> None:
    """Look at a file once more, against the register as it stands now. Raises: `NoSuchFeed`, `AlreadyTaken`."""
    court = court_of(by, now)
    with one_act():
        held = _held(feed.pk, court)
        take_back(held.pk)
        look(held.pk, keeper=court.pk, today=today(now))


def confirm_feed(
    feed: Feed, *, good_only: bool = False, reopen: bool = False, override: bool = False, by: By, now: datetime
) -> Feed:
    """
    Take a file that was looked at into the register, whole or not at all.

    `good_only` leaves the faulty rows out; `reopen` also takes rows that take back that a case is over, which are
    left out otherwise; `override` those that say otherwise of a head in court than a matter has told. Raises: `FaultyFeed`, `StaleFeed`, `NoSuchFeed`, `AlreadyTaken`, `NotACourt`.
    """
    court = court_of(by, now)
    with one_act():
        wait_for_turn()
        held = _held(feed.pk, court)
        faulty = counts_of(held.pk).get("faulty", 0)
        if faulty and not good_only:
            raise FaultyFeed(f"{faulty} 行有误", remedy="请更正后重新上传，或者选择只导入无误的行。", field="file")
        if is_stale(held.pk):
            raise StaleFeed("有案件在核对之后又被登记或者更正", remedy="请重新核对后再确认。")
        held.taken = take_rows(held.pk, keeper=court, account=by.account.pk, reopen=reopen, override=override, now=now)
        held.taken_at = now
        held.save()
    return held


def throw_away(feed: Feed, *, by: By, now: datetime) -> None:
    """Throw a file away; nothing of it was taken. Raises: `NoSuchFeed`, `AlreadyTaken`."""
    court = court_of(by, now)
    with one_act():
        held = _held(feed.pk, court)
        FedRow.objects.filter(feed=held).delete()
        held.delete()


def _opened(court: Organ, name: str, by: By, now: datetime) -> Feed:
    shown = "".join(letter for letter in name if letter.isprintable())[-LONGEST_NAME:] or "案件"
    return Feed(organ=court, account=by.account, file_name=shown, file_digest="", unknown_heads=[], created_at=now)


def court_of(by: By, now: datetime) -> Organ:
    """Return the court for which somebody acts. Raises: `NotACourt`, `NoPost`."""
    actor = actor_of(by, world=DatabaseWorld(on=today(now)), now=now)
    organ = organ_by_code(actor.organ)
    if organ.branch != Branch.COURT:
        raise NotACourt("案件由人民法院登记", remedy="需要更正的，请联系登记的法院。", field="organ")
    return organ


def _held(feed: UUID, court: Organ) -> Feed:
    found = Feed.objects.select_for_update().filter(pk=feed, organ=court).first()
    if found is None:
        raise NoSuchFeed("可能已经放弃", remedy="请重新上传。")
    if found.taken_at is not None:
        raise AlreadyTaken(
            f"“{found.file_name}”已于 {found.taken_at:%Y-%m-%d} 导入", remedy="需要更正的，请再导入一次。"
        )
    return found
