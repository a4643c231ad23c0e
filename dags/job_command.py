"""The command line of a job for one run of the DAG."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from run_day import day_of

RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+:-]{0,119}")
"""What a job takes as --run-id; see jobs/lake/src/run-id.ts."""

FLAGS_BY_PARAM = {
    "dataload": ("allow_empty", "allow_incomplete", "refetch", "replace_restored", "dry_run"),
    "prepare": ("allow_incomplete", "replace_restored", "dry_run"),
}
REPORT = "report"
"""A param with the name of one report for prepare; a DAG need not have it, and without it all reports are made."""


class JobCommand:
    """Called by Airflow just before the task runs, instead of a template: a flag that is off leaves no empty word."""

    def __init__(self, job: str, max_runtime: str, options: tuple[str, ...] = ()) -> None:
        self.job, self.max_runtime, self.options = job, max_runtime, options

    def __call__(self, *, context: Any, jinja_env: Any = None) -> list[str]:
        day = day_of(context)
        ti, params = context["ti"], context["params"]
        flags = [f"--{name.replace('_', '-')}" for name in FLAGS_BY_PARAM[self.job] if params.get(name)]
        if self.job == "prepare" and params.get(REPORT):
            flags += ["--report", params[REPORT]]
        run_id = job_run_id(context["run_id"], str(ti.id))
        limits = ["--run-id", run_id, "--try", str(ti.try_number), "--max-runtime", self.max_runtime]
        return ["--date", day, *self.options, *limits, *flags]


def job_run_id(run_id: str, task_instance_id: str) -> str:
    """Airflow's run id, as the job takes it, and the end of the task instance's.

    A run that was deleted and made again has the same id and starts with try 1 again, and the lake knows that already.
    """
    unique = task_instance_id.replace("-", "")[-8:]
    head = re.sub(r"[^A-Za-z0-9._+:-]", "-", run_id).lstrip("._+:-") or "run"
    longest = 119 - len(unique)
    if len(head) > longest:
        digest = hashlib.sha256(run_id.encode()).hexdigest()[:8]
        head = f"{head[: longest - 9]}-{digest}"
    return f"{head}.{unique}"
