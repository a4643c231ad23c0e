"""JobOperator against an engine in memory."""

import os
import sys
from types import SimpleNamespace

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowTaskTimeout
from conftest import SECRETS
from day_claim import RUN
from docker.errors import APIError, NotFound
from fake_engine import SUMMARY, FakeEngine, refusal
from job_environment import private_environment, secrets_of
from job_failures import DayTaken, JobFailed
from job_operator import told
from runs import context_of, failure_of, run

OTHER = "manual__2019-11-29T08:00:00+00:00_other"
NAME = "recipe-etl-dataload-20191129"


def test_the_summary_is_the_result_and_the_container_is_gone(task):
    engine = FakeEngine(lines=["a log line", SUMMARY])
    assert run(task, engine)["counts"] == {"read": 119}
    assert engine.held == {}


def test_the_container_has_a_read_only_root_no_capabilities_and_limits(task):
    run(task, engine := FakeEngine())
    options = engine.created["host_config"]
    assert options["read_only"] is True
    assert options["cap_drop"] == ["ALL"]
    assert options["security_opt"] == ["no-new-privileges"]
    assert options["mem_limit"] == options["memswap_limit"] == "1g"
    assert list(options["tmpfs"]) == ["/tmp"]


def test_secrets_reach_the_environment_of_the_container_and_not_its_command(task):
    run(task, engine := FakeEngine())
    assert engine.created["environment"].items() >= SECRETS.items()
    for secret in SECRETS.values():
        assert secret not in str(engine.created["command"])


def test_a_job_gets_its_own_key_and_no_other(task, monkeypatch):
    for job in ("DATALOAD", "PREPARE", "HEALTH"):
        monkeypatch.setenv(f"{job}_AWS_ACCESS_KEY_ID", f"id-of-{job}")
        monkeypatch.setenv(f"{job}_AWS_SECRET_ACCESS_KEY", f"secret-of-{job}")
    masked = []
    monkeypatch.setattr("job_operator.mask_secret", masked.append)
    run(task, engine := FakeEngine())
    environment = engine.created["environment"]
    assert environment["AWS_ACCESS_KEY_ID"] == "id-of-DATALOAD"
    assert environment["AWS_SECRET_ACCESS_KEY"] == "secret-of-DATALOAD"
    assert "secret-of-DATALOAD" in masked
    assert not [value for value in environment.values() if "PREPARE" in value or "HEALTH" in value]
    assert private_environment(os.environ, "health")["AWS_SECRET_ACCESS_KEY"] == "secret-of-HEALTH"
    # What has no name before it is for all.
    assert environment["SPARK_REMOTE"] == SECRETS["SPARK_REMOTE"]


def test_secrets_are_masked_in_the_logs_of_the_task(task, monkeypatch):
    masked = []
    monkeypatch.setattr("job_operator.mask_secret", masked.append)
    run(task, FakeEngine())
    secrets = {"spark-token-for-tests", "secret-key-for-tests", "kafka-password-for-tests", "lineage-key-for-tests"}
    assert secrets <= set(masked)


@pytest.mark.parametrize("provider", [None, SimpleNamespace(lineage_parent_id=lambda ti: 1 / 0)])
def test_a_job_runs_without_a_parent_where_the_provider_of_lineage_is_missing_or_fails(task, monkeypatch, provider):
    monkeypatch.setitem(sys.modules, "airflow.providers.openlineage.plugins.macros", provider)
    run(task, engine := FakeEngine())
    assert "OPENLINEAGE_PARENT_ID" not in engine.created["environment"]


def test_where_a_secret_lies_in_aws_is_not_masked():
    private = {"KAFKA_PASSWORD": "secretsmanager:etl/kafka#password", "SPARK_REMOTE": "ssm:/etl/remote"}
    assert secrets_of({**private, "AWS_SECRET_ACCESS_KEY": "secret-key"}) == ["secret-key"]


def test_several_reports_are_told_each_by_its_name():
    reports = [
        {"name": "beef", "outcome": "published", "counts": {"beef": 5, "easy": 2}, "report": "s3://reports/beef.csv"},
        {"name": "chicken", "outcome": "failed", "message": "the store is gone"},
    ]
    summary = {"job": "prepare", "logicalDate": "2019-11-29", "outcome": "failed", "reports": reports}
    assert told(summary) == (
        "prepare of 2019-11-29: failed"
        " · beef: published (beef 5, easy 2) · report: s3://reports/beef.csv · chicken: failed"
    )


@pytest.mark.parametrize("state", ["running", "paused", "created", "exited"])
def test_what_an_earlier_try_of_the_run_left_is_stopped_and_removed_first(task, state):
    engine = FakeEngine()
    engine.hold(state, task.labels | {"recipe-etl.try": "0"}, age=0)
    run(task, engine)
    assert engine.calls[:3] == ["stop id-left 4", "remove id-left", "create"]


@pytest.mark.parametrize("state", ["running", "paused", "restarting"])
def test_a_day_that_another_run_is_writing_is_refused_by_its_name_and_not_tried_again(task, state):
    engine = FakeEngine()
    engine.hold(state, task.labels | {RUN: OTHER})
    error = failure_of(lambda: run(task, engine))
    assert isinstance(error, AirflowFailException)
    assert f"dataload of 2019-11-29 is being written by run {OTHER}" in str(error)
    assert engine.calls == []
    assert engine.names() == ["left"]


def test_a_container_that_another_run_is_about_to_start_holds_the_day(task):
    engine = FakeEngine()
    engine.hold("created", task.labels | {RUN: OTHER}, age=1)
    assert isinstance(failure_of(lambda: run(task, engine)), DayTaken)


def test_a_container_that_was_never_started_holds_the_day_for_a_minute_only(task, monkeypatch):
    monkeypatch.setattr("day_claim.READ_SECONDS", 0.1)
    engine = FakeEngine()
    engine.hold("created", task.labels | {RUN: OTHER}, age=61)
    run(task, engine)
    assert "remove id-left" in engine.calls


def test_another_run_may_read_the_exit_code_of_its_container_before_that_is_removed(task):
    engine = FakeEngine()
    engine.hold("exited", task.labels | {RUN: OTHER}, leaves_after=2)
    run(task, engine)
    assert "remove id-left" not in engine.calls


def test_other_days_other_jobs_and_other_stacks_are_no_hindrance(task):
    engine = FakeEngine()
    for number, strange in enumerate(({"date": "2019-11-28"}, {"job": "prepare"}, {"stack": "staging"})):
        labels = task.labels | {RUN: OTHER} | {f"recipe-etl.{key}": value for key, value in strange.items()}
        engine.hold("running", labels, name=f"stranger{number}")
    run(task, engine)
    assert engine.names() == ["stranger0", "stranger1", "stranger2"]


def test_of_two_runs_that_create_at_the_same_moment_one_is_refused_by_the_others_name(task):
    engine = FakeEngine()
    engine.on_create = lambda: engine.hold("created", task.labels | {RUN: OTHER}, name=NAME, age=0)
    assert OTHER in str(failure_of(lambda: run(task, engine)))
    assert engine.names() == [NAME]


def test_a_name_that_a_strange_container_has_is_told_with_what_to_do(task):
    engine = FakeEngine()
    engine.hold("running", {}, name=NAME)
    error = failure_of(lambda: run(task, engine))
    assert isinstance(error, DayTaken)
    assert f"docker inspect {NAME}" in str(error)


def test_a_failure_has_the_exit_code_its_meaning_what_to_do_and_the_last_lines(task):
    lines = [f"line {number}" for number in range(30)]
    summary = '{"outcome":"failed","exitCode":6,"message":"s3://lake could not be reached"}'
    error = failure_of(lambda: run(task, FakeEngine(exit_code=6, lines=[*lines, summary])))
    assert isinstance(error, JobFailed)
    assert error.exit_code == 6
    for part in ("dataload of 2019-11-29 ended with exit code 6", "could not be reached", "What to do", "line 29"):
        assert part in str(error)
    assert "line 19" not in str(error)
    assert summary not in str(error)


@pytest.mark.parametrize(
    "logged",
    ['12:00:00 error: no "url" here [quality] exit 4', r'{"level":"error","message":"no \"url\" here [quality] exit 4"}'],
)
def test_the_message_of_a_failure_stands_once(task, logged):
    summary = r'{"outcome":"failed","exitCode":4,"message":"no \"url\" here"}'
    error = failure_of(lambda: run(task, FakeEngine(exit_code=4, lines=["before", logged, summary])))
    assert str(error).count("url") == 1
    assert "before" in str(error)


def test_names_from_data_in_a_failure_move_no_cursor(task):
    summary = r'{"outcome":"failed","exitCode":2,"message":"file \u001b[2J.json"}'
    error = failure_of(lambda: run(task, FakeEngine(exit_code=2, lines=["line \x1b[31m", summary])))
    assert r"file \u001b[2J.json" in str(error)
    assert r"line \u001b[31m" in str(error)


@pytest.mark.parametrize("code", [2, 4])
def test_what_nobody_but_a_person_can_mend_fails_for_good(task, code):
    assert isinstance(failure_of(lambda: run(task, FakeEngine(exit_code=code))), AirflowFailException)


@pytest.mark.parametrize("code", [1, 3, 5, 6, 99, 137, 143])
def test_what_may_pass_by_itself_is_left_to_the_retry_policy(task, code):
    assert not isinstance(failure_of(lambda: run(task, FakeEngine(exit_code=code))), AirflowFailException)


def test_a_container_that_ran_out_of_memory_says_so(task):
    error = failure_of(lambda: run(task, FakeEngine(exit_code=137, lines=[], out_of_memory=True)))
    assert "more memory than its 1g" in str(error)
    assert "RECIPE_ETL_JOB_MEMORY" in str(error)


@pytest.mark.parametrize("lines", [[], ["hello"], ["[1]"], ["{}"]])
def test_an_image_that_ends_without_a_summary_has_not_succeeded(task, lines):
    assert "no summary" in str(failure_of(lambda: run(task, FakeEngine(lines=lines))))


@pytest.mark.parametrize("exit_code", [0, 143])
def test_a_killed_job_never_passes_whatever_its_exit_code_is(task, exit_code):
    engine = FakeEngine(exit_code=exit_code)
    engine.on_wait = task.on_kill
    error = failure_of(lambda: run(task, engine))
    assert error.exit_code == 143
    assert engine.held == {}


def test_a_killed_job_never_passes_although_the_engine_let_it_end_in_peace(task):
    engine = FakeEngine(exit_code=0)
    stop = engine.stop

    def kill():
        engine.stop = refuse
        task.on_kill()
        engine.stop = stop

    def refuse(*_, **__):
        raise refusal(500)

    engine.on_wait = kill
    assert failure_of(lambda: run(task, engine)).exit_code == 143
    assert engine.held == {}


def test_a_kill_before_the_container_starts_keeps_it_from_starting(task):
    engine = FakeEngine()
    engine.on_create = task.on_kill
    assert failure_of(lambda: run(task, engine)).exit_code == 143
    assert "start" not in engine.calls
    assert engine.held == {}


def test_a_job_that_does_not_end_by_itself_is_stopped_with_the_exit_code_of_lost_time(task):
    engine = FakeEngine()

    def hang():
        raise AirflowTaskTimeout("Timeout")

    engine.on_wait = hang
    assert failure_of(lambda: run(task, engine)).exit_code == 6
    assert engine.calls[-2:] == [f"stop id-{NAME} 4", f"remove id-{NAME}"]


def test_a_broken_stream_of_logs_leaves_no_container_behind(task):
    engine = FakeEngine()

    def broken(container, **_):
        raise ConnectionError("the engine went away")

    engine.attach = broken
    with pytest.raises(ConnectionError):
        run(task, engine)
    assert engine.held == {}


@pytest.mark.parametrize("status", [404, 409])
def test_a_container_that_somebody_else_removes_at_the_same_time_is_no_failure(task, status):
    engine = FakeEngine()
    remove = engine.remove_container

    def race(container, force):
        remove(container, force)
        raise refusal(status, {404: NotFound, 409: APIError}[status])

    engine.remove_container = race
    assert run(task, engine)["outcome"] == "published"


def test_the_parent_still_runs_its_container_where_ours_takes_over(task):
    from airflow.providers.docker.operators.docker import DockerOperator

    assert "_run_image_with_mounts" in vars(DockerOperator)
    assert "_run_image_with_mounts" in DockerOperator._run_image.__code__.co_names
