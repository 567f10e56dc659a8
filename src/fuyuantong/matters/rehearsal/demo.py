"""The demo county: its directory, its settings, its personas, and two years of matters. Training data, and only that."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from fuyuantong.clock.terms import SHANGHAI, next_working_day
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.models.place_setting import PlaceSetting
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.place_settings import settings_of
from fuyuantong.matters.rehearsal.agenda import Agenda
from fuyuantong.matters.rehearsal.cast import Cast
from fuyuantong.matters.rehearsal.county import County
from fuyuantong.matters.rehearsal.place import REGION, set_place
from fuyuantong.matters.rehearsal.programme import programme
from fuyuantong.matters.rehearsal.recurring import find_recurrences
from fuyuantong.matters.rehearsal.samples import Sampler
from fuyuantong.matters.rehearsal.stage import Habits, Stage
from fuyuantong.matters.services import outbox
from fuyuantong.matters.services.deferred import open_deferred
from fuyuantong.matters.services.engine import let_lapse
from fuyuantong.matters.services.files import store_file
from fuyuantong.matters.session import acting, session_settings
from fuyuantong.matters.training import TRAINING
from fuyuantong.organs import loading
from fuyuantong.organs.loading import load_directory
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.staffing import start_of
from fuyuantong.refusal import Refusal

DIRECTORY = Path(loading.__file__).parent / "demo"
# known to everybody: it opens a county that does not exist, and is set nowhere else
PASSWORD = "wenxian-yanlian"
LOADED = "training-matters"  # the place setting that says with what a demo county was filled
YEARS = 2
EARLIEST = date(2024, 1, 8)  # the personas' posts begin two years before
HABITS = Habits(inner=35, post=8)
STRANGERS_IN_A_HUNDRED = 9
SPECIMEN = "（演练材料）本文件仅供演练，不含真实内容。\n".encode()
MOST = 100_000
SENT_AFTER = timedelta(minutes=1)
BATCH = 500
# a transaction that fills empty tables has no statistics of them: left alone, the planner would read them whole
BY_INDEX = {"enable_seqscan": "off", "enable_hashjoin": "off", "enable_mergejoin": "off", "jit": "off"}


class NotADemoCounty(Refusal):
    """Refuse to put training data beside real ones."""

    key = "not-a-demo-county"
    title = "不能载入演练数据"


class BadProgramme(Refusal):
    """Refuse a number of matters or a day that no county can be made of."""

    key = "bad-programme"
    title = "演练参数有误"
    remedy = "请更正参数后重新运行，写法见 fyt demo load --help。"


@dataclass(frozen=True)
class Loaded:
    """What there is; `again` when it had been there before. Shape: `until` as in `load_demo`."""

    seed: int
    matters: int
    until: str
    begun: int
    records: int
    again: bool = False


def load_demo(
    *,
    seed: int,
    matters: int,
    until: date,
    now: datetime,
    tell: Callable[[datetime, int], None] = lambda at, n: None,
    beside: Callable[[], object] = lambda: None,
) -> Loaded:
    """
    Load the demo county as it stands on the morning of a day, all of it or nothing; again is no harm.

    The same seed, number and day give the same numbers, states, dates and holders. `tell` hears how far it is;
    `beside` does what else there is to do before notices go out.
    Raises: `NotADemoCounty` beside a real directory; `BadProgramme`.
    """
    check_programme(matters, until, now=now)
    end, begin = start_of(until), beginning_of(until)
    with transaction.atomic():
        set_stage(now=begin)
        if there := _setting(LOADED):
            return Loaded(**there.value, again=True)
        if not matters:
            return Loaded(seed, 0, until.isoformat(), 0, 0)
        with acting(), session_settings(BY_INDEX):
            county = _county(seed, begin)
            plans = programme(
                matters, first=begin.date(), last=until, random=county.random, calendar=current_calendar()
            )
            place = settings_of(REGION)
            plans = [plan for plan in plans if place.is_on(plan.way.mechanism.key, on=until)]
            for number, at in enumerate(county.play(plans, until=end)):
                tell(at, number)
            let_lapse(now=end)
            open_deferred(now=end)
            find_recurrences(REGION, random=county.random, now=end)
            beside()
            _deliver()
            loaded = Loaded(seed, matters, until.isoformat(), Matter.objects.count(), Record.objects.count())
            _set(LOADED, {key: value for key, value in asdict(loaded).items() if key != "again"}, end)
    return loaded


@transaction.atomic
def set_stage(*, now: datetime) -> None:
    """
    Make an empty database a demo county without matters; one that is there stays as it is.

    Raises: `NotADemoCounty` when there is a directory that is not the demo's.
    """
    if _setting(TRAINING):
        return
    if Organ.objects.exists():
        raise NotADemoCounty(
            "库中已有正式的机构目录，演练数据不得与正式数据混在一起",
            remedy="请另用一个空库：换一个 DATA_DIR 或者 DATABASE_URL。",
        )
    load_directory(DIRECTORY, by=None, now=now)
    set_place(now=now)
    Account.objects.update(password=make_password(PASSWORD))
    with acting():
        _set(TRAINING, {"directory": REGION}, now)


def stage_of(
    random: Random, *, now: datetime, habits: Habits = HABITS, strangers: int = STRANGERS_IN_A_HUNDRED
) -> Stage:
    """Return the demo county's cast with a specimen file to hand in."""
    cast = Cast.of(REGION, random=random, strangers=strangers)
    specimen = store_file(SPECIMEN, mime="text/plain", now=now)
    return Stage(cast, Sampler(cast.draw, specimen, random), habits=habits)


def beginning_of(until: date) -> datetime:
    """Return the moment at which a county begins that is to stand on a day as it would after two years."""
    return start_of(until.replace(year=until.year - YEARS, day=min(until.day, 28)))


def two_years_before(day: date) -> date:
    """Return the first working day of two years that end on a day."""
    return next_working_day(beginning_of(day).date(), calendar=current_calendar())


def check_programme(matters: int, until: date, *, now: datetime) -> None:
    """Refuse a number of matters or a day that no county can be made of. Raises: `BadProgramme`."""
    today = now.astimezone(SHANGHAI).date()
    if not EARLIEST <= until <= today:
        raise BadProgramme(f"截止日 {until} 应在 {EARLIEST} 至今天 {today} 之间", field="until")
    if not 0 <= matters <= MOST:
        raise BadProgramme(f"件数 {matters} 应为 0 至 {MOST}", field="matters")


def _county(seed: int, begin: datetime) -> County:
    random = Random(seed)
    return County(stage_of(random, now=begin), random, Agenda(begin))


def _deliver() -> None:
    """Send every notice, day by day in the evening, as the worker would have within the minute."""
    waiting = Outbox.objects.filter(done_at=None).order_by("id").iterator(chunk_size=BATCH)
    for _, told in groupby(waiting, key=lambda entry: entry.created_at.astimezone(SHANGHAI).date()):
        batch = list(told)
        sent_at = batch[-1].created_at + SENT_AFTER
        outbox.send(batch, now=sent_at)
        outbox.mark_sent(batch, now=sent_at)


def _setting(key: str) -> PlaceSetting | None:
    return PlaceSetting.objects.filter(key=key, region_code=REGION).first()


def _set(key: str, value: dict[str, object], at: datetime) -> None:
    PlaceSetting.objects.create(
        region_code=REGION,
        key=key,
        value=value,
        basis="演练数据",
        valid_from=at.astimezone(SHANGHAI).date(),
        set_by="",
        set_at=at,
    )
