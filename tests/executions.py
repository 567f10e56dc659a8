"""Applications for enforcement that a bureau let lapse."""

from datetime import datetime

from tests.suggestions import COURT, HOUSING, County, act, at

from fuyuantong.matters.services.acts import open_by_hand
from fuyuantong.matters.services.engine import let_lapse
from fuyuantong.matters.services.files import store_file

LAPSED = at("2026-08-10")


def not_appealed(county: County) -> str:
    """Let a court turn an application away, and the bureau miss the day to ask for reconsideration; shape: its uid."""
    begun, ripe = at("2026-06-01"), at("2026-07-01")
    uid = open_by_hand("nonlitigation-execution", "申请强制执行", by=county.by(HOUSING), now=begun).matter
    act(
        county,
        uid,
        "urge",
        now=begun,
        title="缴纳罚款",
        decision_number="温住建罚〔2026〕18号",
        respondent="某养殖场",
        urged_on="2026-06-01",
        remedy_ended_on="2026-06-01",
    )
    papers = {"application": a_file("申请书", now=ripe), "papers": a_file("决定书", now=ripe)}
    act(county, uid, "apply", now=ripe, subject="罚款等金钱给付", court_organ=COURT, **papers)
    act(county, uid, "reject", now=ripe, reason="材料不全", ruling=a_file("裁定书", now=ripe))
    let_lapse(now=LAPSED)
    return uid


def a_file(words: str, *, now: datetime) -> list[str]:
    """Store a file; shape: what a field of files holds."""
    return [store_file(words.encode(), mime="text/plain", now=now)]
