"""Alerts: what they say, where they go, and that they never make things worse."""

import base64
import email
import json
from types import SimpleNamespace
from urllib.parse import parse_qs

import alert_channels
import pytest
from failure_alert import MOST_CHARACTERS, alert_of_failure, alert_of_timeout, alert_text
from job_failures import job_failure, what_to_do
from servers import http_server, smtp_server

TI = SimpleNamespace(
    dag_id="recipe_etl",
    task_id="dataload",
    try_number=3,
    run_id="manual__x",
    log_url="https://airflow.example/dags/recipe_etl/runs/manual__x/tasks/dataload?try_number=3",
)
LOST = {"ti": TI, "ds": "2019-11-29", "run_id": "manual__x"}
CONTEXT = LOST | {"exception": job_failure("dataload", "2019-11-29", 4, "9 of 10 lines", ["freezing", "judging <b>"])}


@pytest.fixture(autouse=True)
def all_that_is_logged(caplog):
    caplog.set_level("INFO", alert_channels.log.name)


@pytest.fixture
def connect(monkeypatch):
    """No connection is configured but those that a test names."""
    known = {}

    def get_connection(conn_id):
        if conn_id not in known:
            raise alert_channels.AirflowNotFoundException(conn_id)
        return known[conn_id]

    from airflow.sdk import BaseHook, Connection

    monkeypatch.setattr(BaseHook, "get_connection", staticmethod(get_connection))

    def connect(conn_id, **fields):
        extra = json.dumps(fields.pop("extra", {}))
        known[conn_id] = Connection(conn_id=conn_id, extra=extra, **fields)

    return connect


def test_an_alert_names_job_day_code_meaning_what_to_do_try_log_and_the_last_lines():
    subject, text = alert_text(CONTEXT)
    assert subject == "recipe_etl: dataload of 2019-11-29 failed (exit code 4)"
    assert text.splitlines() == [
        "Quality limits broken; the published day is unchanged.",
        "What to do: read the findings in the rejected run manifest; mend the source or change the limits, "
        "then clear the task; a day that truly had no events is triggered with allow_empty.",
        "It said: 9 of 10 lines",
        "Run: manual__x, try 3",
        f"Log: {TI.log_url}",
        "Last lines:",
        "freezing",
        "judging <b>",
    ]


@pytest.mark.parametrize("exception", [None, "Task did not send heartbeats", OSError("no engine")])
def test_a_failure_that_airflow_found_by_itself_is_told_too(exception):
    subject, text = alert_text(LOST | {"exception": exception})
    assert subject == "recipe_etl: dataload of 2019-11-29 failed"
    assert str(exception or "Airflow lost the task") in text
    assert TI.log_url in text


def test_a_long_story_keeps_its_begin_and_its_end():
    error = job_failure("dataload", "2019-11-29", 1, "", ["x" * 5_000, "the end"])
    _, text = alert_text(LOST | {"exception": error})
    assert len(text) <= MOST_CHARACTERS + 3
    assert text.startswith("Unexpected failure.")
    assert text.endswith("the end")


def test_without_connections_the_log_says_that_nobody_is_told(connect, caplog):
    alert_of_failure(CONTEXT)
    (said,) = [record.getMessage() for record in caplog.records if record.name == alert_channels.log.name]
    assert said.startswith("No alert goes anywhere: none of the connections recipe_etl_slack, recipe_etl_smtp")


def test_the_log_of_a_task_that_failed_ends_with_what_to_do(connect, caplog):
    alert_of_failure(CONTEXT)
    errors = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert errors == what_to_do(4)
    assert caplog.records[-1].levelname == "ERROR"


def test_slack_gets_the_alert_at_its_webhook(connect):
    with http_server() as (url, bodies):
        connect("recipe_etl_slack", conn_type="slackwebhook", password=f"{url}/services/T0/B0/secret")
        alert_of_failure(CONTEXT)
    (body,) = bodies
    assert "*recipe_etl: dataload of 2019-11-29 failed (exit code 4)*" in json.loads(body)["text"]
    assert "judging <b>" in json.loads(body)["text"]


def test_smtp_gets_the_alert_as_a_message_whose_lines_are_no_html(connect):
    with smtp_server() as (port, messages):
        extra = {"to": "night@example.org", "from_email": "etl@example.org", "disable_ssl": True, "disable_tls": True}
        connect("recipe_etl_smtp", conn_type="smtp", host="127.0.0.1", port=port, extra=extra)
        alert_of_failure(CONTEXT)
    message = email.message_from_string(messages[0])
    assert (message["To"], message["From"]) == ("night@example.org", "etl@example.org")
    assert message["Subject"] == "recipe_etl: dataload of 2019-11-29 failed (exit code 4)"
    (body,) = message.get_payload()
    assert "judging &lt;b&gt;" in base64.b64decode(body.get_payload()).decode()


def test_sns_gets_the_alert_on_its_topic(connect):
    answer = b'<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>'
    with http_server(answer) as (url, bodies):
        extra = {"region_name": "eu-central-1", "topic_arn": "arn:aws:sns:eu-central-1:1:etl", "endpoint_url": url}
        connect("recipe_etl_sns", conn_type="aws", login="key", password="secret", extra=extra)
        alert_of_failure(CONTEXT)
    (form,) = [parse_qs(body) for body in bodies]
    assert form["TargetArn"] == ["arn:aws:sns:eu-central-1:1:etl"]
    assert form["Subject"] == ["recipe_etl: dataload of 2019-11-29 failed (exit code 4)"]
    assert "What to do" in json.loads(form["Message"][0])["default"]


def test_a_channel_that_fails_keeps_no_other_from_its_alert_and_tells_no_secret(connect, caplog):
    with http_server(b"no_service", status=500) as (broken, _), smtp_server() as (port, messages):
        connect("recipe_etl_slack", conn_type="slackwebhook", password=f"{broken}/services/T0/B0/secret-of-slack")
        extra = {"to": "night@example.org", "from_email": "etl@example.org", "disable_ssl": True, "disable_tls": True}
        connect("recipe_etl_smtp", conn_type="smtp", host="127.0.0.1", port=port, extra=extra)
        alert_of_failure(CONTEXT)
    assert len(messages) == 1
    assert "Alert to recipe_etl_slack failed" in caplog.text
    assert "secret-of-slack" not in caplog.text


@pytest.mark.parametrize("conn_id", ["recipe_etl_smtp", "recipe_etl_sns"])
def test_a_connection_that_lacks_the_addressee_is_told_and_does_not_raise(connect, caplog, conn_id):
    with smtp_server() as (port, _):
        extra = {"from_email": "etl@example.org", "disable_ssl": True, "disable_tls": True}
        connect(conn_id, conn_type="smtp", host="127.0.0.1", port=port, extra=extra)
        alert_of_failure(CONTEXT)
    assert f"Alert to {conn_id} failed" in caplog.text


def test_a_run_that_did_not_end_is_told_and_one_whose_task_told_already_is_not(connect, dag):
    of_run = {"dag": dag, "run_id": "manual__2019-11-29__x", "ds": "2019-11-29"}
    with http_server() as (url, bodies):
        connect("recipe_etl_slack", conn_type="slackwebhook", password=f"{url}/services/T0/B0/secret")
        alert_of_timeout(of_run | {"reason": "task_failure"})
        alert_of_timeout(of_run | {"reason": "timed_out"})
    (body,) = bodies
    assert "run manual__2019-11-29__x did not end" in body
    assert "after 24 hours" in body
    assert "its day is 2019-11-29" in body


def test_a_context_that_makes_no_sense_does_not_raise(connect, caplog):
    alert_of_failure({})
    assert "No alert could be made" in caplog.text
