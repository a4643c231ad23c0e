"""The DAG as Airflow runs it: contexts, templates, XComs, the retry policy and callbacks are the real ones."""

import json
import os
import subprocess
import sys

import pytest
from conftest import DAGS, SECRETS
from servers import http_server

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def outcome(engine, image, tmp_path_factory):
    network = engine.networks.create(f"recipe-etl-test-{os.getpid()}")
    try:
        with http_server() as (slack, alerts):
            made = run_in(tmp_path_factory.mktemp("airflow"), image, network.name, slack)
        left = engine.containers.list(all=True, filters={"label": f"recipe-etl.stack={network.name}"})
        yield made | {"alerts": [json.loads(alert)["text"] for alert in alerts], "left": left}
    finally:
        network.remove()


def run_in(home, image, network, slack):
    lineage, outcome = home / "lineage", home / "outcome"
    settings = {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "INFO",
        "AIRFLOW_CONN_RECIPE_ETL_SLACK": json.dumps({"conn_type": "slackwebhook", "password": f"{slack}/secret"}),
        "RECIPE_ETL_NETWORK": network,
        "RECIPE_ETL_DATALOAD_IMAGE": image,
        "RECIPE_ETL_PREPARE_IMAGE": image,
        "RECIPE_ETL_CERTIFICATES": "",
        "AIRFLOW__OPENLINEAGE__TRANSPORT": json.dumps({"type": "file", "log_file_path": str(lineage), "append": True}),
        "OUTCOME": str(outcome),
        "RUN_CONF": json.dumps({"allow_empty": True, "dry_run": True}),
    }
    ran = subprocess.run(
        [sys.executable, str(DAGS / "tests/whole_run.py")],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    events = [json.loads(line) for line in lineage.read_text().splitlines()]
    return json.loads(outcome.read_text()) | {"said": ran.stdout + ran.stderr, "lineage": events}


def test_the_day_and_the_params_of_a_run_reach_the_job_and_its_summary_is_the_xcom(outcome):
    summary = outcome["xcoms"]["dataload.return_value"]
    words = summary["words"].split()
    assert words[:4] == ["--date", "2019-11-29", "--source", "kafka"]
    assert words[words.index("--run-id") + 1].startswith(outcome["run"])
    assert words[words.index("--try") + 1] == "1"
    assert words[-2:] == ["--allow-empty", "--dry-run"]


def test_each_task_has_its_links(outcome):
    assert outcome["xcoms"]["dataload._link_table"].endswith("/tasks/dataload/xcom")


def test_a_published_day_is_an_event_of_the_asset_and_another_dag_may_follow_it(outcome):
    (event,) = outcome["assets"]
    assert event == {"uri": "s3://lake/recipes", "name": "recipes", "day": "2019-11-29", "task": "dataload"}


def test_the_parent_of_a_jobs_run_is_its_task_as_the_provider_of_lineage_tells_of_it(outcome):
    *_, task = [event for event in outcome["lineage"] if event["job"]["name"] == "recipe_etl.dataload"]
    parent = f"{task['job']['namespace']}/recipe_etl.dataload/{task['run']['runId']}"
    assert outcome["xcoms"]["dataload.return_value"]["parent"] == parent
    assert task["eventType"] == "COMPLETE"


def test_bad_quality_fails_the_task_at_its_first_try_although_retries_are_left(outcome):
    assert outcome["tasks"]["dataload"] == {"state": "success", "try": 1}
    assert outcome["tasks"]["prepare"] == {"state": "failed", "try": 1}


def test_a_run_without_a_day_fails_at_its_first_try_and_is_told(outcome):
    alert, _, _ = outcome["alerts"]
    assert "dataload of a day without a name failed" in alert
    assert "trigger it again with one, such as 2019-11-29 00:00" in alert


def test_the_failure_is_told_once(outcome):
    _, alert, _ = outcome["alerts"]
    assert "prepare of 2019-11-29 failed (exit code 4)" in alert
    assert "It said: 9 of 10 lines" in alert
    assert "the findings" in alert


def test_what_the_lake_lacks_fails_the_morning_and_is_told_a_line_a_lack(outcome):
    *_, alert = outcome["alerts"]
    assert outcome["health"] == "failed"
    head, first, second, *_, last = alert.splitlines()
    assert head == "*recipe_etl_health: the lake lacks 2 things*"
    assert (first.strip("`"), second) == ("2019-11-28: one", "2019-11-29: two")
    assert last.startswith("What to do")


def test_no_secret_is_in_what_airflow_said_and_no_container_is_left(outcome):
    for secret in SECRETS.values():
        assert secret not in outcome["said"]
    assert outcome["left"] == []
