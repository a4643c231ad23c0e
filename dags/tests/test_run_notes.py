"""The note of a run, by the pure rule and by a real scheduler on a real database."""

import subprocess
import sys
from urllib.parse import quote

import pytest
from conftest import DAGS
from run_notes import note_of

DAY = "2019-10-10"
RUNS = "/api/v2/dags/recipe_etl/dagRuns"


@pytest.mark.parametrize(
    ("switches", "cleared", "before", "note"),
    [
        ({}, 0, None, f"{DAY} without switches"),
        ({"dry_run": False}, 0, "", f"{DAY} without switches"),
        ({"dry_run": True, "refetch": True}, 0, None, f"{DAY} with --dry-run --refetch"),
        ({"report": "beef_cooking_time"}, 0, None, f"{DAY} with --report beef_cooking_time"),
        ({}, 1, f"{DAY} without switches", f"{DAY} without switches; cleared, so it ran again"),
        ({"dry_run": True}, 2, f"{DAY} with --dry-run", f"{DAY} with --dry-run; cleared, so it ran again with them"),
        # A back-fill of a day that has a run gives it other switches.
        ({}, 1, f"{DAY} with --dry-run", f"{DAY} without switches; cleared, so it ran again"),
        ({"refetch": True}, 0, f"npm run trigger: {DAY} with --refetch", f"npm run trigger: {DAY} with --refetch"),
        ({"dry_run": True}, 1, "asked for by Ada", "asked for by Ada"),
    ],
)
def test_a_note_has_the_day_and_the_switches_and_what_a_person_wrote_stays(switches, cleared, before, note):
    assert note_of(DAY, switches, cleared, before) == note


def start_queued(airflow):
    subprocess.run(
        [sys.executable, DAGS / "tests/started_runs.py"], env=airflow.settings, capture_output=True, text=True, check=True
    )


def notes(airflow):
    return {run["dag_run_id"]: run["note"] for run in airflow.runs()}


def unpaused(airflow):
    airflow.ask("PATCH", "/api/v2/dags/recipe_etl", {"is_paused": False})


def test_a_run_by_hand_has_its_note_once_it_starts_and_says_when_it_was_cleared(airflow):
    unpaused(airflow)
    _, run = airflow.trigger(f"{DAY}T08:00:00Z", dry_run=True)
    run_id = run["dag_run_id"]
    assert notes(airflow)[run_id] is None
    start_queued(airflow)
    assert notes(airflow)[run_id] == f"{DAY} with --dry-run"
    airflow.end_all()
    assert airflow.ask("POST", f"{RUNS}/{quote(run_id)}/clear", {"dry_run": False})[0] == 200
    start_queued(airflow)
    assert notes(airflow)[run_id] == f"{DAY} with --dry-run; cleared, so it ran again with them"
    airflow.end_all()


def test_a_run_of_a_backfill_whose_name_is_of_the_next_day_has_the_day_it_is_of(airflow):
    unpaused(airflow)
    day = "2019-10-12"
    asked = {"dag_id": "recipe_etl", "from_date": f"{day}T00:00:00Z", "to_date": f"{day}T00:00:00Z"}
    status, answer = airflow.ask("POST", "/api/v2/backfills", asked | {"dag_run_conf": {"refetch": True}})
    assert status == 200, answer
    start_queued(airflow)
    found = {run: note for run, note in notes(airflow).items() if run.startswith("backfill__2019-10-13")}
    assert list(found.values()) == [f"{day} with --refetch"]
    airflow.end_all()


def test_a_note_that_a_person_gave_a_run_stays(airflow):
    unpaused(airflow)
    body = {"logical_date": "2019-10-14T08:00:00Z", "conf": {}, "note": "asked for by Ada"}
    _, run = airflow.ask("POST", RUNS, body)
    start_queued(airflow)
    assert notes(airflow)[run["dag_run_id"]] == "asked for by Ada"
    airflow.end_all()
