"""What Airflow's API makes of a run that somebody asks for, and `npm run trigger` on top of it."""

import json
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from runpy import run_path

import pytest
from conftest import DAGS

SWITCHES = ("allow_empty", "allow_incomplete", "refetch", "replace_restored", "dry_run")
TRIGGER = DAGS.parent / "docker/airflow/trigger-day.py"


def today():
    return datetime.now(UTC).date()


def trigger(airflow, *words):
    """@returns the ended process; every run of Airflow succeeds once this one has told which it follows"""
    process = subprocess.Popen(
        [sys.executable, TRIGGER, *words], env=airflow.settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    said, ended = [], threading.Event()

    def play_scheduler():
        while not ended.wait(0.3):
            airflow.end_all()

    player = threading.Thread(target=play_scheduler)
    for line in process.stdout:
        said.append(line)
        if line.startswith(("triggered", "cleared", "waiting for manual")):
            player.start()
    err = process.stderr.read()
    process.wait()
    if player.is_alive():
        ended.set()
        player.join()
    return subprocess.CompletedProcess(words, process.returncode, "".join(said), err)


def runs_of(airflow, day):
    return [run for run in airflow.runs() if run["logical_date"].startswith(day)]


def test_a_day_that_has_not_ended_is_refused_where_its_run_would_take_the_place_of_its_night(airflow):
    status, answer = airflow.trigger(f"{today()}T00:00:00Z", allow_incomplete=True)
    assert status == 400
    assert "this run would take its place" in answer["detail"]
    assert str(today() + timedelta(days=1)) in answer["detail"]


def test_a_logical_date_in_the_future_is_refused(airflow):
    status, answer = airflow.trigger(f"{today() + timedelta(days=3)}T00:00:00Z")
    assert status == 400
    assert "lies in the future" in answer["detail"]
    assert airflow.trigger(f"{today()}T23:59:59.9Z")[0] == 400


def test_a_run_carries_its_day_in_its_name_and_its_data_interval(airflow):
    status, run = airflow.trigger("2019-10-01T08:00:00Z")
    airflow.end_all()
    assert status == 200
    assert run["dag_run_id"].startswith("manual__2019-10-01__")
    assert run["data_interval_start"].startswith("2019-10-01T00:00:00")
    assert run["data_interval_end"].startswith("2019-10-02T00:00:00")


def test_a_run_of_today_so_far_leaves_todays_night_to_the_scheduler(airflow):
    now = datetime.now(UTC).isoformat()
    assert airflow.trigger(now, allow_incomplete=True)[0] == 200
    airflow.end_all("failed")
    made = subprocess.run(
        [sys.executable, DAGS / "tests/scheduled_runs.py", str(today())],
        env=airflow.settings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(made.stdout.splitlines()[-1]) == [{"run": f"scheduled__{today()}", "day": str(today())}]
    airflow.end_all()


@pytest.mark.parametrize(("number", "switch"), list(enumerate(SWITCHES, 1)))
def test_each_switch_holds_for_its_run_alone_alone_twice_and_then_plain(airflow, number, switch):
    day, flag = f"2019-11-{number:02}", f"--{switch.replace('_', '-')}"
    for _ in range(2):
        ran = trigger(airflow, day, flag)
        assert (ran.returncode, ran.stderr) == (0, "")
        assert f"with {flag}" in ran.stdout
    plain = trigger(airflow, day)
    assert "triggered" in plain.stdout
    assert "without switches" in plain.stdout
    again = trigger(airflow, day)
    assert "cleared" in again.stdout
    own, *beside = runs_of(airflow, day)
    assert own["logical_date"] == f"{day}T00:00:00Z"
    assert (own["conf"], [run["conf"] for run in beside]) == ({}, [{switch: True}] * 2)
    assert own["dag_run_id"] in again.stdout
    assert own["note"] == f"npm run trigger: {day} without switches"


def test_a_day_whose_own_run_has_switches_runs_plain_beside_it(airflow):
    day = "2019-11-20"
    airflow.trigger(f"{day}T00:00:00Z", dry_run=True)
    airflow.end_all()
    ran = trigger(airflow, day)
    assert "keeps its switches (with --dry-run); this one runs beside it" in ran.stdout
    assert [run["conf"] for run in runs_of(airflow, day)] == [{"dry_run": True}, {}]


def test_a_run_that_is_going_on_is_waited_for_only_if_it_does_what_was_asked(airflow):
    day = "2019-11-21"
    airflow.trigger(f"{day}T00:00:00Z", refetch=True)
    refused = subprocess.run(
        [sys.executable, TRIGGER, day], env=airflow.settings, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 1
    assert "is running with --refetch: wait until it has ended, then trigger without switches again" in refused.stderr
    waited = trigger(airflow, day, "--refetch")
    assert "which is running already with --refetch" in waited.stdout
    assert len(runs_of(airflow, day)) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([str(today())], "has not ended; --allow-incomplete takes what has come so far"),
        ([str(today() + timedelta(days=2)), "--allow-incomplete"], "lies in the future"),
        (["2019-13-01"], "is no day: write it as 2019-11-29"),
        (["2019-11-29", "--fetch"], "unrecognized arguments: --fetch"),
    ],
)
def test_a_day_or_a_switch_that_cannot_be_is_refused_before_anything_is_made(airflow, words, said):
    before = len(airflow.runs())
    refused = trigger(airflow, *words)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert said in refused.stderr
    assert len(airflow.runs()) == before


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-30T00:32:00+00:00", "2026-11-28"),
        ("2026-11-30T02:09:59+00:00", "2026-11-28"),
        ("2026-11-30T02:10:00+00:00", "2026-11-29"),
        ("2026-11-30T23:59:59+00:00", "2026-11-29"),
    ],
)
def test_without_a_day_the_last_one_whose_night_has_begun_is_run(now, day):
    last_night = run_path(str(TRIGGER))["last_night"]
    assert str(last_night(datetime.fromisoformat(now), minutes=130)) == day


def test_the_day_that_is_run_without_being_named_is_one_that_airflow_takes_as_a_nights_own(airflow):
    ran = trigger(airflow)
    day = ran.stdout.split("triggered manual__")[1][:10]
    assert [run["logical_date"] for run in runs_of(airflow, day)] == [f"{day}T00:00:00Z"]


def test_today_so_far_runs_beside_the_night(airflow):
    assert trigger(airflow, str(today()), "--allow-incomplete").returncode == 0
    assert all(not run["logical_date"].endswith("T00:00:00Z") for run in runs_of(airflow, str(today())) if run["conf"])


def test_a_paused_dag_is_unpaused_and_told_together_with_the_night_that_runs_at_once(airflow):
    airflow.ask("PATCH", "/api/v2/dags/recipe_etl", {"is_paused": True})
    said = trigger(airflow, "2019-11-22").stdout
    assert "the DAG was paused and is not any more" in said
    assert "paused" not in trigger(airflow, "2019-11-22").stdout
