"""Pages without a browser: who is let in, what every answer carries, and how a refusal looks."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from tests.builders import an_account, an_official, an_organ
from tests.databases import FreshDatabase

from fuyuantong.conf.page_rules import PageRules
from fuyuantong.refusal import Refusal


class TooLate(Refusal):
    """Stand for any refusal."""

    title = "已经办理"


def refuse(request: HttpRequest) -> HttpResponse:
    """Refuse everything."""
    raise TooLate("该事项已于昨日办结。", basis="某办法第3条", remedy="请查看轨迹。")


@pytest.mark.django_db
def test_a_stranger_is_sent_to_the_login_page(client: Client) -> None:
    response = client.get("/")

    assert response.status_code == 302
    assert response["Location"] == "/login?next=/"


@pytest.mark.django_db
def test_who_has_signed_in_sees_what_waits(client: Client) -> None:
    client.force_login(an_official(an_organ()))

    page = client.get("/").content.decode()

    assert "没有等您单位办理的事项" in page


@pytest.mark.django_db
def test_a_refusal_inside_the_desk_keeps_its_frame(client: Client) -> None:
    client.force_login(an_official(an_organ(short="民政局")))

    response = client.post("/organ", {"organ": "410825-nowhere"})

    assert response.status_code == 422
    assert "不能以该单位办理" in response.content.decode()
    assert "民政局" in response.content.decode()


def test_the_site_says_when_its_database_is_gone(
    fresh_database: FreshDatabase, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.close()
    monkeypatch.setitem(connections.settings["default"], "NAME", "nowhere")

    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (503, {"status": "database-unreachable"})


@pytest.mark.django_db
def test_who_signs_out_is_a_stranger_again(client: Client) -> None:
    client.force_login(an_account())
    client.post("/logout")

    assert client.get("/").status_code == 302


@pytest.mark.django_db
def test_every_answer_forbids_inline_code(client: Client) -> None:
    policy = client.get("/login")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db
def test_the_site_says_that_it_is_healthy(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_answered_in_chinese(client: Client) -> None:
    response = client.get("/nowhere")

    assert response.status_code == 404
    assert "没有这个页面" in response.content.decode()


def test_a_refusal_is_shown_with_its_basis_and_remedy(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()

    response = PageRules(refuse).process_exception(
        request, TooLate("该事项已办结。", basis="某办法第3条", remedy="请查看轨迹。")
    )

    assert response
    assert response.status_code == 422
    assert all(words in response.content.decode() for words in ("已经办理", "某办法第3条", "请查看轨迹。"))


def test_an_error_is_no_refusal(rf: RequestFactory) -> None:
    assert PageRules(refuse).process_exception(rf.get("/"), ValueError()) is None
