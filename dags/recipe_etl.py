"""The DAG recipe_etl: for each day in UTC, dataload and then prepare."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from airflow.sdk import DAG, Param
from docker.types import Mount
from failure_alert import alert_of_failure, alert_of_timeout
from job_command import JobCommand
from job_environment import plain_environment
from job_operator import JobOperator
from nightly_days import NightlyDays, midnight_of
from schedule_minutes import schedule_minutes

SETTINGS = os.environ
CONFIGS = Path(__file__).resolve().parents[1] / "configs"
NETWORK = SETTINGS.get("RECIPE_ETL_NETWORK") or "recipe-etl"
SOURCE = SETTINGS.get("RECIPE_ETL_SOURCE") or "kafka"
START = SETTINGS.get("RECIPE_ETL_SCHEDULE_START") or "2000-01-01"
# A stack that was just set up has no events of yesterday yet.
FIRST_NIGHT = SETTINGS.get("RECIPE_ETL_FIRST_NIGHT") or None
RUNTIME_MINUTES = int(SETTINGS.get("RECIPE_ETL_MAX_RUNTIME_MINUTES") or 120)
PARALLEL_DAYS = int(SETTINGS.get("RECIPE_ETL_PARALLEL_DAYS") or 2)

PARAMS = {
    "allow_empty": "A day without input, or without rows, becomes an empty partition",
    "allow_incomplete": "Accept a day that has not ended, or that Kafka has only in part",
    "refetch": "Take the day from Kafka again, although it landed already",
    "replace_restored": "Replace a day or report that restore brought back; without it such a day is refused",
    "dry_run": "Do everything but the publish",
}


def certificates() -> list[Mount]:
    volume = SETTINGS.get("RECIPE_ETL_CERTIFICATES")
    return [Mount(target="/run/certificates", source=volume, type="volume", read_only=True)] if volume else []


def job(name: str, *options: str) -> JobOperator:
    return JobOperator(
        job=name,
        stack=NETWORK,
        image=SETTINGS.get(f"RECIPE_ETL_{name.upper()}_IMAGE") or f"recipe-etl-{name}:dev",
        command=JobCommand(name, max_runtime=f"{RUNTIME_MINUTES}m", options=options),
        environment=plain_environment(SETTINGS),
        network_mode=NETWORK,
        mounts=certificates(),
        mem_limit=SETTINGS.get("RECIPE_ETL_JOB_MEMORY") or "1g",
        cpus=float(SETTINGS.get("RECIPE_ETL_JOB_CPUS") or 1),
        # The job ends itself at --max-runtime; this is for one that cannot.
        execution_timeout=timedelta(minutes=RUNTIME_MINUTES + 10),
        # Counts the tasks of all runs, those of back-fills too.
        max_active_tis_per_dag=PARALLEL_DAYS,
        on_failure_callback=alert_of_failure,
    )


with DAG(
    dag_id="recipe_etl",
    description="Recipe-change events of one day to a table, and the cooking times of its beef recipes to a CSV",
    # By then even a quiet topic has closed the day: nothing waits, and no run is held for it.
    schedule=NightlyDays(
        minutes=schedule_minutes(CONFIGS, SETTINGS.get("RECIPE_ETL_ENV") or "dev"), start=START, first_night=FIRST_NIGHT
    ),
    start_date=midnight_of(START),
    catchup=False,
    max_active_runs=4,
    # What has not ended when the next night comes never will, and would keep a place of max_active_runs.
    dagrun_timeout=timedelta(days=1),
    # A task tells of its own failure.
    on_failure_callback=alert_of_timeout,
    params={name: Param(False, type="boolean", title=text) for name, text in PARAMS.items()},
    tags=["recipes", "daily"],
    doc_md=Path(__file__).with_suffix(".md").read_text(encoding="utf-8"),
):
    job("dataload", "--source", SOURCE) >> job("prepare")
