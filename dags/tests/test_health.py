"""The DAG recipe_etl_health: when it looks, what it runs, and how it tells what the lake lacks."""

import json
from types import SimpleNamespace

import pytest
from airflow.sdk.exceptions import AirflowFailException
from airflow.timetables.base import TimeRestriction
from conftest import PLAIN, SECRETS
from fake_engine import FakeEngine
from lake_lacks import MOST_LACKS, TO_DO, LakeLacks, alert_of_lacks, lacks_text
from pendulum import datetime as utc
from runs import context_of, failure_of, rendered, run
from servers import http_server
from test_failure_alert import connect as connect

MISSING = "2019-11-29: landed from Kafka, but not in the table: npm run trigger -- 2019-11-29"
LATE = "2019-11-27: records of the day came to Kafka after it landed: npm run trigger -- 2019-11-27 --refetch"
TI = SimpleNamespace(dag_id="recipe_etl_health", task_id="check", try_number=1, run_id="x", log_url="https://airflow/log")


@pytest.fixture
def check(health_dag):
    return rendered(health_dag, "check")


def lacking(*lines):
    return FakeEngine(exit_code=4, lines=lines)


def context_with(*lacks):
    return {"ti": TI, "ds": "2019-11-29", "run_id": "x", "exception": LakeLacks(lacks)}


def test_it_looks_when_the_day_is_expected_and_by_itself(health_dag):
    assert health_dag.timetable.summary == "nightly at 06:00 UTC"
    assert health_dag.is_paused_upon_creation is False
    assert (health_dag.catchup, health_dag.max_active_runs) == (False, 1)
    assert "lake status --check --page" in health_dag.doc_md


def test_it_looks_at_no_morning_before_the_first_night_of_a_new_stack(health_dag):
    timetable = type(health_dag.timetable)(360, first_night="2019-11-30", now=lambda: utc(2019, 11, 30, 12))
    info = timetable.next_dagrun_info(
        last_automated_data_interval=None, restriction=TimeRestriction(utc(2019, 11, 1), None, catchup=False)
    )
    assert info.run_after == utc(2019, 12, 1, 6)


def test_it_runs_the_lake_command_in_the_image_of_prepare_whatever_the_day(health_dag, check):
    assert check.image == "recipe-etl-prepare:dev"
    assert check.command == ["lake", "status", "--check", "--page"]
    assert rendered(health_dag, "check", context_of(health_dag, day="2000-01-01")).command == check.command
    assert check.environment == PLAIN | {"RECIPE_ETL_SCHEDULER": "airflow"}
    assert check.container_name == "recipe-etl-health-20191129"
    assert check.labels["recipe-etl.dag"] == "recipe_etl_health"


def test_it_is_locked_up_as_a_job_is_and_gets_the_secrets_where_nobody_reads_them(check):
    run(check, engine := FakeEngine(lines=["healthy: 3 days, 2019-11-27 to 2019-11-29"]))
    assert engine.created["host_config"]["read_only"] is True
    assert engine.created["environment"].items() >= SECRETS.items()
    assert not any(secret in repr(vars(check)["environment"]) for secret in SECRETS.values())


def test_a_healthy_lake_is_green_and_its_line_is_the_result(check):
    said = "healthy: 3 days, 2019-11-27 to 2019-11-29"
    assert run(check, FakeEngine(lines=["warn: no clock", said])) == {"outcome": "healthy", "message": said}


def test_what_the_lake_lacks_fails_the_task_at_once_a_line_a_lack_and_what_to_do_last(check):
    error = failure_of(lambda: run(check, lacking("warn: a policy is not set", f"{MISSING}\n{LATE}")))
    assert isinstance(error, AirflowFailException)
    assert error.lacks == [MISSING, LATE]
    head, *lines = str(error).splitlines()
    assert head == "the lake lacks 2 things:"
    assert lines[:2] == [f"  {MISSING}", f"  {LATE}"]
    assert " ".join(line.strip() for line in lines[2:]) == TO_DO


def test_a_lake_that_cannot_be_looked_at_fails_as_a_job_does_and_is_tried_again(check):
    error = failure_of(lambda: run(check, FakeEngine(exit_code=6, lines=["error: s3://lake did not answer"])))
    assert (error.exit_code, error.lines) == (6, ["error: s3://lake did not answer"])
    assert not isinstance(error, AirflowFailException)


def test_names_from_data_are_shown_and_not_obeyed(check):
    assert failure_of(lambda: run(check, lacking("a\x1b[2Jb"))).lacks == ["a\\u001b[2Jb"]


def test_the_alert_goes_to_the_channels_of_the_nights_and_the_log_ends_with_what_to_do(connect, caplog):
    with http_server() as (url, bodies):
        connect("recipe_etl_slack", conn_type="slackwebhook", password=f"{url}/services/T0/B0/secret")
        alert_of_lacks(context_with(MISSING))
    (body,) = bodies
    text = json.loads(body)["text"]
    assert "*recipe_etl_health: the lake lacks 1 thing*" in text
    assert text.index(MISSING) < text.index(TI.log_url) < text.index("What to do")
    errors = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert errors[0] == MISSING
    assert errors[1].startswith("What to do")


def test_a_failure_of_the_check_itself_is_told_as_that_of_a_job(connect):
    with http_server() as (url, bodies):
        connect("recipe_etl_slack", conn_type="slackwebhook", password=f"{url}/services/T0/B0/secret")
        alert_of_lacks(context_with() | {"exception": OSError("no engine")})
    assert "check of 2019-11-29 failed" in json.loads(bodies[0])["text"]


def test_a_long_list_says_how_much_more_there_is():
    _, text = lacks_text(context_with(*(f"lack {number}" for number in range(MOST_LACKS + 7))))
    assert f"lack {MOST_LACKS - 1}\n… and 7 more, in the log" in text
    assert text.endswith(TO_DO)
