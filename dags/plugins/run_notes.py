"""The note of a run says its day and its switches, whoever made it. A plugin of Airflow, since a task has no way to a note.

A back-fill's runs are named after the moment their night begins, and only the details of a run show what it was given.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from airflow.listeners import hookimpl
from airflow.plugins_manager import AirflowPlugin

if TYPE_CHECKING:
    from airflow.models.dagrun import DagRun

DAG_ID = "recipe_etl"
OURS = re.compile(r"(npm run trigger: )?\d{4}-\d\d-\d\d (without switches|with --)")
"""How such a note begins; what a person has written stays."""


@hookimpl
def on_dag_run_running(dag_run: DagRun, msg: str) -> None:
    """Called by the scheduler, which then commits; also for a run that was cleared."""
    if dag_run.dag_id != DAG_ID or dag_run.logical_date is None:
        return
    day = dag_run.logical_date.date().isoformat()
    note = note_of(day, dag_run.conf or {}, dag_run.clear_number or 0, dag_run.note)
    if note != dag_run.note:
        dag_run.note = note


def note_of(day: str, switches: Mapping[str, Any], cleared: int, before: str | None) -> str:
    """:param cleared: how often :param before: the note that is there"""
    known = OURS.match(before or "")
    if before and not known:
        return before
    by = (known.group(1) if known else None) or ""
    return f"{by}{day} {words_of(switches)}{again(switches) if cleared else ''}"


def words_of(switches: Mapping[str, Any]) -> str:
    on = flags_of(switches)
    return f"with {' '.join(on)}" if on else "without switches"


def flags_of(switches: Mapping[str, Any]) -> list[str]:
    """As `npm run trigger` takes them; a text follows its name."""
    given = ((f"--{name.replace('_', '-')}", value) for name, value in switches.items() if value)
    return [flag if value is True else f"{flag} {value}" for flag, value in given]


def again(switches: Mapping[str, Any]) -> str:
    return "; cleared, so it ran again with them" if flags_of(switches) else "; cleared, so it ran again"


class RunNotesPlugin(AirflowPlugin):
    name = "recipe_etl_run_notes"
    listeners = [sys.modules[__name__]]
