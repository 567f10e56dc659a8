"""The register of cases at its pages, for tests without a browser."""

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.unit.registers.conftest import HEAD

from fuyuantong.matters.session import acting
from fuyuantong.registers.cases.models.case import CourtCase
from fuyuantong.registers.cases.models.feed import Feed


def upload(client, *rows, head=HEAD, name="案件.csv"):
    file = SimpleUploadedFile(name, "\n".join((head, *rows)).encode())
    return client.post("/cases/feeds", {"file": file}, follow=True).content.decode()


def address():
    with acting():
        return f"/cases/feeds/{Feed.objects.latest('created_at').pk}"


def imported(client, *rows, head=HEAD):
    upload(client, *rows, head=head)
    return client.post(address(), follow=True).content.decode()


def case_page(client, number="（2026）豫0825行初1号"):
    with acting():
        pk = CourtCase.objects.get(number_key=number).pk
    return client.get(f"/cases/{pk}").content.decode()
