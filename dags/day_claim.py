"""One container for one job and day: leftovers go, and a day that another run is writing is that run's.

The container's name is the claim, since the engine gives a name to one container only. Labels say whose it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from logging import Logger
from typing import Any

from docker.errors import APIError, NotFound
from job_failures import DayTaken

STACK, DAG, JOB, DAY, RUN, TRY = (f"recipe-etl.{name}" for name in ("stack", "dag", "job", "date", "run", "try"))

STOP_SECONDS = 4
"""The job ends within 3 s of SIGTERM; Airflow kills the task process 5 s after its own."""
START_SECONDS = 60
"""How long a container of another run may exist without running before it counts as left behind."""
READ_SECONDS = 5
"""How long another run gets to read the exit code of its container that has ended, and to remove it."""

WRITING = {"running", "paused", "restarting"}


class DayClaim:
    """What stands in the way of a container of `labels`."""

    def __init__(
        self,
        cli: Any,
        labels: Mapping[str, str],
        log: Logger,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.cli, self.labels, self.log, self.now, self.sleep = cli, labels, log, now, sleep

    def create(self, name: str, create: Callable[[], dict]) -> dict:
        """@raises DayTaken where another run holds the day"""
        for _ in range(3):
            self.clear_the_way()
            try:
                return create()
            except APIError as error:
                if error.status_code != 409:
                    raise
                self.log.info("Another container took the name %s just now; looking again", name)
        raise DayTaken(
            f"the container name {name} is taken by a container that no run of this DAG made: "
            f"look at it with `docker inspect {name}`, remove it, then clear this task"
        )

    def clear_the_way(self) -> None:
        for found in self._found():
            owner = found["Labels"].get(RUN, "unknown")
            if owner != self.labels[RUN]:
                self._respect(found, owner)
            self.log.warning("Removing container %s that an earlier try left (%s)", found["Id"][:12], found["Status"])
            stop_and_remove(self.cli, found["Id"])

    def _respect(self, found: Mapping[str, Any], owner: str) -> None:
        starting = found["State"] == "created" and self.now() - found["Created"] < START_SECONDS
        if found["State"] in WRITING or starting:
            raise DayTaken(
                f"{self.labels[JOB]} of {self.labels[DAY]} is being written by run {owner} "
                f"(try {found['Labels'].get(TRY, 'unknown')}, container {found['Id'][:12]}): "
                "clear this task when that has ended, if the day is still needed then"
            )
        deadline = self.now() + READ_SECONDS
        while self.now() < deadline and any(other["Id"] == found["Id"] for other in self._found()):
            self.sleep(0.5)

    def _found(self) -> list[dict]:
        same_day = [f"{key}={self.labels[key]}" for key in (STACK, JOB, DAY)]
        return self.cli.containers(all=True, filters={"label": same_day})


def stop_and_remove(cli: Any, container_id: str) -> None:
    """SIGTERM first, so that the job can end its work on Spark. No container, nothing to do."""
    try:
        cli.stop(container_id, timeout=STOP_SECONDS)
    except NotFound:
        return
    try:
        cli.remove_container(container_id, force=True)
    except NotFound:
        return
    except APIError as error:
        if error.status_code != 409:  # its removal is under way already
            raise
