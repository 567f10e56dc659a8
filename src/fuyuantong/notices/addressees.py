"""Who in an organ is told: the handler to whom a matter was assigned, else the liaisons and the office."""

from collections.abc import Sequence

from fuyuantong.matters.services.actors import MAY_ACT
from fuyuantong.organs.people import Serving
from fuyuantong.organs.vocabulary import PostKind

KEEPS_THE_DESK = frozenset({PostKind.LIAISON, PostKind.OFFICE})


def addressees(people: Sequence[Serving], *, handler: str) -> tuple[int, ...]:
    """
    Return the accounts to tell, each once.

    `handler`: the user name of who was assigned, or empty; who covers them is told too. One who serves no more counts
    as nobody. An organ without a liaison tells all who may act, so that nothing arrives unseen.
    """
    acting = [person for person in people if person.kind in MAY_ACT]
    assigned = [person for person in acting if handler and handler in (person.username, person.covers)]
    keeping = [person for person in acting if person.kind in KEEPS_THE_DESK]
    return tuple(dict.fromkeys(person.account_id for person in assigned or keeping or acting))
