"""The hours in which a person may be disturbed."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.terms import SHANGHAI


@dataclass(frozen=True, slots=True)
class Hours:
    """From when until when, and whether on working days alone."""

    begin: time
    end: time
    working_days_only: bool

    def hold(self, moment: datetime, *, calendar: Calendar) -> bool:
        """Tell whether a moment lies in these hours."""
        local = moment.astimezone(SHANGHAI)
        return self._is_open_day(local, calendar) and self.begin <= local.time() < self.end

    def next_from(self, moment: datetime, *, calendar: Calendar) -> datetime:
        """Return the moment itself when it lies in these hours, else the next at which they begin."""
        if self.hold(moment, calendar=calendar):
            return moment
        begin = datetime.combine(moment.astimezone(SHANGHAI).date(), self.begin, SHANGHAI)
        while begin <= moment or not self._is_open_day(begin, calendar):
            begin += timedelta(days=1)
        return begin

    def _is_open_day(self, local: datetime, calendar: Calendar) -> bool:
        return not self.working_days_only or calendar.is_working_day(local.date())
