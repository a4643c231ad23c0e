"""Where an alert goes: to each channel whose Airflow connection exists. Without any, nowhere, and the log says so."""

from __future__ import annotations

import html
import logging
from collections.abc import Callable

from airflow.sdk import BaseHook, Connection
from airflow.sdk.exceptions import AirflowNotFoundException

log = logging.getLogger(__name__)

SECONDS = 10
"""How long a channel may take: a task ends only after its alerts."""


def to_slack(connection: Connection, subject: str, text: str) -> None:
    from airflow.providers.slack.hooks.slack_webhook import SlackWebhookHook

    SlackWebhookHook(slack_webhook_conn_id=connection.conn_id, timeout=SECONDS).send(
        text=f"*{subject}*\n```{text}```", unfurl_links=False
    )


def to_smtp(connection: Connection, subject: str, text: str) -> None:
    from airflow.providers.smtp.hooks.smtp import SmtpHook

    with SmtpHook(smtp_conn_id=connection.conn_id) as hook:
        hook.send_email_smtp(
            to=required_extra(connection, "to"), subject=subject, html_content=f"<pre>{html.escape(text)}</pre>"
        )


def to_sns(connection: Connection, subject: str, text: str) -> None:
    from airflow.providers.amazon.aws.hooks.sns import SnsHook
    from botocore.config import Config

    limits = Config(connect_timeout=SECONDS, read_timeout=SECONDS, retries={"max_attempts": 1})
    topic = required_extra(connection, "topic_arn")
    # A subject of SNS has at most 100 characters.
    SnsHook(aws_conn_id=connection.conn_id, config=limits).publish_to_target(topic, text, subject=subject[:100])


CHANNELS: dict[str, Callable[[Connection, str, str], None]] = {
    "recipe_etl_slack": to_slack,
    "recipe_etl_smtp": to_smtp,
    "recipe_etl_sns": to_sns,
}


NOWHERE = f"No alert goes anywhere: none of the connections {', '.join(CHANNELS)} exists; dags/RUNBOOK.md, Alerts, says how to make one"


def configured() -> list[str]:
    """:returns: the connections that exist"""
    return [conn_id for conn_id in CHANNELS if _exists(conn_id)]


def _exists(conn_id: str) -> bool:
    try:
        BaseHook.get_connection(conn_id)
    except AirflowNotFoundException:
        return False
    return True


def send(subject: str, text: str) -> dict[str, bool]:
    """Never raises: a channel that is down must not hide the failure that it should tell of.

    :returns: the channels that exist, and whether each took the alert
    """
    sent: dict[str, bool] = {}
    for conn_id, channel in CHANNELS.items():
        try:
            connection = BaseHook.get_connection(conn_id)
        except AirflowNotFoundException:
            continue
        except Exception as error:
            log.warning("Connection %s cannot be read, so no alert goes there: %s", conn_id, type(error).__name__)
            sent[conn_id] = False
            continue
        try:
            channel(connection, subject, text)
            sent[conn_id] = True
            log.info("Alert sent to %s", conn_id)
        except Exception as error:
            # The text of an error may hold a webhook's address, which is a secret.
            log.warning("Alert to %s failed with %s: look at the connection", conn_id, type(error).__name__)
            sent[conn_id] = False
    if not sent:
        log.warning(NOWHERE)
    return sent


def required_extra(connection: Connection, name: str) -> str:
    value = connection.extra_dejson.get(name)
    if not value:
        raise ValueError(f"connection {connection.conn_id} needs {name!r} in its extra fields")
    return value
