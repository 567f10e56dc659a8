"""The answer to "why can I (not) see this"."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.party import COPIED, INNER, Party, Sight
from fuyuantong.matters.queries import shown_matter, spans_of
from fuyuantong.matters.sight import Reader
from fuyuantong.organs.models import Scope
from fuyuantong.organs.queries import names_of, region_on
from fuyuantong.organs.vocabulary import ScopeKind


@dataclass(frozen=True, slots=True)
class Why:
    """
    Whether a matter is seen, and for which reasons, in Chinese sentences.

    When it is not seen the answer does not tell whether it exists.
    """

    visible: bool
    reasons: tuple[str, ...]


_RULE = (
    "能看到一件事项的只有：作为一方的单位（办理、发出、接收、抄送）、其上级单位的负责人、当事单位所在区域的领导小组办公室，"
    "以及审计管理员（只看留痕）"
)


def why_visible(reader: Reader, uid: UUID) -> Why:
    """Return why the reader sees a matter, was shown a part of it, or sees nothing."""
    matter_id = shown_matter(uid)
    spans = spans_of(reader.scopes, matter_id) if matter_id is not None else []
    if matter_id is None or not spans:
        return Why(False, _reasons_against(reader))
    live = [span for span in spans if span.until_seq is None]
    if not live:
        last = max(span.until_seq or 0 for span in spans)
        return Why(False, (f"您的单位在本件中的参与已经结束；此前送达的留痕（至第 {last} 号记录）仍可查看",))
    return Why(True, tuple(_reasons_for(reader, Matter.objects.get(pk=matter_id), live)))


def _reasons_against(reader: Reader) -> tuple[str, ...]:
    if not reader.scopes:
        return ("您目前没有在任职务，看不到任何事项", _RULE)
    return ("没有这件事项，或者它不在您的岗位可以看到的范围内", _RULE)


def _reasons_for(reader: Reader, matter: Matter, spans: list[Sight]) -> list[str]:
    scopes = {scope.pk: scope for scope in Scope.objects.filter(pk__in=[span.scope_id for span in spans])}
    parties = list(Party.objects.filter(matter_id=matter.pk, until_seq__isnull=True).order_by("since_seq", "role"))
    day = reader.at.astimezone(SHANGHAI).date()
    named = [party.organ_id for party in parties] + [scope.organ_id for scope in scopes.values() if scope.organ_id]
    names = {organ_id: name.short for organ_id, name in names_of(named, on=day).items()}
    return [
        _sentence(scopes[span.scope_id], matter=matter, parties=parties, names=names, day=day) + _from(span)
        for span in spans
    ]


def _sentence(scope: Scope, *, matter: Matter, parties: list[Party], names: dict[int, str], day: date) -> str:
    organ = names.get(scope.organ_id or 0, "")
    match scope.kind:
        case ScopeKind.ORGAN:
            roles = "、".join(_role(matter, party.role) for party in parties if party.organ_id == scope.organ_id)
            return f"您的单位{organ}是本件的一方（{roles}）"
        case ScopeKind.TREE:
            return f"您是{organ}的负责人，其下级单位是本件的一方"
        case ScopeKind.OFFICE:
            return f"您在领导小组办公室任职，本件有一方在其负责的区域（{_region(scope, day)}）"
        case _:
            return f"您是审计管理员，可以查看本区域（{_region(scope, day)}）事项的留痕，但不含标记为敏感的内容"


def _region(scope: Scope, day: date) -> str:
    region = region_on(scope.region_code or "", on=day)
    return region.name if region else str(scope.region_code)


def _role(matter: Matter, key: str) -> str:
    titles = {COPIED: "抄送单位", INNER: "起草单位"}
    return titles.get(key) or declared(matter.mechanism, matter.declaration_id).role(key).title


def _from(span: Sight) -> str:
    return f"，自第 {span.from_seq} 号记录起" if span.from_seq > 1 else ""
