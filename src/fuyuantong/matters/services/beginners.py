"""Who may begin a matter by hand: where its mechanism is on, the organs that the place has for it."""

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.protocol import Entry, Mechanism
from fuyuantong.refusal import Refusal

SETTING = "setting"


class MechanismOff(Refusal):
    """The place has not switched the mechanism on."""

    key = "mechanism-off"
    title = "本地没有启用这项机制"


class NotYoursToBegin(Refusal):
    """The place has other organs that begin such matters."""

    key = "not-yours-to-begin"
    title = "本单位不能发起"


def check_may_begin(mechanism: Mechanism, entry: Entry, organ: str, *, world: DatabaseWorld) -> None:
    """
    Refuse to begin what is not on here, or what the place has other organs for.

    Raises: `MechanismOff`, `NotYoursToBegin`.
    """
    if not world.is_on(mechanism.key, near=organ):
        raise MechanismOff(
            f"“{mechanism.title}”在本地没有启用，不能新建；已在办理的不受影响",
            remedy="需要启用的，请联系安全管理员在“机制设置”中调整。",
        )
    role = mechanism.role(entry.by)
    source, _, key = role.via.partition(":")
    named = world.organs_by_setting(key, near=organ) if source == SETTING else ()
    if named and organ not in named:
        raise NotYoursToBegin(
            f"“{mechanism.title}”由本地指定的{role.title}发起：{'、'.join(named)}",
            remedy="请由其发起；指定有误的，请联系安全管理员。",
        )


def may_begin(mechanism: Mechanism, entry: Entry, organ: str, *, world: DatabaseWorld) -> bool:
    """Tell whether an organ may begin such a matter by hand."""
    try:
        check_may_begin(mechanism, entry, organ, world=world)
    except (MechanismOff, NotYoursToBegin):
        return False
    return True
