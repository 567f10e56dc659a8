"""One request of a person who has signed in: who it is, for which organ, at what moment, and how far they see."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.desk.navigation import Frame, frame_of
from fuyuantong.desk.organ_tags import tags_by_id
from fuyuantong.desk.person import Person
from fuyuantong.matters.services.actors import AT_WORK, By
from fuyuantong.matters.sight import Reader, reader_of, reading
from fuyuantong.organs.models import Account
from fuyuantong.organs.queries import posts_held

ORGAN_CHOSEN = "organ"
OK, UNPROCESSABLE = 200, 422


class Visit:
    """One request at the desk."""

    def __init__(self, request: HttpRequest, *, now: datetime) -> None:
        self.request = request
        self.now = now
        self.today: date = now.astimezone(SHANGHAI).date()

    @cached_property
    def account(self) -> Account:
        """Return who has signed in."""
        account = self.request.user
        if not isinstance(account, Account):
            raise TypeError("a page of the desk is shown to nobody who has not signed in")
        return account

    @cached_property
    def person(self) -> Person:
        """Return who is at the desk, and for which organ."""
        posts = tuple(posts_held(self.account, at=self.now))
        acting = dict.fromkeys(post.organ_id for post in posts if post.kind in AT_WORK)
        tags = tags_by_id(acting, on=self.today)
        organs = tuple(tags[organ] for organ in acting if organ in tags)
        chosen = self.request.session.get(ORGAN_CHOSEN)
        organ = next((organ for organ in organs if organ.code == chosen), organs[0] if organs else None)
        return Person(self.account, posts, organs, organ)

    @cached_property
    def reader(self) -> Reader:
        """Return how far the person sees."""
        return reader_of(self.account, at=self.now)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Read as the person sees, for one block."""
        with transaction.atomic(), reading(self.reader) as reader:
            yield reader

    def by(self, *, on_behalf_of: str = "", effective_on: date | None = None, basis: str = "") -> By:
        """Return the person as the one who acts, for the chosen organ."""
        organ = self.person.organ.code if self.person.organ else ""
        return By(self.account, organ, on_behalf_of, effective_on, basis)

    @property
    def partial(self) -> bool:
        """Tell whether htmx asks for a part of the page alone."""
        headers = self.request.headers
        return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"

    def page(self, template: str, context: Mapping[str, Any], *, status: int | None = None) -> HttpResponse:
        """Return a page inside the frame of the desk; one that shows a `refusal` says so in its status too."""
        return self.part(template, {**context, "frame": self.frame()}, status=status)

    def part(self, template: str, context: Mapping[str, Any], *, status: int | None = None) -> HttpResponse:
        """Return a part of a page, without the frame."""
        told = status or (UNPROCESSABLE if context.get("refusal") else OK)
        return render(self.request, template, {**context, "visit": self}, status=told)

    def listing(
        self, part: str, page: str, context: Mapping[str, Any], *, around: Callable[[], Mapping[str, Any]] = dict
    ) -> HttpResponse:
        """Return a page with a list and what stands `around` it, or the list alone if htmx asks; caches part the two."""
        response = self.part(part, context) if self.partial else self.page(page, {**context, **around()})
        patch_vary_headers(response, ["HX-Request"])
        return response

    def frame(self) -> Frame:
        """Return what stands around every page."""
        with self.reading() as reader:
            return frame_of(self.person, reader, path=self.request.path)


_Rest = ParamSpec("_Rest")


def at_desk(
    view: Callable[Concatenate[Visit, _Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, _Rest], HttpResponse]:
    """Turn a function of a visit into a view; that the person has signed in is checked before, for every page."""

    @wraps(view)
    def answered(request: HttpRequest, *args: _Rest.args, **kwargs: _Rest.kwargs) -> HttpResponse:
        return view(Visit(request, now=timezone.now()), *args, **kwargs)

    return answered
