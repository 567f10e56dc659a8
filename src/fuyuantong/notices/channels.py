"""The ways outward: mail, and the gateways of a place (短信, 政务钉钉, 企业微信), as far as they are set up."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from fuyuantong.notices.mail import send_mail
from fuyuantong.notices.message import Message
from fuyuantong.notices.vocabulary import MAIL


@dataclass(frozen=True, slots=True)
class Channel:
    """One way outward. `send` raises `NotSent`."""

    key: str
    title: str
    send: Callable[[Message], None]


def channels() -> dict[str, Channel]:
    """Return the ways that this place has set up, by their keys; none until it has."""
    found = [Channel(gateway.key, gateway.title, gateway.send) for gateway in settings.NOTICE_GATEWAYS]
    if settings.NOTICE_MAIL_FROM:
        found.insert(0, Channel(MAIL, "电子邮件", send_mail))
    return {channel.key: channel for channel in found}
