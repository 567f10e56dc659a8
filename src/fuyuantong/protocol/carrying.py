"""What one matter hands to another: found where it comes from, fitted to where it goes."""

from collections.abc import Mapping

from fuyuantong.protocol.entering import Entering, OrganUnclear, organs_named
from fuyuantong.protocol.fields import Json, Organ, Organs
from fuyuantong.protocol.mechanism import Mechanism


def carried(carry: Mapping[str, str], entering: Entering, row: Json) -> dict[str, Json]:
    """Return what a carry gives, by target key: a role, a field, a column of the row, or a constant."""
    found = {target: _source(source, entering, row) for target, source in carry.items()}
    return {target: value for target, value in found.items() if value not in (None, "", [])}


def _source(source: str, entering: Entering, row: Json) -> Json:
    if source.startswith("="):
        return source[1:]
    if source.startswith("row."):
        return row.get(source[4:]) if isinstance(row, dict) else None
    if ":" in source:
        organs = organs_named(source, entering)
        return organs[0] if len(organs) == 1 else list(organs)
    return entering.roles.get(source, entering.values.get(source))


def fit_roles(mechanism: Mechanism, roles: Mapping[str, Json]) -> dict[str, Json]:
    """Return the roles with one organ or many, as each takes. Raises: `OrganUnclear`."""
    several = {role.key: role.many for role in mechanism.roles}
    titles = {role.key: role.title for role in mechanism.roles}
    return {key: _fit(roles[key], titles[key], many=several[key]) for key in roles if key in several}


def fit_values(mechanism: Mechanism, values: Mapping[str, Json]) -> dict[str, Json]:
    """Return the values with one organ or several, as each field takes. Raises: `OrganUnclear`."""
    fitted = dict(values)
    for field in mechanism.fields:
        if field.key in values and isinstance(field, Organ | Organs):
            fitted[field.key] = _fit(values[field.key], field.title, many=isinstance(field, Organs))
    return fitted


def _fit(organs: Json, title: str, *, many: bool) -> Json:
    if many:
        return organs if isinstance(organs, list) else [organs] if organs else []
    if not isinstance(organs, list):
        return organs
    if len(organs) == 1:
        return organs[0]
    raise OrganUnclear(f"“{title}”只能是一个机关，现有 {len(organs)} 个", remedy="请先选定一个机关。")
