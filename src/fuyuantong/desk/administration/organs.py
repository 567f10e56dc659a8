"""单位: founding, names, relations, whether on line, posts and who holds them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from fuyuantong.desk.administration.administered import administers
from fuyuantong.desk.administration.typed import BadField, day
from fuyuantong.desk.organ_tags import tags_by_id
from fuyuantong.desk.visit import Visit
from fuyuantong.organs.models import Organ, OrganName
from fuyuantong.organs.queries import organ_by_code
from fuyuantong.organs.rolls import organ_roll, relations_of, staff_of
from fuyuantong.organs.services import NewOrgan, connect_organ, end_relation, found_organ, relate, rename_organ
from fuyuantong.organs.staffing import open_post
from fuyuantong.organs.succession import merge_organs, split_organ
from fuyuantong.organs.vocabulary import (
    ADMINISTRATORS,
    BRANCH_TITLES,
    POST_TITLES,
    RELATION_TITLES,
    PostKind,
    RelationKind,
)
from fuyuantong.refusal import Refusal


@require_safe
@administers(PostKind.SYSTEM_ADMINISTRATOR)
def organs(visit: Visit) -> HttpResponse:
    """Show the organs of the place."""
    words = visit.request.GET.get("q", "").strip()[:60]
    roll = organ_roll(words=words, on=visit.today, after=visit.request.GET.get("after", ""))
    tags = tags_by_id({name.organ_id for name in roll.names}, on=visit.today)
    lines = [(name, tags.get(name.organ_id)) for name in roll.names]
    return visit.page("desk/administration/organs.html", {"roll": roll, "lines": lines, "words": words})


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PostKind.SYSTEM_ADMINISTRATOR)
def new_organ(visit: Visit) -> HttpResponse:
    """Found an organ."""
    fields = visit.request.POST
    if visit.request.method != "POST":
        return _new_organ(visit, None)
    texts = ("code", "branch", "kind", "full", "short", "node_id")
    code, branch, kind, full, short, node = (fields.get(name, "").strip() for name in texts)
    new = NewOrgan(code, branch, kind, code.partition("-")[0], full, short, node, "online" in fields)
    try:
        effective_on = day(fields, "effective_on", title="设立日期")
        organ = found_organ(new, effective_on=effective_on, by=visit.account, now=visit.now)
    except Refusal as refusal:
        return _new_organ(visit, refusal)
    messages.success(visit.request, f"已设立 {short}。")
    return redirect("administration-organ", code=organ.code)


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PostKind.SYSTEM_ADMINISTRATOR)
def organ_page(visit: Visit, code: str) -> HttpResponse:
    """Show an organ; do what was asked for."""
    organ = organ_by_code(code)
    if visit.request.method != "POST":
        return _organ_page(visit, organ, None)
    act = ACTS.get(visit.request.POST.get("act", ""))
    if act is None:
        return _organ_page(visit, organ, BadField("没有这个操作", remedy="请刷新页面后重试。", field="act"))
    try:
        said = act(visit, organ)
    except Refusal as refusal:
        return _organ_page(visit, organ, refusal)
    messages.success(visit.request, said)
    return redirect("administration-organ", code=organ.code)


def _rename(visit: Visit, organ: Organ) -> str:
    fields = visit.request.POST
    on = day(fields, "effective_on", title="更名日期")
    full, short = fields.get("full", "").strip(), fields.get("short", "").strip()
    rename_organ(organ, full=full, short=short, effective_on=on, by=visit.account, now=visit.now)
    return f"自 {on} 起名称为 {full}。"


def _connect(visit: Visit, organ: Organ) -> str:
    fields = visit.request.POST
    online = "online" in fields
    connect_organ(organ, node_id=fields.get("node_id", ""), online=online, by=visit.account, now=visit.now)
    return "已上线，由本单位自己办理。" if online else "未上线，由牵头单位代为录入。"


def _relate(visit: Visit, organ: Organ) -> str:
    fields = visit.request.POST
    relation, on = _relation(visit), day(fields, "effective_on", title="生效日期")
    holder = organ_by_code(fields.get("holder", "").strip())
    relate(holder, relation, organ, effective_on=on, by=visit.account, now=visit.now)
    return f"已设定{RELATION_TITLES[relation]}。"


def _end_relation(visit: Visit, organ: Organ) -> str:
    fields = visit.request.POST
    relation, on = _relation(visit), day(fields, "effective_on", title="终止日期")
    holder = organ_by_code(fields.get("holder", "").strip())
    end_relation(holder, relation, organ, effective_on=on, by=visit.account, now=visit.now)
    return f"{RELATION_TITLES[relation]}关系已终止。"


def _merge(visit: Visit, organ: Organ) -> str:
    fields = visit.request.POST
    into = organ_by_code(fields.get("into", "").strip())
    on = day(fields, "effective_on", title="合并日期")
    merge_organs([organ], into=into, effective_on=on, by=visit.account, now=visit.now)
    return f"自 {on} 起并入 {into.code}，岗位、人员、关系和未办结的事项由其承接。"


def _split(visit: Visit, organ: Organ) -> str:
    fields = visit.request.POST
    into = [organ_by_code(code) for code in fields.get("into", "").replace("，", ",").replace(",", " ").split()]
    on = day(fields, "effective_on", title="分立日期")
    split_organ(organ, into=into, effective_on=on, by=visit.account, now=visit.now)
    return f"自 {on} 起分立，{into[0].code} 为主要承接单位。"


def _open_post(visit: Visit, organ: Organ) -> str:
    fields = visit.request.POST
    kind = fields.get("kind", "")
    if kind in ADMINISTRATORS:
        raise BadField("三员的岗位由安全管理员设立", basis="GB/T 22239-2019 三员分立", field="kind")
    post = open_post(organ, kind=kind, title=fields.get("title", "").strip(), by=visit.account, now=visit.now)
    return f"已设岗位 {post.title}。"


ACTS: dict[str, Callable[[Visit, Organ], str]] = {
    "rename": _rename,
    "connect": _connect,
    "relate": _relate,
    "end-relation": _end_relation,
    "open-post": _open_post,
    "merge": _merge,
    "split": _split,
}


def _relation(visit: Visit) -> RelationKind:
    said = visit.request.POST.get("relation", "")
    if said not in set(RelationKind):
        raise BadField("没有这种关系", remedy="请从列表中选择。", field="relation")
    return RelationKind(said)


def _new_organ(visit: Visit, refusal: Refusal | None) -> HttpResponse:
    context = {"refusal": refusal, "typed": visit.request.POST, "branches": BRANCH_TITLES.items()}
    return visit.page("desk/administration/new_organ.html", context)


def _organ_page(visit: Visit, organ: Organ, refusal: Refusal | None) -> HttpResponse:
    relations = relations_of(organ.pk, on=visit.today)
    tags = tags_by_id(
        {organ.pk, *(end for row in relations for end in (row.from_organ_id, row.to_organ_id))}, on=visit.today
    )
    staff = [
        (tenure, POST_TITLES[PostKind(tenure.post_kind)], tenure.valid.lower > visit.now)
        for tenure in staff_of(organ.pk, at=visit.now)
    ]
    names = list(OrganName.objects.filter(organ=organ).order_by("-valid"))
    context = {
        "organ": organ,
        "tag": tags.get(organ.pk),
        "names": names,
        "name": next((name for name in names if visit.today in name.valid), None),
        "relations": [
            (RELATION_TITLES[RelationKind(row.relation)], row, tags.get(row.from_organ_id), tags.get(row.to_organ_id))
            for row in relations
        ],
        "staff": staff,
        "refusal": refusal,
        "typed": visit.request.POST,
        "relation_kinds": RELATION_TITLES.items(),
        "kinds": [(kind, title) for kind, title in POST_TITLES.items() if kind not in ADMINISTRATORS],
    }
    return visit.page("desk/administration/organ.html", context)
