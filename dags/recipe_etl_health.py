"""The DAG recipe_etl_health: each morning, whether the lake is as it should be."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from airflow.sdk import DAG
from failure_alert import alert_of_timeout
from health_operator import HealthOperator
from lake_lacks import alert_of_lacks
from nightly_days import NightlyDays, midnight_of
from schedule_minutes import EXPECTED, schedule_minutes
from stack_settings import CONFIGS, ENVIRONMENT, FIRST_NIGHT, START, container_of

with DAG(
    dag_id="recipe_etl_health",
    description="Whether every day is in the lake by the morning, and right",
    # Its own schedule: a night that never ran calls no alert, and neither does a DAG that is paused.
    schedule=NightlyDays(minutes=schedule_minutes(CONFIGS, ENVIRONMENT, EXPECTED), start=START, first_night=FIRST_NIGHT),
    start_date=midnight_of(START),
    catchup=False,
    # Whoever has to remember to switch the watchman on has none.
    is_paused_upon_creation=False,
    # Each looks at the same lake.
    max_active_runs=1,
    dagrun_timeout=timedelta(days=1),
    on_failure_callback=alert_of_timeout,
    tags=["recipes", "daily"],
    doc_md=Path(__file__).with_suffix(".md").read_text(encoding="utf-8"),
):
    HealthOperator(
        # The image of prepare has the lake commands.
        **container_of("prepare"),
        task_id="check",
        execution_timeout=timedelta(minutes=15),
        on_failure_callback=alert_of_lacks,
    )
