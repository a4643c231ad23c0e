"""The DAG recipe_etl: for each day in UTC, dataload and then prepare."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from airflow.sdk import DAG, Param
from failure_alert import alert_of_failure, alert_of_timeout
from job_command import JobCommand
from job_operator import JobOperator
from nightly_days import NightlyDays, midnight_of
from schedule_minutes import schedule_minutes
from stack_settings import CONFIGS, ENVIRONMENT, FIRST_NIGHT, SETTINGS, START, container_of

SOURCE = SETTINGS.get("RECIPE_ETL_SOURCE") or "kafka"
RUNTIME_MINUTES = int(SETTINGS.get("RECIPE_ETL_MAX_RUNTIME_MINUTES") or 120)
PARALLEL_DAYS = int(SETTINGS.get("RECIPE_ETL_PARALLEL_DAYS") or 2)

PARAMS = {
    "allow_empty": "A day without input, or without rows, becomes an empty partition",
    "allow_incomplete": "Accept a day that has not ended, or that Kafka has only in part",
    "refetch": "Take the day from Kafka again, although it landed already",
    "replace_restored": "Replace a day or report that restore brought back; without it such a day is refused",
    "dry_run": "Do everything but the publish",
}


def job(name: str, *options: str) -> JobOperator:
    return JobOperator(
        **container_of(name),
        job=name,
        command=JobCommand(name, max_runtime=f"{RUNTIME_MINUTES}m", options=options),
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
    schedule=NightlyDays(minutes=schedule_minutes(CONFIGS, ENVIRONMENT), start=START, first_night=FIRST_NIGHT),
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
