"""What a lake lacks, as the failure of the task that looked, and as an alert: a line a lack, and what to do last."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import alert_channels
from airflow.sdk.exceptions import AirflowFailException
from failure_alert import alert_of_failure, shortened
from job_failures import OBEYED, wrapped

log = logging.getLogger(__name__)

MOST_LACKS = 20
"""What more an alert would show is in the log of the task."""
TO_DO = (
    "What to do: run the command that a line ends with; a line without one says what is wrong, and the run-book what then. "
    "Clear this task to look again."
)


class LakeLacks(AirflowFailException):
    """The lake was looked at, and it is not as it should be. To look again without doing anything helps nobody."""

    def __init__(self, lacks: Sequence[str]) -> None:
        self.lacks = [lack.translate(OBEYED) for lack in lacks]
        super().__init__("\n".join([f"{self.head}:", *(f"  {lack}" for lack in self.lacks), *wrapped(TO_DO)]))

    @property
    def head(self) -> str:
        count = len(self.lacks)
        return f"the lake lacks {count} thing{'' if count == 1 else 's'}"


def alert_of_lacks(context: Any) -> None:
    """Airflow's on_failure_callback of the health check: where the lake could not be looked at, as of any job. Never raises."""
    error = context.get("exception")
    if not hasattr(error, "lacks"):
        alert_of_failure(context)
        return
    try:
        alert_channels.send(*lacks_text(context))
    except Exception:
        log.exception("No alert could be made of what the lake lacks")
    # Airflow has logged the failure before; whoever opens the log sees its end.
    for line in [*error.lacks, *wrapped(TO_DO)]:
        log.error("%s", line)


def lacks_text(context: Any) -> tuple[str, str]:
    """:returns: subject and text"""
    ti, error = context["ti"], context["exception"]
    shown, more = error.lacks[:MOST_LACKS], len(error.lacks) - MOST_LACKS
    text = [
        *shown,
        *([f"… and {more} more, in the log"] if more > 0 else []),
        f"Log: {getattr(ti, 'log_url', None) or 'see the task in the UI'}",
        TO_DO,
    ]
    return f"{ti.dag_id}: {error.head}", shortened("\n".join(text))
