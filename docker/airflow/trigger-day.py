#!/usr/bin/env python
"""trigger-day YYYY-MM-DD: runs the DAG recipe_etl for a day by this container's own REST API, and waits until it ends.

A day that has a run already runs again; one that is running is waited for. Exit code 0 only when the run succeeded; else the
tasks' last log lines are printed.
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.request
from urllib.parse import quote

BASE = "http://127.0.0.1:8080"
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


def begin(airflow: Airflow, day: str) -> str:
    """:returns: the id of the day's run, made now, cleared, or running already"""
    date = f"{day}T00:00:00Z"
    made = airflow.asked("POST", f"{DAG}/dagRuns", {"logical_date": date}, unless=409)
    if made is not None:
        print("triggered", made["dag_run_id"], flush=True)
        return made["dag_run_id"]
    known = airflow.asked("GET", f"{DAG}/dagRuns?logical_date_gte={date}&logical_date_lte={date}") or {}
    run = known["dag_runs"][0]
    if run["state"] in ENDED:
        airflow.asked("POST", f"{path_of(run['dag_run_id'])}/clear", {"dry_run": False})
        print("cleared", run["dag_run_id"], flush=True)
    else:
        print("waiting for", run["dag_run_id"], "which is running already", flush=True)
    return run["dag_run_id"]


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
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    airflow = Airflow("ci", os.environ["CI_PASSWORD"])
    while airflow.asked("GET", DAG, unless=404) is None:
        print("waiting until the DAG is known to Airflow", flush=True)
        time.sleep(2)
    airflow.ask("PATCH", DAG, {"is_paused": False})
    run_id = begin(airflow, sys.argv[1])
    while (state := airflow.ask("GET", path_of(run_id))["state"]) not in ENDED:
        time.sleep(1)
    tell(airflow, run_id)
    print(f"run {run_id}: {state}")
    return 0 if state == "success" else 1


if __name__ == "__main__":
    sys.exit(main())
