"""What is told when a task has failed for good: the job, the day, why, and what to do."""

from __future__ import annotations

import logging
from typing import Any

import alert_channels
from exit_codes import exit_code_of
from job_failures import what_to_do

log = logging.getLogger(__name__)

MOST_CHARACTERS = 3_000
"""A longer message of Slack is cut or refused."""


def alert_of_failure(context: Any) -> None:
    """Airflow's on_failure_callback: called once, after the last try. Never raises."""
    try:
        alert_channels.send(*alert_text(context))
    except Exception:
        log.exception("No alert could be made of this failure")
    # Airflow has logged the failure before; whoever opens the log sees its end.
    error = context.get("exception")
    if hasattr(error, "exit_code"):
        for line in what_to_do(error.exit_code):
            log.error("%s", line)


def alert_of_timeout(context: Any) -> None:
    """The DAG's on_failure_callback. Where a task failed, that has told of it already. Never raises."""
    if context.get("reason") != "timed_out":
        return
    try:
        alert_channels.send(*timeout_text(context))
    except Exception:
        log.exception("No alert could be made of a run that did not end")


def timeout_text(context: Any) -> tuple[str, str]:
    """:returns: subject and text"""
    dag, run_id = context["dag"], context["run_id"]
    hours = dag.dagrun_timeout.total_seconds() / 3600
    day = context.get("ds")
    return (
        f"{dag.dag_id}: run {run_id} did not end",
        f"It was ended after {hours:g} hours, so that others may run{f'; its day is {day}' if day else ''}.\n"
        "What to do: see its tasks in the UI. A run that waited for others is cleared; one whose logical date lies in the "
        "future is deleted. Then look at the days since with `npm run lake -- status`.",
    )


def alert_text(context: Any) -> tuple[str, str]:
    """@returns subject and text; also of a failure that Airflow found without the task's own exception"""
    ti, error = context["ti"], context.get("exception")
    code = getattr(error, "exit_code", None)
    day = context.get("ds") or "a day without a name"
    subject = f"{ti.dag_id}: {ti.task_id} of {day} failed"
    if code is not None:
        known = exit_code_of(code)
        subject += f" (exit code {code})"
        text = [f"{known.meaning[:1].upper()}{known.meaning[1:]}.", f"What to do: {known.to_do}."]
        if error.said:
            text.append(f"It said: {error.said}")
    else:
        text = [
            str(error or "Airflow lost the task: its process died, or its scheduler did. Clear it to run it again.")
        ]
    text += [
        f"Run: {context.get('run_id') or ti.run_id}, try {ti.try_number}",
        f"Log: {getattr(ti, 'log_url', None) or 'see the task in the UI'}",
    ]
    lines = getattr(error, "lines", [])
    if lines:
        text += ["Last lines:", *lines]
    return subject, shortened("\n".join(text))


def shortened(text: str) -> str:
    """The begin says what to do, the end what happened last."""
    if len(text) <= MOST_CHARACTERS:
        return text
    half = MOST_CHARACTERS // 2
    return f"{text[:half]}\n…\n{text[-half:]}"
