"""管理: where each of the three administrators begins."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from fuyuantong.desk.administration.administered import FORBIDDEN, NotYourPart
from fuyuantong.desk.parts import PARTS
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.organs.vocabulary import POST_TITLES


@require_safe
@at_desk
def overview(visit: Visit) -> HttpResponse:
    """Show the person's own part; others have none here."""
    own = [(POST_TITLES[part], sections) for part, sections in PARTS.items() if visit.person.holds(part)]
    if not own:
        refusal = NotYourPart(
            "“管理”由系统管理员、安全管理员、审计管理员使用", remedy="需要开设账号的，请联系系统管理员。"
        )
        return visit.page("refusal.html", {"refusal": refusal}, status=FORBIDDEN)
    return visit.page("desk/administration/overview.html", {"own": own})
