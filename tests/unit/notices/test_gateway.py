"""What a gateway is handed, and what it takes for sent; mail as well."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from smtplib import SMTPServerDisconnected
from threading import Thread
from urllib.error import URLError
from uuid import UUID

import pytest
from django.core import mail

from fuyuantong.notices.gateway import BadGateway, Gateway, gateways_from, signed
from fuyuantong.notices.mail import send_mail
from fuyuantong.notices.message import Message, NotSent

KEY = UUID("01a20219-a2cd-74b7-a209-e1c700ac5675")
MESSAGE = Message(KEY, "justice.liaison", "【府院通】司法建议答复：待签收。", False, False, "https://fyt.example")


class Listener(BaseHTTPRequestHandler):
    """Note what is posted, and answer as the path says."""

    taken: list[tuple[dict[str, str], bytes]]

    def do_POST(self) -> None:
        """Take one message."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((dict(self.headers), body))
        self.send_response(int(self.path[1:]))
        self.send_header("Location", "/200")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[HTTPServer]:
    """Give a gateway on this machine."""
    Listener.taken = []
    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()


def gateway(server: HTTPServer, answer: int) -> Gateway:
    return Gateway("sms", "短信", f"http://127.0.0.1:{server.server_port}/{answer}", "shared")


def test_a_message_is_signed_with_its_key_and_its_moment(listener):
    gateway(listener, 202).send(MESSAGE)

    ((headers, body),) = Listener.taken
    assert json.loads(body) == {
        "key": str(KEY),
        "to": "justice.liaison",
        "kind": "notice",
        "urgent": False,
        "text": "【府院通】司法建议答复：待签收。",
        "link": "https://fyt.example",
    }
    signature = signed("shared", key=str(KEY), at=int(headers["X-Fuyuantong-Timestamp"]), body=body)
    assert (headers["X-Fuyuantong-Signature"], headers["Idempotency-Key"]) == (f"sha256={signature}", str(KEY))


def test_the_signature_is_the_one_in_the_manual():
    assert signed("secret", key="k", at=1_700_000_000, body=b"{}") == (
        "61ed91897d886cea3a71e1032c1b55b967c2c927b23b1f99b011d22ad939dfea"
    )


@pytest.mark.parametrize("answer", [302, 400, 503])
def test_any_other_answer_is_not_taken_for_sent_and_never_followed(listener, answer):
    with pytest.raises(NotSent, match=f"网关答复 {answer}"):
        gateway(listener, answer).send(MESSAGE)
    assert len(Listener.taken) == 1


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (URLError(ConnectionRefusedError()), "对方没有监听"),
        (URLError("odd"), "odd"),
        (TimeoutError(), "10 秒内没有答复"),
    ],
)
def test_a_gateway_that_is_away_is_told(monkeypatch, fault, words):
    monkeypatch.setattr("fuyuantong.notices.gateway._OPENER.open", failing(fault))
    with pytest.raises(NotSent, match=f"网关无法连接：{words}"):
        Gateway("sms", "短信", "https://gate.example", "shared").send(MESSAGE)


def failing(fault: Exception) -> Callable[..., None]:
    """Return a way to open that fails."""

    def opened(*given: object, **more: object) -> None:
        raise fault

    return opened


def test_no_gateway_is_set_up_unless_the_place_says_so():
    assert gateways_from({}) == ()


def test_a_gateway_is_read_from_the_environment_and_keeps_its_secret_to_itself():
    said = '{"sms": {"title": "短信", "url": "https://gate.example/in", "secret": "shared"}}'
    (found,) = gateways_from({"NOTICE_GATEWAYS": said})

    assert (found.key, found.title, "shared" in repr(found)) == ("sms", "短信", False)


@pytest.mark.parametrize(
    "said",
    [
        "{",
        "[]",
        '{"sms": 3}',
        '{"sms": {"title": "短信", "url": "https://gate.example"}}',
        '{"sms": {"title": "短信", "url": "http://gate.example", "secret": "s"}}',
        '{"mail": {"title": "短信", "url": "https://gate.example", "secret": "s"}}',
    ],
)
def test_a_gateway_that_cannot_be_used_safely_is_refused(said):
    with pytest.raises(BadGateway):
        gateways_from({"NOTICE_GATEWAYS": said})


def test_a_mail_bears_the_key(settings):
    settings.NOTICE_MAIL_FROM = "府院通 <fyt@wenxian.example>"
    send_mail(Message(KEY, "a@wenxian.example", "【府院通】司法建议答复：待签收。", True, False, ""))

    (sent,) = mail.outbox
    assert (sent.subject, sent.to, sent.body) == (
        "府院通通知",
        ["a@wenxian.example"],
        "【府院通】司法建议答复：待签收。",
    )
    assert sent.extra_headers["Message-ID"] == f"<{KEY}@wenxian.example>"


def test_a_mail_to_nobody_and_a_server_that_is_away_are_told(settings, monkeypatch):
    settings.NOTICE_MAIL_FROM = "fyt@wenxian.example"
    with pytest.raises(NotSent, match="没有填写邮箱"):
        send_mail(Message(KEY, "", "x", True, False, ""))
    monkeypatch.setattr("fuyuantong.notices.mail.EmailMessage.send", disconnected)
    with pytest.raises(NotSent, match="邮件服务器"):
        send_mail(Message(KEY, "a@wenxian.example", "x", True, False, ""))


def disconnected(mail: object) -> None:
    raise SMTPServerDisconnected("Connection unexpectedly closed")
