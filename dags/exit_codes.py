"""What the exit codes of the jobs mean to an operator, and which failures Airflow tries again.

The codes themselves are the jobs' (schema/cli-contract.json); a test compares the two.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta

KILLED = 137
STOPPED = 143
OUT_OF_TIME = 6
REFUSED = 4

RETRY_DELAY = timedelta(seconds=int(os.environ.get("RECIPE_ETL_RETRY_SECONDS") or 60))


@dataclass(frozen=True)
class ExitCode:
    meaning: str
    to_do: str
    retries: int = 0
    """How many more tries a failure with this code is worth."""
    delay: timedelta = RETRY_DELAY
    """How long Airflow waits before such a try."""


EXIT_CODES = {
    0: ExitCode("published, or unchanged", "nothing"),
    1: ExitCode(
        "unexpected failure",
        "read the last lines; clear the task to try again, and report it if it comes back",
        retries=2,
    ),
    2: ExitCode(
        "wrong usage, config or schema, or an unreadable input",
        "mend what the message names, then clear the task",
    ),
    3: ExitCode(
        "no input for the day, or the day is not over",
        "see why the day's events have not arrived, then clear the task; "
        "a day that truly had none is triggered with allow_empty",
        # Two hours: as long as a day needs to close that is asked for right after its midnight.
        retries=12,
        delay=10 * RETRY_DELAY,
    ),
    REFUSED: ExitCode(
        "quality limits broken; the published day is unchanged",
        "read the findings in the rejected run manifest; mend the source or change the limits, then clear the task; "
        "a day that truly had no events is triggered with allow_empty",
    ),
    5: ExitCode(
        "overtaken by another run of the same day that saw other input",
        "let the other run end, look at the day with `npm run lake -- status`, then clear the task if need be",
        retries=1,
    ),
    OUT_OF_TIME: ExitCode(
        "Spark, Kafka or the store could not be reached, or out of time",
        "see whether the service that the message names is up, then clear the task",
        retries=2,
    ),
    KILLED: ExitCode(
        "killed, by the engine for want of memory or by somebody",
        "raise RECIPE_ETL_JOB_MEMORY if the container ran out of memory, then clear the task",
        retries=2,
    ),
    STOPPED: ExitCode(
        "stopped from outside",
        "clear the task to run the day again",
        retries=2,
    ),
}

UNKNOWN = ExitCode(
    "the container could not be run, or ended with a code that no job uses",
    "see whether the Docker engine and the image work (`docker ps`, `docker run IMAGE --help`), then clear the task",
    retries=2,
)


def exit_code_of(code: int | None) -> ExitCode:
    return UNKNOWN if code is None else EXIT_CODES.get(code, UNKNOWN)


MOST_RETRIES = max(code.retries for code in EXIT_CODES.values())
