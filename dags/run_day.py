"""The day of a run, which fails at once where it is none that can be loaded."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from airflow.sdk.exceptions import AirflowFailException
from run_notes import flags_of, words_of


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


def first_line(job: str, context: Any) -> tuple[bool, str]:
    """What a task says before anything else.

    :returns: whether somebody should look twice, and the line
    """
    day, params = context["ds"], context["params"]
    line = f"{job} of {day} {words_of(params)}"
    cleared = getattr(context.get("dag_run"), "clear_number", 0)
    if not cleared or not flags_of(params):
        return False, line
    # To leave them out would publish a run that the UI shows as a dry run.
    return True, f"{line}: this run was cleared, and a run keeps its switches. For one without them: npm run trigger -- {day}"
