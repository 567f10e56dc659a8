"""A place's own gateway for 短信, 政务钉钉 or 企业微信: one signed HTTP request per message. See docs/notices.md."""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage
from socket import gaierror
from ssl import SSLError
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from fuyuantong.notices.message import Message, NotSent
from fuyuantong.refusal import Refusal

PATIENCE = 10  # seconds
HERE = ("127.0.0.1", "localhost", "::1")
MEMBERS = ("title", "url", "secret")
LONGEST_KEY = 30


class BadGateway(Refusal):
    """Refuse to start with a gateway that cannot be used safely."""

    key = "bad-gateway"
    title = "通知网关设置有误"


@dataclass(frozen=True, slots=True)
class Gateway:
    """Where a gateway listens, and the secret that it shares with this site."""

    key: str
    title: str
    url: str
    secret: str = field(repr=False)

    def send(self, message: Message) -> None:
        """
        Hand over one message; the gateway answers 2xx when it has taken it.

        Raises: `NotSent`.
        """
        body = json.dumps(_payload(message), ensure_ascii=False).encode()
        try:
            with _OPENER.open(self._request(message, body, at=int(time.time())), timeout=PATIENCE):
                return
        except HTTPError as answer:
            answer.close()
            raise NotSent(f"网关答复 {answer.code}") from answer
        except (OSError, HTTPException) as fault:
            raise NotSent(f"网关无法连接：{_why(getattr(fault, 'reason', fault))}") from fault

    def _request(self, message: Message, body: bytes, *, at: int) -> Request:
        signature = signed(self.secret, key=str(message.key), at=at, body=body)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": str(message.key),
            "X-Fuyuantong-Timestamp": str(at),
            "X-Fuyuantong-Signature": f"sha256={signature}",
        }
        return Request(self.url, data=body, headers=headers, method="POST")


def signed(secret: str, *, key: str, at: int, body: bytes) -> str:
    """Return the signature of a request: HMAC-SHA256 over timestamp, key and body, each ended by a full stop."""
    return hmac.new(secret.encode(), f"{at}.{key}.".encode() + body, hashlib.sha256).hexdigest()


def gateways_from(environment: Mapping[str, str]) -> tuple[Gateway, ...]:
    """
    Read `NOTICE_GATEWAYS`: `{"sms": {"title": "短信", "url": "https://…", "secret": "…"}}`; none when it is not set.

    Raises: `BadGateway`.
    """
    said = environment.get("NOTICE_GATEWAYS", "")
    if not said:
        return ()
    try:
        data = json.loads(said)
    except (ValueError, RecursionError) as fault:
        raise _bad(f"NOTICE_GATEWAYS 不是 JSON：{fault}") from fault
    if not isinstance(data, dict):
        raise _bad("NOTICE_GATEWAYS 应为以网关编号为键的对象")
    return tuple(_gateway(key, told) for key, told in data.items())


def _gateway(key: str, told: object) -> Gateway:
    members = told if isinstance(told, dict) else {}
    missing = [name for name in MEMBERS if not isinstance(members.get(name), str) or not members[name]]
    if missing:
        raise _bad(f"网关“{key}”缺少 {'、'.join(missing)}")
    if not (key.isascii() and key.isalnum() and len(key) <= LONGEST_KEY) or key == "mail":
        raise _bad(f"网关编号“{key}”须为 {LONGEST_KEY} 个以内的英文字母和数字，且不是 mail")
    place = urlsplit(members["url"])
    if place.scheme != "https" and not (place.scheme == "http" and place.hostname in HERE):
        raise _bad(f"网关“{key}”的地址须以 https 开头，本机除外")
    return Gateway(key, *(members[name] for name in MEMBERS))


def _payload(message: Message) -> dict[str, object]:
    return {
        "key": str(message.key),
        "to": message.to,
        "kind": "digest" if message.is_digest else "notice",
        "urgent": message.urgent,
        "text": message.text,
        "link": message.link,
    }


def _why(fault: object) -> str:
    return next((words for kind, words in _FAULTS if isinstance(fault, kind)), str(fault))


def _bad(detail: str) -> BadGateway:
    return BadGateway(detail, remedy="格式见 docs/notices.md；不用网关的，不设该变量。", field="NOTICE_GATEWAYS")


class _NoRedirects(HTTPRedirectHandler):
    """A message goes where the place said, and nowhere else."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


_FAULTS = (
    (ConnectionRefusedError, "对方没有监听"),
    (TimeoutError, f"{PATIENCE} 秒内没有答复"),
    (gaierror, "找不到主机"),
    (SSLError, "证书不可信"),
)
_OPENER = build_opener(_NoRedirects, ProxyHandler({}))
