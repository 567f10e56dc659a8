"""A worker killed between handing a message to a gateway and marking it: the gateway gets it again, under its key."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.db import transaction
from django.utils import timezone
from tests.builders import an_official
from tests.databases import FreshDatabase
from tests.faults.exit_codes import KILLED
from tests.faults.test_worker import worker
from tests.suggestions import HOUSING, County

from fuyuantong.matters.models.notice import Notice
from fuyuantong.matters.session import acting
from fuyuantong.notices.gateway import gateways_from
from fuyuantong.notices.models import Dispatch, NoticeWish, Told
from fuyuantong.notices.services.addressing import address
from fuyuantong.notices.services.dispatching import dispatch
from fuyuantong.notices.vocabulary import DispatchState
from fuyuantong.organs.identity import new_uid
from fuyuantong.organs.vocabulary import PostKind


class Taking(BaseHTTPRequestHandler):
    """A gateway that takes everything and notes the keys."""

    keys: list[str]

    def do_POST(self) -> None:
        """Take one message."""
        self.keys.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["key"])
        self.send_response(202)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def gateways() -> Iterator[str]:
    """Give the setting of a gateway on this machine."""
    Taking.keys = []
    with HTTPServer(("127.0.0.1", 0), Taking) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        yield json.dumps({"sms": {"title": "短信", "url": url, "secret": "shared"}})
        server.shutdown()


@pytest.mark.slow
def test_what_a_killed_worker_sent_is_sent_again_under_its_key(
    fresh_database: FreshDatabase, county: County, data_dir: Path, gateways: str, settings, monkeypatch
) -> None:
    settings.NOTICE_GATEWAYS = gateways_from({"NOTICE_GATEWAYS": gateways})
    monkeypatch.setenv("NOTICE_GATEWAYS", gateways)
    told_at_once(county)

    assert worker(fresh_database, data_dir, "-m", "tests.faults.killed_dispatcher") == KILLED
    assert (len(Taking.keys), states()) == (1, [DispatchState.WAITING])
    assert dispatch(now=timezone.now()) == 1
    assert (len(Taking.keys), len(set(Taking.keys)), states()) == (2, 1, [DispatchState.SENT])


def told_at_once(county: County) -> None:
    """Let a liaison, who may be disturbed at any hour, be told of something urgent."""
    now, organ = timezone.now(), county.organs[HOUSING]
    liaison = an_official(organ, kind=PostKind.LIAISON)
    with transaction.atomic(), acting():
        NoticeWish.objects.create(account=liaison, paces={"sms": "each"}, urgent_always=True)
        told = {"outbox_id": 1, "organ": organ, "matter_uid": new_uid(), "kind": "rung", "text": "司法建议：催办"}
        Notice.objects.create(**told, urgent=True, created_at=now)
    address(now=now)
    with transaction.atomic(), acting():
        assert Told.objects.count() == 1


def states() -> list[int]:
    """Return how what goes outward stands."""
    with transaction.atomic(), acting():
        return list(Dispatch.objects.values_list("state", flat=True))
