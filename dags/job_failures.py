"""How a task of this DAG fails: always with the job, the day, and what to do."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence

from airflow.providers.docker.exceptions import DockerContainerFailedException
from airflow.sdk.exceptions import AirflowFailException
from exit_codes import exit_code_of
from job_log import read_line

LAST_LINES = 10
COLUMNS = 120
OBEYED = {code: f"\\u{code:04x}" for code in [*range(9), *range(11, 32), *range(127, 160)]}
"""What a terminal obeys; names from data, which a message may hold, are shown and not obeyed."""


class JobFailed(DockerContainerFailedException):
    """The container ended, or was ended, without success. Whether it is tried again is up to its exit code."""

    def __init__(self, job: str, day: str, exit_code: int | None, said: str, lines: Sequence[str] = ()) -> None:
        # The job has logged its message too, as text or within JSON.
        forms = (said, json.dumps(said)[1:-1], json.dumps(said, ensure_ascii=False)[1:-1]) if said else ()
        shown = (read_line(line)[1].translate(OBEYED) for line in lines if not any(form in line for form in forms))
        self.lines = list(shown)[-LAST_LINES:]
        said = said.translate(OBEYED)
        self.job, self.day, self.exit_code, self.said = job, day, exit_code, said
        known = exit_code_of(exit_code)
        text = [f"{job} of {day} ended with exit code {exit_code}: {known.meaning}."]
        if self.lines:
            text += ["Its last lines:", *(f"  {line}" for line in self.lines)]
        if said:
            text += wrapped(f"It said: {said}")
        text += what_to_do(exit_code)
        super().__init__("\n".join(text), logs=self.lines)


class JobFailedForGood(JobFailed, AirflowFailException):
    """A failure that comes back until somebody does something: Airflow does not try again."""


class DayTaken(AirflowFailException):
    """Another run is writing the day: trying again would only meet it again, or write over what it published."""


def what_to_do(exit_code: int | None) -> list[str]:
    return wrapped(f"What to do: {exit_code_of(exit_code).to_do}.")


def wrapped(text: str) -> list[str]:
    """The log of a task shows so much of a line without scrolling."""
    return textwrap.wrap(text, COLUMNS, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def job_failure(job: str, day: str, exit_code: int, said: str, lines: Sequence[str] = ()) -> JobFailed:
    kind = JobFailed if exit_code_of(exit_code).retries else JobFailedForGood
    return kind(job, day, exit_code, said, lines)
