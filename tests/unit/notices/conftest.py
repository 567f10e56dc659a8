"""Notices of a bureau, and ways outward that note what they are given."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.builders import an_official, an_organ

from fuyuantong.matters.models.notice import Notice
from fuyuantong.matters.session import acting
from fuyuantong.notices.message import Message, NotSent
from fuyuantong.organs.identity import new_uid
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.vocabulary import PostKind


class Wire:
    """A way outward that notes every message, and fails when it is told to."""

    def __init__(self, key: str) -> None:
        self.key, self.title = key, "短信"
        self.taken: list[Message] = []
        self.fails = False

    def send(self, message: Message) -> None:
        """Take one message."""
        self.taken.append(message)
        if self.fails:
            raise NotSent("网关答复 503")


@pytest.fixture
def wire(settings) -> Wire:
    """Set up one gateway."""
    made = Wire("sms")
    settings.NOTICE_GATEWAYS = (made,)
    return made


@pytest.fixture
def bureau(db: None) -> Organ:
    return an_organ(short="司法局")


@pytest.fixture
def liaison(bureau: Organ) -> Account:
    return an_official(bureau, kind=PostKind.LIAISON)


@pytest.fixture
def a_notice(bureau: Organ, liaison: Account) -> Callable[..., Notice]:
    """Return what tells the bureau something."""
    numbers = iter(range(1, 1000))

    def told(now: datetime, *, urgent: bool = False, organ: Organ = bureau) -> Notice:
        with acting():
            return Notice.objects.create(
                outbox_id=next(numbers),
                organ=organ,
                matter_uid=new_uid(),
                kind="rung" if urgent else "record",
                text="司法建议答复：待签收",
                urgent=urgent,
                created_at=now,
            )

    return told
