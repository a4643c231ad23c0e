"""When the DAG runs: each day in UTC, once it has ended. A plugin of Airflow, since its API server must know this timetable too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from airflow.plugins_manager import AirflowPlugin
from airflow.timetables.base import DagRunInfo, DataInterval, TimeRestriction, Timetable
from airflow.utils.types import DagRunType
from pendulum import UTC, DateTime

DAY = timedelta(days=1)


class NightlyDays(Timetable):
    """The logical date of a run, and its data interval, is the day that it works on; it starts when that has ended.

    Airflow's own timetables let a manual run take the logical date of a day that has not ended, and the scheduler then
    leaves that day's night out. Here such a run is refused when it is made.

    :param minutes: how long after midnight the night starts
    :param start: the first day that can be run at all, as the DAG's start_date says
    :param first_night: the first day that is run without being asked for
    """

    def __init__(
        self,
        minutes: int = 0,
        start: str = "1970-01-01",
        first_night: str | None = None,
        now: Callable[[], DateTime] = lambda: DateTime.now(UTC),
    ) -> None:
        self.minutes, self.start, self.first_night, self._now = minutes, start, first_night, now
        self.description = f"Each day in UTC, at {self._time()} after it has ended"

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> NightlyDays:
        return cls(**data)

    def serialize(self) -> dict[str, Any]:
        return {"minutes": self.minutes, "start": self.start, "first_night": self.first_night}

    @property
    def summary(self) -> str:
        return f"nightly at {self._time()} UTC"

    def next_dagrun_info(
        self, *, last_automated_data_interval: DataInterval | None, restriction: TimeRestriction
    ) -> DagRunInfo | None:
        days = [midnight_from(restriction.earliest)] if restriction.earliest else []
        if last_automated_data_interval:
            days.append(midnight_before(last_automated_data_interval.start) + DAY)
        if not restriction.catchup:
            days += [self._last_ended_day(), midnight_of(self.first_night or self.start)]
        if not days or (restriction.latest and max(days) > restriction.latest):
            return None
        return DagRunInfo(run_after=self.night_of(max(days)), data_interval=interval_of(max(days)))

    def infer_manual_data_interval(self, *, run_after: DateTime) -> DataInterval:
        """:param run_after: the logical date that somebody asks for
        :raises ValueError: where such a run could not start, or would take the place of a night; shown by UI, REST and CLI
        """
        now, day = self._now(), midnight_before(run_after)
        if day < midnight_of(self.start):
            raise ValueError(
                f"{day.date()} {WRONG_DAY} It lies before {self.start}, of which Airflow makes runs without tasks, green at once. "
                "To run such days, set RECIPE_ETL_SCHEDULE_START to an earlier one."
            )
        if run_after > now:
            raise ValueError(f"{day.date()} {WRONG_DAY} It lies in the future, where no run can start.")
        if run_after == day and self.night_of(day) > now:
            raise ValueError(
                f"{day.date()} {WRONG_DAY} Its night starts by itself at {self.night_of(day):%Y-%m-%d %H:%M} UTC, and this run "
                "would take its place. To run the day earlier, give another time of it that has passed; "
                "as long as it has not ended, the switch allow_incomplete too."
            )
        return interval_of(day)

    def generate_run_id(
        self, *, run_type: DagRunType, run_after: DateTime, data_interval: DataInterval | None, **extra: Any
    ) -> str:
        if data_interval is None:
            return super().generate_run_id(run_type=run_type, run_after=run_after, data_interval=None, **extra)
        day = data_interval.start.date().isoformat()
        # A day has one night; a manual run is one of many.
        one = run_type == DagRunType.SCHEDULED
        return run_type.generate_run_id(suffix=day if one else f"{day}__{run_after.isoformat()}")

    def night_of(self, day: DateTime) -> DateTime:
        return day + DAY + timedelta(minutes=self.minutes)

    def _last_ended_day(self) -> DateTime:
        return midnight_before(self._now() - timedelta(minutes=self.minutes)) - DAY

    def _time(self) -> str:
        return f"{self.minutes // 60:02}:{self.minutes % 60:02}"


WRONG_DAY = "cannot be run with this logical date."


def midnight_of(day: str) -> DateTime:
    return DateTime.fromisoformat(day).replace(tzinfo=UTC)


def midnight_before(moment: DateTime) -> DateTime:
    """The moment itself where it is midnight."""
    return DateTime.instance(moment).in_timezone(UTC).start_of("day")


def midnight_from(moment: DateTime) -> DateTime:
    day = midnight_before(moment)
    return day if day == moment else day + DAY


def interval_of(day: DateTime) -> DataInterval:
    return DataInterval(day, day + DAY)


class RecipeEtlPlugin(AirflowPlugin):
    name = "recipe_etl"
    timetables = [NightlyDays]
