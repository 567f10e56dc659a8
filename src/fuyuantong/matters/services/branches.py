"""Which side an organ must stand on to play a part: a bureau issues no judicial suggestion."""

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.organs.vocabulary import BRANCH_TITLES, Branch
from fuyuantong.protocol import Json, Mechanism
from fuyuantong.refusal import Refusal


class WrongBranch(Refusal):
    """An organ of another branch than the role wants."""

    key = "wrong-branch"
    title = "机关类别不符"


def require_branches(mechanism: Mechanism, bound: Json, *, world: DatabaseWorld) -> None:
    """Refuse that a role bound by a step has an organ of another branch. Raises: `WrongBranch`."""
    roles = bound if isinstance(bound, dict) else {}
    wanted = {role.key: role for role in mechanism.roles if role.branches and role.key in roles}
    organs = {key: _several(roles[key]) for key in wanted}
    world.learn(code for codes in organs.values() for code in codes)
    for key, role in wanted.items():
        strange = [code for code in organs[key] if not role.takes(world.organ(code).branch)]
        if strange:
            sides = "、".join(f"“{BRANCH_TITLES[Branch(side)]}”" for side in role.branches)
            raise WrongBranch(
                f"“{role.title}”须为{sides}一方的机关，{'、'.join(strange)} 不是",
                remedy="请由有权机关办理，或者另选机关。",
                field=f"role:{key}",
            )


def _several(bound: Json) -> list[str]:
    found = bound if isinstance(bound, list) else [bound]
    return [code for code in found if isinstance(code, str) and code]
