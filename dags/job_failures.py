"""How a task of this DAG fails: always with the job, the day, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from airflow.providers.docker.exceptions import DockerContainerFailedException
from airflow.sdk.exceptions import AirflowFailException
from exit_codes import exit_code_of

LAST_LINES = 10


class JobFailed(DockerContainerFailedException):
    """The container ended, or was ended, without success. Whether it is tried again is up to its exit code."""

    def __init__(self, job: str, day: str, exit_code: int | None, said: str, lines: Sequence[str] = ()) -> None:
        self.job, self.day, self.exit_code, self.said = job, day, exit_code, said
        self.lines = list(lines)[-LAST_LINES:]
        known = exit_code_of(exit_code)
        text = [f"{job} of {day} ended with exit code {exit_code}: {known.meaning}."]
        if said:
            text.append(f"It said: {said}")
        text.append(f"What to do: {known.to_do}.")
        if self.lines:
            text += ["Its last lines:", *(f"  {line}" for line in self.lines)]
        super().__init__("\n".join(text), logs=self.lines)


class JobFailedForGood(JobFailed, AirflowFailException):
    """A failure that comes back until somebody does something: Airflow does not try again."""


class DayTaken(AirflowFailException):
    """Another run is writing the day: trying again would only meet it again, or write over what it published."""


def job_failure(job: str, day: str, exit_code: int, said: str, lines: Sequence[str] = ()) -> JobFailed:
    kind = JobFailed if exit_code_of(exit_code).retries else JobFailedForGood
    return kind(job, day, exit_code, said, lines)
