"""The day of a run, which fails at once where it is none that can be loaded."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from airflow.sdk.exceptions import AirflowFailException


def day_of(context: Any, now: datetime | None = None) -> str:
    """The timetable refuses most of these days when the run is made; here are those that got past it.

    :raises AirflowFailException: with what to do
    """
    day = context.get("ds")
    if day is None:
        raise AirflowFailException(
            "this run has no logical date, so no day: trigger it again with one, such as 2019-11-29 00:00"
        )
    today = (now or datetime.now(UTC)).date().isoformat()
    if day < today or (day == today and context["params"].get("allow_incomplete")):
        return day
    todo = "trigger a run whose logical date is a day that has ended, time 00:00"
    if day == today:
        todo += "; for what has come so far today, one with the switch allow_incomplete"
    # A run at midnight has the logical date that the day's night needs; the scheduler does not make a second one.
    if context["logical_date"].time() == datetime.min.time():
        todo = f"delete this run before {day} ends, since it takes the place of that night; then {todo}"
    raise AirflowFailException(f"{day} has not ended, so nothing was run. What to do: {todo}.")
