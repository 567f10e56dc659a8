"""期限证明: what it shows, what it reckons when asked, and that what it hands out can be checked elsewhere."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.desk.conftest import Complaints, barriers, fits, photograph
from tests.desk.matters import JUSTICE, a_suggestion, answer_of, by
from tests.desk.windows import SIZES

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.services.acts import Form, perform

pytestmark = pytest.mark.slow
Official = Callable[..., Page]
ISSUED = datetime(2026, 9, 29, 16, 40, tzinfo=SHANGHAI)
SIGNED = datetime(2026, 9, 30, 10, 21, tzinfo=SHANGHAI)


@pytest.fixture
def proof(stage: object) -> str:
    """Return the address of the proof of a deadline that runs since the 30th of September."""
    uid = answer_of(a_suggestion(JUSTICE, now=ISSUED, reply_by="2026-11-30"), JUSTICE)
    perform(uid, "receive", by=by("justice.liaison", JUSTICE), now=SIGNED, form=Form())
    return f"/matter/{uid}/clock/reply/1"


@pytest.mark.parametrize("size", SIZES)
def test_a_deadline_is_shown_day_by_day(official: Official, complaints: Complaints, proof: str, size: str) -> None:
    page = official("justice.liaison", size=size)
    page.goto(f"{proof}?start=2026-09-25&stopped_on=2026-10-12&stopped_days=30&until=2026-12-05&recompute=now")
    photograph(page, f"clock-proof-{size}")

    expect(page.get_by_role("cell", name="30 届满日，第61日，计入")).to_have_count(1)
    expect(page.locator("#check")).to_contain_text("一致：按登记的依据重新计算，届满日仍为 2026-11-30 周一")
    expect(page.locator("#what-if")).to_contain_text("届满日为 2027-01-04 周一，比现在晚 35 天")
    assert (fits(page), barriers(page), complaints) == (True, [], [])


def test_a_proof_is_checked_without_the_system(official: Official, proof: str, tmp_path: Path) -> None:
    page = official("court.signer")
    page.goto(proof)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载证明").click()
    file = tmp_path / "proof.json"
    download.value.save_as(file)

    assert checked(file) == (0, "核对：一致")
    file.write_text(file.read_text().replace('"due_on": "2026-11-30"', '"due_on": "2026-11-29"', 1))
    assert checked(file) == (1, "核对：不一致，届满日：证明为 2026-11-29，算出 2026-11-30")


def test_who_does_not_see_the_matter_sees_no_proof(official: Official, proof: str) -> None:
    page = official("finance.liaison")
    answer = page.goto(proof)

    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("alert")).to_contain_text("没有这件事项，或者您看不到它")


def checked(file: Path) -> tuple[int, str]:
    """Return the exit code and the last line of `fyt clock check`."""
    command = [sys.executable, "-m", "fuyuantong.conf.command_line", "clock", "check", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout or done.stderr).splitlines()[-1]
