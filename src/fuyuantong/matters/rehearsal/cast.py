"""The cast: organs of the directory for the roles of a mechanism, and the people who act for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from fuyuantong.matters.services.actors import MAY_ACT, MAY_SIGN, By
from fuyuantong.organs.models import Organ, Tenure
from fuyuantong.organs.vocabulary import Branch, PostKind
from fuyuantong.protocol.fold import Situation
from fuyuantong.protocol.mechanism import Role
from fuyuantong.refusal import Refusal

# what an ordinary matter goes to; governments, offices and standing groups are cast only where none of these is left
ORDINARY = frozenset({"department", "vertical", "agency", "sub-district", "township"})


class NobodyThere(Refusal):
    """The directory has no organ, or the organ nobody, for a part in the rehearsal."""

    key = "nobody-there"
    title = "演练缺少角色"
    remedy = "请先载入完整的演练县：fyt demo load。"


@dataclass
class Cast:
    """
    Organs of a region and the people in them; the same seed draws the same ones.

    `strangers`: in how many of a hundred draws an organ without people is taken too, for whom others then act.
    """

    random: Random
    organs: list[Organ]
    people: dict[str, list[Tenure]] = field(default_factory=dict)
    strangers: int = 0

    @classmethod
    def of(cls, region: str, *, random: Random, strangers: int = 0) -> "Cast":
        """Return the organs of the region and below, with everyone who may act there or anywhere above."""
        tenures = Tenure.objects.filter(post__kind__in=MAY_ACT, valid__endswith=None)
        organs = list(Organ.objects.filter(region_code__startswith=region, valid_to=None).order_by("code"))
        cast = cls(random, organs, strangers=strangers)
        for tenure in tenures.select_related("account", "post__organ").order_by("id"):
            cast.people.setdefault(tenure.post.organ.code, []).append(tenure)
        return cast

    def draw(self, role: Role | None, count: int, situation: Situation) -> Sequence[str]:
        """
        Return organs for a role that play no other part in the matter, ordinary ones with people first.

        Raises: `NobodyThere`.
        """
        taken = {*situation.parties, situation.holder}
        # the side that is named first plays the part as a rule
        branch = role.branches[0] if role and role.branches else Branch.GOVERNMENT
        fitting = [organ for organ in self.organs if organ.branch == branch and organ.code not in taken]
        among_all = self.random.randrange(100) < self.strangers
        ordinary = [organ for organ in fitting if organ.kind in ORDINARY and (among_all or organ.code in self.people)]
        peopled = [organ for organ in fitting if organ.code in self.people]
        for pool in (ordinary, peopled, fitting):
            if len(pool) >= count:
                return self.random.sample([organ.code for organ in pool], count)
        title = role.title if role else "相关单位"
        raise NobodyThere(f"需要 {count} 个单位担任“{title}”，只有 {len(fitting)} 个")

    def by(self, organ: str, situation: Situation, *, signs: bool) -> By:
        """
        Return someone of the organ who may act, or sign; for an organ without people a proxy.

        Raises: `NobodyThere`.
        """
        person = self.person(organ, signs=signs)
        if person:
            return By(person.account, organ=organ)
        at_home = any(one.code == organ for one in self.organs)
        for proxy in (*(self.offices() if at_home else ()), *situation.parties):
            person = self.person(proxy, signs=signs)
            if person and proxy != organ:
                return By(person.account, organ=proxy, on_behalf_of=organ)
        raise NobodyThere(f"{organ} 没有可以{'签发' if signs else '办理'}的人，也没有可以代办的单位")

    def person(self, organ: str, *, signs: bool) -> Tenure | None:
        """Return someone of the organ who may act, or sign; None when it has nobody."""
        kinds = MAY_SIGN if signs else MAY_ACT - MAY_SIGN
        people = self.people.get(organ, [])
        fitting = [one for one in people if one.post.kind in kinds] or ([] if signs else people)
        return self.random.choice(fitting) if fitting else None

    def offices(self) -> tuple[str, ...]:
        """Return the 领导小组办公室 that there are."""
        return tuple(
            code for code, held in self.people.items() if any(one.post.kind == PostKind.OFFICE for one in held)
        )
