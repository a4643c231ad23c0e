#!/usr/bin/env python
"""trigger-day [YYYY-MM-DD]: runs the DAG recipe_etl for a day (the last one whose night has begun) by this container's own REST API,
and waits until it ends.

Without switches the day's own run is made, or cleared where it ended. With switches, and where the day's own run has some, a run
beside it is made: a run keeps its switches for whoever clears it. Exit code 0 only when the run succeeded; else the tasks'
last log lines are printed. 2: the day or a switch is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

DAGS = Path(os.environ.get("AIRFLOW__CORE__DAGS_FOLDER") or Path(os.environ["AIRFLOW_HOME"]) / "dags")
sys.path.insert(0, str(DAGS))
from schedule_minutes import schedule_minutes  # noqa: E402  the DAG's own

BASE = os.environ.get("TRIGGER_DAY_URL") or "http://127.0.0.1:8080"
DAG = "/api/v2/dags/recipe_etl"
ENDED = ("success", "failed")
LAST_LINES = 30


class Airflow:
    def __init__(self, user: str, password: str) -> None:
        self.token = ""
        self.token = self.ask("POST", "/auth/token", {"username": user, "password": password})["access_token"]

    def ask(self, method: str, path: str, body: object = None) -> dict:
        """:raises urllib.error.HTTPError: with Airflow's own words"""
        headers = {"content-type": "application/json", "accept": "application/json"}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(BASE + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def asked(self, method: str, path: str, body: object = None, unless: int = 0) -> dict | None:
        """None where Airflow answers with the status `unless`."""
        try:
            return self.ask(method, path, body)
        except urllib.error.HTTPError as error:
            if error.code == unless:
                return None
            raise SystemExit(f"Airflow answers {method} {path} with {error.code}: {error.read().decode()}") from None


def last_night(now: datetime, minutes: int) -> date:
    """The last day whose night has begun: it is closed, so that its run does not wait. Right after midnight that is not yesterday.

    :param minutes: how long after midnight in UTC a night begins
    """
    return (now - timedelta(days=1, minutes=minutes)).date()


def arguments(dag: dict, argv: list[str]) -> tuple[date, dict[str, bool]]:
    """:returns: the day and those switches that are on. Ends with 2 where the day cannot be run."""
    now = datetime.now(UTC)
    yesterday = now.date() - timedelta(days=1)
    night = last_night(now, schedule_minutes(DAGS.parent / "configs", os.environ.get("RECIPE_ETL_ENV") or "dev"))
    parser = argparse.ArgumentParser(
        prog="npm run trigger --", description="Runs the DAG for a day, waits, and tells what came of it."
    )
    parser.add_argument("day", nargs="?", type=day_of, default=night, help="a day in UTC; default: that of the last night, %(default)s")
    for name, param in dag["params"].items():
        parser.add_argument(flag(name), action="store_true", help=param["schema"]["title"])
    given = vars(parser.parse_args(argv))
    day = given.pop("day")
    if day > yesterday + timedelta(days=1):
        parser.error(f"{day} lies in the future: the last day that has ended is {yesterday}")
    if day > yesterday and not given.get("allow_incomplete"):
        parser.error(f"{day} has not ended; --allow-incomplete takes what has come so far")
    return day, {name: True for name, is_on in given.items() if is_on}


def day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write it as 2019-11-29") from None


def flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def told(switches: dict) -> str:
    on = [flag(name) for name, is_on in switches.items() if is_on]
    return f"with {' '.join(on)}" if on else "without switches"


def unpause(airflow: Airflow, dag: dict) -> None:
    """A paused DAG runs nothing that is triggered; one that is not runs its last night too."""
    if not dag["is_paused"]:
        return
    known = airflow.ask("GET", DAG)
    night, due = known["next_dagrun_logical_date"], known["next_dagrun_run_after"]
    airflow.ask("PATCH", DAG, {"is_paused": False})
    text = "the DAG was paused and is not any more: each night runs from now on"
    if due and datetime.fromisoformat(due) <= datetime.now(UTC):
        text += f", and the last one, {night[:10]}, at once"
    print(f"{text}; pause it in the UI if that is not wanted", flush=True)


def begin(airflow: Airflow, day: date, switches: dict[str, bool]) -> str:
    """:returns: the id of the run, made now, cleared, or running already"""
    runs = runs_of(airflow, day)
    running = next((run for run in runs if run["state"] not in ENDED), None)
    if running is not None:
        run_id = running["dag_run_id"]
        if switches_of(running) != switches:
            raise SystemExit(
                f"{run_id} is running {told(running['conf'] or {})}: wait until it has ended, then trigger {told(switches)} again"
            )
        print("waiting for", run_id, "which is running already", told(switches), flush=True)
        return run_id
    own = next((run for run in runs if run["logical_date"][11:19] == "00:00:00"), None)
    if own is not None and not switches and not switches_of(own):
        airflow.asked("POST", f"{path_of(own['dag_run_id'])}/clear", {"dry_run": False})
        print("cleared", own["dag_run_id"], told(switches), flush=True)
        return own["dag_run_id"]
    made = None
    if own is None and not switches:
        made = make(airflow, f"{day}T00:00:00Z", switches, unless=400)  # before its night, which needs that date
    elif own is not None and not switches:
        print(f"the day's own run, {own['dag_run_id']}, keeps its switches ({told(own['conf'])}); this one runs beside it")
    made = made or make(airflow, f"{day}T{datetime.now(UTC):%H:%M:%S.%f}Z", switches)
    print("triggered", made["dag_run_id"], told(switches), flush=True)
    return made["dag_run_id"]


def make(airflow: Airflow, logical_date: str, switches: dict[str, bool], unless: int = 0) -> dict | None:
    note = f"npm run trigger: {logical_date[:10]} {told(switches)}"
    return airflow.asked(
        "POST", f"{DAG}/dagRuns", {"logical_date": logical_date, "conf": switches, "note": note}, unless=unless
    )


def runs_of(airflow: Airflow, day: date) -> list[dict]:
    between = f"logical_date_gte={day}T00:00:00Z&logical_date_lt={day + timedelta(days=1)}T00:00:00Z"
    return airflow.ask("GET", f"{DAG}/dagRuns?{between}&order_by=logical_date")["dag_runs"]


def switches_of(run: dict) -> dict[str, bool]:
    return {name: True for name, is_on in (run["conf"] or {}).items() if is_on}


def path_of(run_id: str) -> str:
    return f"{DAG}/dagRuns/{quote(run_id, safe='')}"


def tell(airflow: Airflow, run_id: str) -> None:
    tasks = airflow.ask("GET", f"{path_of(run_id)}/taskInstances")["task_instances"]
    for task in tasks:
        print(f"{task['task_id']}: {task['state'] or 'not run'}, try {task['try_number']}")
        path = f"{path_of(run_id)}/taskInstances/{task['task_id']}"
        result = airflow.asked("GET", f"{path}/xcomEntries/return_value", unless=404)
        if result is not None:
            print("  ", result["value"])
        if task["state"] == "failed" and task["try_number"] > 0:
            log = airflow.ask("GET", f"{path}/logs/{task['try_number']}")["content"]
            for line in log[-LAST_LINES:]:
                print("  ", line.get("event", ""))


def main() -> int:
    airflow = Airflow("ci", os.environ["CI_PASSWORD"])
    while (dag := airflow.asked("GET", f"{DAG}/details", unless=404)) is None:
        print("waiting until the DAG is known to Airflow", flush=True)
        time.sleep(2)
    day, switches = arguments(dag, sys.argv[1:])
    unpause(airflow, dag)
    run_id = begin(airflow, day, switches)
    while (state := airflow.ask("GET", path_of(run_id))["state"]) not in ENDED:
        time.sleep(1)
    tell(airflow, run_id)
    print(f"{day}, run {run_id}: {state}")
    return 0 if state == "success" else 1


if __name__ == "__main__":
    sys.exit(main())
