"""本单位审签程序: through whose hands each signed act goes inside the organ."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from fuyuantong.desk.refusals import with_names
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.services.chains import MAY_REVIEW, Signed, chains_of, set_chain, signed_moves, words_of
from fuyuantong.organs.models import Organ
from fuyuantong.organs.vocabulary import POST_TITLES, PostKind
from fuyuantong.refusal import Refusal

STEPS = 4


@dataclass(frozen=True)
class Row:
    """One signed act with the chain that the organ has set; `steps` are the choices, empty ones after the last."""

    signed: Signed
    words: str
    is_set: bool
    steps: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def chains(visit: Visit) -> HttpResponse:
    """Show how the own organ signs; its head may set it."""
    refusal = None
    own = visit.person.organ
    if visit.request.method == "POST" and own is not None:
        refusal = set_as_chosen(visit, Organ.objects.get(pk=own.id))
        if refusal is None:
            return redirect("chains")
    rows = chain_rows(Organ.objects.get(pk=own.id)) if own else []
    context = {
        "rows": rows,
        "refusal": refusal,
        "may_set": visit.person.holds(PostKind.HEAD),
        "posts": [(post.value, POST_TITLES[post]) for post in MAY_REVIEW],
    }
    return visit.page("desk/chains.html", context)


def set_as_chosen(visit: Visit, organ: Organ) -> Refusal | None:
    """Set the chain that was chosen on a page and say so; return why it was refused, None when it was taken."""
    data = visit.request.POST
    mechanism, _, move = data.get("signed", "").rpartition(":")
    posts = [post for post in data.getlist("post") if post]
    try:
        set_chain(organ, mechanism, move, posts, by=visit.account, now=visit.now)
    except Refusal as refused:
        return with_names(refused, on=visit.today)
    messages.success(visit.request, f"已设置：{words_of(posts)}。此后送审的按新程序办理。")
    return None


def chain_rows(organ: Organ) -> list[Row]:
    """Return every signed act with the chain that an organ has set for it."""
    rows, found = [], chains_of(organ)
    for signed in signed_moves():
        chain = found.get((signed.mechanism, signed.move.key), ())
        rows.append(Row(signed, words_of(chain), bool(chain), (*chain, *("" for _ in range(STEPS - len(chain))))))
    return rows
