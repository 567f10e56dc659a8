"""三员分立: every page of administration belongs to one of the three, and to nobody else."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from tests.builders import an_official, an_organ

from fuyuantong.accounts.models import SecurityEvent
from fuyuantong.accounts.second_factor import Authenticator
from fuyuantong.desk.administration import urls
from fuyuantong.desk.parts import PARTS
from fuyuantong.organs.models import Account
from fuyuantong.organs.vocabulary import ADMINISTRATORS, PostKind

pytestmark = pytest.mark.django_db

# what an address wants beside its name; a new page with other parts of an address fails until they are added
SAMPLES = {"code": "410825-court", "username": "chief", "key": "house"}


def pages() -> list[URLPattern]:
    """Return every page of administration except the overview, which shows each one their own."""
    return [page for page in urls.urlpatterns if page.name != "administration"]


def address_of(page: URLPattern) -> str:
    return reverse(page.name, kwargs={name: SAMPLES[name] for name in page.pattern.converters})


def in_office(kind: PostKind) -> Account:
    account = an_official(an_organ(), kind=kind)
    Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data={})
    return account


@pytest.fixture(params=[PostKind.HANDLER, *sorted(ADMINISTRATORS)])
def visitor(request, client: Client) -> tuple[PostKind, Client]:
    client.force_login(in_office(request.param))
    return request.param, client


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_page_belongs_to_one_of_the_three(page: URLPattern):
    assert page.callback.part in ADMINISTRATORS


def test_nobody_enters_the_part_of_another(visitor):
    kind, client = visitor
    others = [page for page in pages() if page.callback.part != kind]

    answers = {
        page.name: (client.get(address_of(page)).status_code, client.post(address_of(page)).status_code)
        for page in others
    }

    assert {name: answer for name, answer in answers.items() if 403 not in answer} == {}
    assert all(code in (403, 405) for answer in answers.values() for code in answer)
    refused = SecurityEvent.objects.filter(kind="administration-refused").count()
    assert refused == sum(answer.count(403) for answer in answers.values())


def test_everybody_enters_their_own_part(visitor):
    kind, client = visitor
    own = [page for page in pages() if page.callback.part == kind and not page.pattern.converters]

    assert {client.get(address_of(page)).status_code for page in own} <= {200}


def test_a_stranger_is_asked_to_sign_in(client: Client):
    assert {client.get(address_of(page)).status_code for page in pages()} == {302}


def test_every_way_in_leads_to_a_page_of_that_part():
    part_of = {page.name: page.callback.part for page in pages()}

    assert {(part, section.route) for part, sections in PARTS.items() for section in sections} == {
        (part_of[section.route], section.route) for sections in PARTS.values() for section in sections
    }


def test_administration_lies_under_one_address():
    everywhere = [
        name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith("administration")
    ]

    assert set(everywhere) == {page.name for page in urls.urlpatterns}


def test_an_administrator_begins_at_the_own_part(visitor):
    kind, client = visitor
    first = client.get("/", follow=True)

    if kind == PostKind.HANDLER:
        assert "工作台" in first.content.decode()
        assert client.get("/administration/").status_code == 403
    else:
        page = first.content.decode()
        shown = [
            section.title for sections in PARTS.values() for section in sections if f"> {section.title}</a>" in page
        ]
        assert shown == [section.title for section in PARTS[kind]]
