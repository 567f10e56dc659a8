"""The place's own single sign-on, played whole against a provider in this process."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client
from tests.builders import an_official, an_organ

from fuyuantong.accounts.models import SecurityEvent
from fuyuantong.conf.single_sign_on import providers

pytestmark = pytest.mark.django_db


class Provider(BaseHTTPRequestHandler):
    """Say who somebody is; nobody is asked anything."""

    username = ""

    def do_GET(self) -> None:
        base = f"http://{self.headers['Host']}"
        self._answer(
            {
                "issuer": base,
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "userinfo_endpoint": f"{base}/userinfo",
                "jwks_uri": f"{base}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
            if self.path.startswith("/.well-known/")
            else {"sub": "1", "preferred_username": self.username}
        )

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        base, now = f"http://{self.headers['Host']}", int(time.time())
        claims = {"iss": base, "aud": "fyt", "sub": "1", "iat": now, "exp": now + 60}
        token = jwt.encode(claims, "a key that nobody checks, for the token came by a direct line", algorithm="HS256")
        self._answer({"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": token})

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _answer(self, body: dict) -> None:
        content = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def provider(settings) -> Iterator[type[Provider]]:
    """Give a provider to which the site is bound."""
    server = HTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    issuer = f"http://127.0.0.1:{server.server_port}"
    settings.SOCIALACCOUNT_PROVIDERS = providers(
        {"OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": "fyt", "OIDC_CLIENT_SECRET": "s", "OIDC_TITLE": "省政务认证"}
    )
    yield Provider
    server.shutdown()
    server.server_close()


def come_back(client: Client):
    """Go to the provider and come back with its answer."""
    there = client.get("/login/outside/place")["Location"]
    asked = parse_qs(urlsplit(there).query)
    assert asked["code_challenge_method"] == ["S256"]
    return client.get("/login/outside/place/back", {"code": "c", "state": asked["state"][0]}, follow=True)


def test_who_has_an_account_here_is_signed_in(client: Client, provider):
    account = an_official(
        an_organ(),
    )
    provider.username = account.username
    assert "省政务认证" in client.get("/login").content.decode()

    answer = come_back(client)

    assert "工作台" in answer.content.decode()
    event = SecurityEvent.objects.get()
    assert (event.kind, event.account, event.detail) == ("signed-in", account, {"methods": ["socialaccount"]})


def test_who_has_none_is_told_what_to_do(client: Client, provider):
    provider.username = "stranger"

    answer = come_back(client)

    assert "在府院通没有账号" in answer.content.decode()
    assert client.get("/").status_code == 302


def test_without_settings_there_is_no_button_and_no_way(client: Client):
    assert "login/outside" not in client.get("/login").content.decode()
    assert client.get("/login/outside/place").status_code == 404
