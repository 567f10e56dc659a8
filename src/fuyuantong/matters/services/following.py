"""Following the directory: who sees what is brought in line with it after each change, and on each new day."""

from datetime import datetime

from fuyuantong.matters.models.followed import Followed
from fuyuantong.matters.parties import refresh_sight
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.session import one_act
from fuyuantong.organs.queries import directory_version

DIRECTORY = "directory"


def follow_directory(*, now: datetime) -> int:
    """
    Bring sight in line with the directory of the day, if it changed since, or the day did: relations have their days.

    Shape: how many rows of sight changed.
    """
    day = today(now)
    with one_act():
        version = directory_version()
        if Followed.objects.filter(name=DIRECTORY, version=version, on_day=day).exists():
            return 0
    # what changes meanwhile has a later version, and is followed in the next round
    changed = refresh_sight(on=day)
    with one_act():
        Followed.objects.bulk_create(
            [Followed(name=DIRECTORY, version=version, on_day=day)],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["version", "on_day"],
        )
    return changed
