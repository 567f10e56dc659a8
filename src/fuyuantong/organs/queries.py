"""Reading the directory: who is what to whom, on which day, who holds which post, and how far they see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection
from django.db.models import Max, Q

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.organs.division_codes import prefix_of, regions_above
from fuyuantong.organs.models import Account, DirectoryChange, Organ, OrganName, Region, Succession
from fuyuantong.organs.vocabulary import ADMINISTRATORS, PostKind, RelationKind
from fuyuantong.refusal import Refusal

SEES_TREE: Final = frozenset({PostKind.HEAD, PostKind.LEADER})


POSTS = """
    SELECT tenure.id AS tenure_id, post.id AS post_id, post.kind, post.title, post.organ_id, held.on_behalf_of
    FROM (
        SELECT id AS tenure_id, NULL::bigint AS on_behalf_of
        FROM tenure WHERE account_id = %(account)s
        UNION ALL
        SELECT cover.from_tenure, covered.account_id
        FROM cover JOIN tenure covered ON covered.id = cover.from_tenure
        WHERE cover.to_account = %(account)s AND cover.valid @> %(at)s::timestamptz
    ) held
    JOIN tenure ON tenure.id = held.tenure_id AND tenure.valid @> %(at)s::timestamptz
    JOIN post ON post.id = tenure.post_id
    WHERE EXISTS (SELECT 1 FROM account WHERE id = %(account)s AND is_active)
"""


class NoSuchOrgan(Refusal):
    """Say that no organ has this code."""

    key = "no-such-organ"
    title = "没有这个单位"


class NoSuchAccount(Refusal):
    """Say that no account has this user name."""

    key = "no-such-account"
    title = "没有这个账号"


@dataclass(frozen=True, slots=True)
class Related:
    """The organs found by a relation, and the directory version that says so; both go into the record."""

    organs: tuple[Organ, ...]
    directory_version: int


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post held at a moment, by own tenure or in cover; then `on_behalf_of` is the account covered."""

    tenure_id: int
    post_id: int
    kind: str
    title: str
    organ_id: int
    on_behalf_of: int | None


@dataclass(frozen=True, slots=True)
class HeldScope:
    """A scope that a person holds; of kind audit it shows trails, not contents marked sensitive."""

    id: int
    kind: str


def organ_by_code(code: str) -> Organ:
    """
    Return the organ with this code.

    Raises: `NoSuchOrgan`.
    """
    organ = Organ.objects.filter(code=code).first()
    if organ is None:
        raise NoSuchOrgan(f"机构代码“{code}”不在目录中", remedy="请核对机构代码，或先在目录中设立该单位", field="organ")
    return organ


def account_by_username(username: str) -> Account:
    """
    Return the account with this user name, open or closed.

    Raises: `NoSuchAccount`.
    """
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise NoSuchAccount(f"账号“{username}”不存在", remedy="请核对账号名。", field="account")
    return account


def directory_version() -> int:
    """Return the version of the last change of the directory; 0 if there was none."""
    return DirectoryChange.objects.aggregate(last=Max("version"))["last"] or 0


def changes_since(version: int) -> list[DirectoryChange]:
    """Return the changes after a version, oldest first."""
    return list(DirectoryChange.objects.filter(version__gt=version).order_by("version"))


def successions_since(version: int) -> list[Succession]:
    """
    Return the successions recorded after a version, oldest first, the principal successor first within each.

    Shape: `predecessor` and `successor` are loaded; `effective_on` may lie in the future.
    """
    found = Succession.objects.filter(change_id__gt=version).select_related("predecessor", "successor")
    return list(found.order_by("change_id", "predecessor_id", "-principal", "id"))


def successor_of(organ: Organ, *, on: date) -> Organ:
    """Return the organ that stands in for `organ` on a day: itself while it lives, else its principal successor's."""
    step = Succession.objects.filter(predecessor=organ, principal=True, effective_on__lte=on).first()
    return organ if step is None else successor_of(step.successor, on=on)


def region_on(code: str, *, on: date) -> Region | None:
    """Return the version of a region that is in force on a day."""
    versions = Region.objects.filter(code=code, valid_from__lte=on)
    return versions.exclude(valid_to__lte=on).first()


def names_of(organs: Iterable[int], *, on: date) -> dict[int, OrganName]:
    """Return, for organ ids, the names they bear on a day; an organ without a name on that day is left out."""
    return {name.organ_id: name for name in OrganName.objects.filter(organ_id__in=list(organs), valid__contains=on)}


def organs_in(region_code: str, *, on: date) -> list[OrganName]:
    """
    Return the names of the living organs of a region and of the regions below it, sorted by sound.

    Shape: `organ` is loaded.
    """
    names = OrganName.objects.filter(valid__contains=on, organ__region_code__startswith=prefix_of(region_code))
    return list(names.select_related("organ").order_by("sort_key", "organ__code"))


def organs_named(words: str) -> list[int]:
    """Return the ids of the organs that bear or bore these words in a name, ascending."""
    bearing = OrganName.objects.filter(Q(full__icontains=words) | Q(short__icontains=words))
    return sorted(set(bearing.values_list("organ_id", flat=True)))


def related(organ: Organ, relation: RelationKind, *, on: date) -> Related:
    """
    Return the organs that are `relation` to `organ` on a day, read together with the directory version.

    Shape: sorted by code; none or several are both possible, and then the move asks. `OFFICE_OF` is answered by
    the nearest region, upwards from the organ's own, that an office serves.
    """
    if relation == RelationKind.OFFICE_OF:
        rows = _rows(_OFFICES, {"regions": regions_above(organ.region_code), "on": on})
    else:
        rows = _rows(_RELATED, {"organ": organ.pk, "relation": relation, "on": on})
    ids = [organ_id for _, organ_id in rows if organ_id is not None]
    return Related(tuple(Organ.objects.filter(pk__in=ids).order_by("code")), rows[0][0])


def posts_held(account: Account, *, at: datetime) -> list[HeldPost]:
    """
    Return the posts that an account holds at a moment, own ones first, then those it covers.

    A closed account holds none; a cover ends with the tenure it covers.
    """
    rows = _rows(f"{POSTS} ORDER BY held.on_behalf_of NULLS FIRST, tenure.id", {"account": account.pk, "at": at})
    return [HeldPost(*row) for row in rows]


def scopes_held(account: Account, *, at: datetime) -> list[HeldScope]:
    """
    Return how far a person sees at a moment; no post, nothing.

    Every working post gives its organ; head and leader also the tree below it; the office, while it is one, the
    region it serves; an auditor the trails of the region. Whoever sees an organ sees what it took over as principal
    successor. The two other administrators see no matters.
    """
    posts = posts_held(account, at=at)
    working = [post for post in posts if post.kind not in ADMINISTRATORS]
    values = {
        "organs": [post.organ_id for post in working],
        "trees": [post.kind in SEES_TREE for post in working],
        "offices": [post.organ_id for post in posts if post.kind == PostKind.OFFICE],
        "audits": [post.organ_id for post in posts if post.kind == PostKind.AUDITOR],
        "on": at.astimezone(SHANGHAI).date(),
    }
    return [HeldScope(*row) for row in _rows(_SCOPES_HELD, values)] if posts else []


def scopes_of(account: Account, *, at: datetime) -> list[int]:
    """
    Return the ids of the scopes that a person holds at a moment, ascending, for matching rows of sight.

    Audit scopes are among them: ask `scopes_held` where contents may be marked sensitive.
    """
    return [scope.id for scope in scopes_held(account, at=at)]


def scopes_above(organ: Organ, *, on: date) -> list[int]:
    """
    Return the ids of the scopes through which a matter of this party is seen, ascending.

    Shape: the organ itself, the tree of each organ above it, and the office and audit scopes of its region and of
    the regions above, as far as they have any: four to six in a county.
    """
    return sorted(scope_id for _, scope_id in scopes_above_each([organ], on=on))


def scopes_above_each(organs: Iterable[Organ], *, on: date) -> list[tuple[int, int]]:
    """
    Return, for several organs at once, the scopes above each as `scopes_above` does.

    Shape: pairs of organ id and scope id, in no order.
    """
    asked = list(organs)
    regions = [(organ.pk, region) for organ in asked for region in regions_above(organ.region_code)]
    values = {
        "organs": [organ.pk for organ in asked],
        "of": [organ_id for organ_id, _ in regions],
        "regions": [region for _, region in regions],
        "on": on,
    }
    return [(organ_id, scope_id) for organ_id, scope_id in _rows(_SCOPES_ABOVE, values)]


def _rows(statement: str, values: dict[str, object]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


# The version is read by the same statement, hence from the same snapshot; the left join keeps it when nothing is found.
_RELATED = """
    SELECT log.version, relation.from_id
    FROM (SELECT coalesce(max(version), 0) AS version FROM directory_change) log
    LEFT JOIN organ_relation relation
        ON relation.to_id = %(organ)s AND relation.relation = %(relation)s AND relation.valid @> %(on)s::date
"""

_OFFICES = """
    WITH office AS (
        SELECT DISTINCT relation.from_id, array_position(%(regions)s::text[], served.region_code::text) AS distance
        FROM organ_relation relation JOIN organ served ON served.id = relation.to_id
        WHERE relation.relation = 'office_of' AND relation.valid @> %(on)s::date
            AND served.region_code = ANY(%(regions)s)
    )
    SELECT log.version, office.from_id
    FROM (SELECT coalesce(max(version), 0) AS version FROM directory_change) log
    LEFT JOIN office ON office.distance = (SELECT min(distance) FROM office)
"""

_SCOPES_HELD = """
    WITH RECURSIVE lineage(organ_id, tree) AS (
        SELECT organ_id, tree FROM unnest(%(organs)s::bigint[], %(trees)s::boolean[]) AS post(organ_id, tree)
        UNION
        SELECT succession.predecessor_id, lineage.tree
        FROM succession JOIN lineage ON lineage.organ_id = succession.successor_id
        WHERE succession.principal AND succession.effective_on <= %(on)s::date
    )
    SELECT scope.id, scope.kind FROM scope JOIN lineage USING (organ_id)
    WHERE scope.kind = 'organ' OR (scope.kind = 'tree' AND lineage.tree)
    UNION
    SELECT scope.id, scope.kind FROM scope
    JOIN organ served ON served.region_code = scope.region_code
    JOIN organ_relation relation ON relation.to_id = served.id
    WHERE scope.kind = 'office' AND relation.relation = 'office_of' AND relation.valid @> %(on)s::date
        AND relation.from_id = ANY(%(offices)s::bigint[])
    UNION
    SELECT scope.id, scope.kind FROM scope JOIN organ ON organ.region_code = scope.region_code
    WHERE scope.kind = 'audit' AND organ.id = ANY(%(audits)s::bigint[])
    ORDER BY 1
"""

# Lateral with OFFSET 0 keeps every step an index probe: the planner takes a recursion for many rows.
_SCOPES_ABOVE = """
    WITH RECURSIVE above(organ_id, id) AS (
        SELECT organ_id, organ_id FROM unnest(%(organs)s::bigint[]) AS asked(organ_id)
        UNION
        SELECT above.organ_id, upper.id FROM above CROSS JOIN LATERAL (
            SELECT relation.from_id AS id FROM organ_relation relation
            WHERE relation.to_id = above.id AND relation.relation = 'superior_of' AND relation.valid @> %(on)s::date
            OFFSET 0
        ) upper
    )
    SELECT above.organ_id, scope.id FROM above CROSS JOIN LATERAL (
        SELECT scope.id FROM scope
        WHERE scope.organ_id = above.id AND scope.kind = CASE WHEN above.id = above.organ_id THEN 'organ' ELSE 'tree' END
        OFFSET 0
    ) scope
    UNION ALL
    SELECT place.organ_id, scope.id
    FROM unnest(%(of)s::bigint[], %(regions)s::text[]) AS place(organ_id, region_code) CROSS JOIN LATERAL (
        SELECT scope.id FROM scope WHERE scope.region_code = place.region_code OFFSET 0
    ) scope
"""
