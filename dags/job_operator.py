"""How a job runs: one container for one task and day, which never passes when it was killed."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from airflow.providers.docker.operators.docker import DockerOperator, fetch_logs
from airflow.sdk.exceptions import AirflowException, AirflowTaskTimeout
from airflow.sdk.log import mask_secret
from day_claim import DAG, DAY, JOB, RUN, STACK, TRY, DayClaim, stop_and_remove
from docker.errors import APIError
from docker.types import LogConfig
from exit_code_retries import ExitCodeRetries
from exit_codes import MOST_RETRIES, OUT_OF_TIME, STOPPED
from job_assets import ALIASES, tell_assets
from job_environment import private_environment, secrets_of
from job_failures import JobFailed, job_failure
from job_log import JobLog, summary_of
from lineage_parent import lineage_parent
from place_links import PLACES, PlaceLink
from run_day import first_line

HARDENED = {
    "read_only": True,
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges"],
    "tmpfs": {"/tmp": "size=64m,nosuid,nodev,noexec"},
    "pids_limit": 256,
}


class JobOperator(DockerOperator):
    """A DockerOperator whose container is the only one of its job and day; its result is the job's summary.

    The image brings its own init and its own user, neither root nor able to become it.

    :param job: dataload or prepare
    :param stack: tells the containers of several installations on one engine apart
    :param image_setting: the variable that names the image
    :param command: called with the context, just before the container is made
    """

    template_fields = (*DockerOperator.template_fields, "labels")

    def __init__(
        self, *, job: str, stack: str, image_setting: str, command: Callable[..., list[str]], **kwargs: Any
    ) -> None:
        self.job, self.image_setting = job, image_setting
        self.operator_extra_links = [PlaceLink(place) for place in PLACES.get(job, ())]
        self.summary: dict[str, Any] | None = None
        self.killed = False
        labels = {
            STACK: stack,
            DAG: "{{ dag.dag_id }}",
            JOB: job,
            DAY: "{{ ds }}",
            RUN: "{{ run_id }}",
            TRY: "{{ ti.try_number }}",
        }
        defaults = {
            "task_id": job,
            "container_name": f"{stack}-{job}-{{{{ ds_nodash }}}}",
            "labels": labels,
            "api_version": "auto",
            "mount_tmp_dir": False,
            "outlets": [ALIASES[job]] if job in ALIASES else [],
            "retries": MOST_RETRIES,
            # After a scheduler that died; what a failure of the job waits stands in exit_codes.py.
            "retry_delay": timedelta(seconds=30),
            "retry_policy": ExitCodeRetries(),
        }
        super().__init__(command=command, **(defaults | kwargs))

    def execute(self, context: Any) -> dict[str, Any]:
        self._private_environment = private_environment(os.environ, self.job)
        for secret in secrets_of(self._private_environment):
            mask_secret(secret)
        self._lineage_parent = lineage_parent(context.get("ti"))
        self._say_first(context)
        try:
            summary = super().execute(context)
            if "outlet_events" in context:
                tell_assets(self.job, summary, context["outlet_events"])
            return summary
        except AirflowTaskTimeout:
            said = "neither done nor ended by itself within --max-runtime, so Airflow ended it"
            raise self._failure(OUT_OF_TIME, said) from None
        except Exception as error:
            # While a container is being stopped, its streams and its exit code mean nothing any more.
            if self.killed and not isinstance(error, JobFailed):
                raise self._failure(STOPPED, "stopped by Airflow") from error
            if isinstance(error, APIError) and not self.cli.images(name=self.image):
                raise AirflowException(self._no_image(error)) from error
            raise
        finally:
            if self.container is not None:
                stop_and_remove(self.cli, self.container["Id"])

    def _say_first(self, context: Any) -> None:
        if "ds" not in context:
            return
        is_odd, line = first_line(self.job, context)
        (self.log.warning if is_odd else self.log.info)("%s", line)

    def _run_image_with_mounts(self, target_mounts: list, add_tmp_variable: bool) -> dict[str, Any]:
        """The life of the container. The parent's knows no read-only root and no dropped capabilities."""
        claim = DayClaim(self.cli, self.labels, self.log)
        self.container = claim.create(self.container_name, lambda: self._create_container(target_mounts))
        container = self.container["Id"]
        # Attached before it starts: a job that ends at once is heard too.
        stream = self.cli.attach(container=container, stdout=True, stderr=True, stream=True)
        if self.killed:
            raise self._failure(STOPPED, "stopped by Airflow before it started")
        self.cli.start(container)
        lines = fetch_logs(stream, JobLog(self.log))
        exit_code = self.cli.wait(container)["StatusCode"]
        if self.killed:
            raise self._failure(STOPPED, "stopped by Airflow", lines)
        return self._result(exit_code, lines)

    def _result(self, exit_code: int, lines: list[str]) -> dict[str, Any]:
        """@raises JobFailed"""
        # Also of a day that was refused: its manifest and its quarantine are what an operator looks for.
        summary = self.summary = summary_of(lines)
        if exit_code != 0:
            said = (summary or {}).get("message", "")
            raise self._failure(exit_code, self._out_of_memory() or said, lines if summary is None else lines[:-1])
        if summary is None:
            raise self._failure(1, "the last line was no summary: is this the image of a job?", lines)
        self.log.info("%s", told(summary))
        return summary

    def _out_of_memory(self) -> str:
        """:returns: empty where that was not the end of the container"""
        state = self.cli.inspect_container(self.container["Id"])["State"]
        return f"the container used more memory than its {self.mem_limit}" if state.get("OOMKilled") else ""

    def _create_container(self, mounts: list) -> dict:
        return self.cli.create_container(
            command=self.command,
            name=self.container_name,
            environment={**self.environment, **self._lineage_parent, **self._private_environment},
            host_config=self.cli.create_host_config(
                mounts=mounts,
                network_mode=self.network_mode,
                mem_limit=self.mem_limit,
                memswap_limit=self.mem_limit,
                nano_cpus=int(self.cpus * 1e9),
                log_config=LogConfig(type=LogConfig.types.JSON, config={"max-size": "20m", "max-file": "2"}),
                **HARDENED,
            ),
            image=self.image,
            labels=self.labels,
        )

    def on_kill(self) -> None:
        """Airflow calls this in the midst of execute(), which then goes on."""
        self.killed = True
        if self.container is None or not self.hook.client_created:
            return
        self.log.info("Stopping container %s", self.container["Id"][:12])
        try:
            stop_and_remove(self.cli, self.container["Id"])
        except APIError as error:
            self.log.warning("The container could not be stopped, the next try will: %s", error)

    def _no_image(self, error: APIError) -> str:
        return (
            f"image {self.image} is neither on the engine nor can it be fetched ({error.explanation}): "
            f"build it with `npm run up`, or name one that exists in {self.image_setting}"
        )

    def _failure(self, exit_code: int, said: str, lines: Sequence[str] = ()) -> JobFailed:
        return job_failure(self.job, self.labels[DAY], exit_code, said, lines)


def told(summary: dict[str, Any]) -> str:
    """What a person wants to know of a run: what happened, counts, and where it lies; of several reports of each."""
    head = f"{summary.get('job', 'job')} of {summary.get('logicalDate', 'the day')}: {summary['outcome']}"
    reports = [f"{made['name']}: {_with_numbers(made['outcome'], made)}" for made in summary.get("reports") or ()]
    return " · ".join([_with_numbers(head, summary), *reports])


def _with_numbers(head: str, made: dict[str, Any]) -> str:
    counts = made.get("counts") or {}
    numbers = ", ".join(f"{name} {value}" for name, value in counts.items() if isinstance(value, int))
    places = (f"{place}: {made[place]}" for place in ("table", "quarantine", "report") if made.get(place))
    return " · ".join([f"{head} ({numbers})" if numbers else head, *places])
