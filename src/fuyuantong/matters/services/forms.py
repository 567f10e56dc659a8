"""What is handed in with an act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.services.actors import By
from fuyuantong.protocol import Json, Mechanism
from fuyuantong.refusal import Refusal


class BadChoice(Refusal):
    """An organ was chosen for a role that there is not, or an organ that there is not."""

    key = "bad-choice"
    title = "选定的机关有误"


@dataclass(frozen=True)
class Form:
    """
    What is handed in with an act: values by field, files by digest, and what was chosen for unclear roles.

    `names`: what the files were called, by digest.
    """

    values: Mapping[str, Json] = field(default_factory=dict)
    files: Sequence[str] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    def request(self, by: By, *parts: str) -> Mapping[str, Json]:
        """Return the request as data, for its digest."""
        return {
            "parts": list(parts),
            "by": by.said(),
            "values": dict(self.values),
            "files": list(self.files),
            "chosen": dict(self.chosen),
        }


EMPTY = Form()


def check_chosen(form: Form, mechanism: Mechanism, *, world: DatabaseWorld) -> None:
    """Refuse a choice that could not bind a role. Raises: `BadChoice`."""
    roles = {role.key: role.title for role in mechanism.roles}
    for key, organ in form.chosen.items():
        if key not in roles:
            known = "、".join(f"{title}（{role}）" for role, title in roles.items())
            raise BadChoice(f"没有“{key}”这一方；可选：{known}", remedy="请重新选定。", field=f"role:{key}")
        if not world.knows_organ(organ):
            raise BadChoice(
                f"“{roles[key]}”不能是“{organ}”：没有这个单位，或者已经撤销", remedy="请重新选定。", field=f"role:{key}"
            )
