"""Tasks as they are just before they run."""

from copy import copy
from datetime import datetime
from types import SimpleNamespace

from airflow.sdk.exceptions import AirflowException

TI_ID = "01936f2e-7b1c-7c53-a0f1-00005eed1234"


def context_of(dag, day="2019-11-29", run_id="manual__2019-11-29T00:00:00+00:00_x1", try_number=1, **params):
    off = {name: False for name in ("allow_empty", "allow_incomplete", "refetch", "replace_restored", "dry_run")}
    return {
        "dag": dag,
        "ds": day,
        "logical_date": datetime.fromisoformat(day),
        "ds_nodash": day.replace("-", ""),
        "run_id": run_id,
        "params": off | params,
        "ti": SimpleNamespace(
            id=TI_ID, try_number=try_number, run_id=run_id, dag_id="recipe_etl", task_id="dataload", log_url="log:url"
        ),
    }


def rendered(dag, job, context=None):
    task = copy(dag.task_dict[job])
    task.labels = dict(task.labels)
    task.environment = dict(task.environment)
    task.render_template_fields(context or context_of(dag))
    return task


def run(task, engine, context=None):
    """:param engine: what the task talks to instead of a Docker engine"""
    engine.serve(task)
    return task.execute(context or {})


def failure_of(action):
    try:
        action()
    except AirflowException as error:
        return error
    raise AssertionError("it did not fail")
