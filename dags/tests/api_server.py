"""A real API server of Airflow with the DAG, on a database of its own; no scheduler, so that runs wait for the test."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

AIRFLOW = Path(sys.executable).with_name("airflow")
PASSWORD = "password-for-tests"
RUNS = "/api/v2/dags/recipe_etl/dagRuns"


class ApiServer:
    def __init__(self, url, settings):
        self.url, self.settings = url, settings
        self.token = ""
        self.token = self.ask("POST", "/auth/token", {"username": "ci", "password": PASSWORD})[1]["access_token"]

    def ask(self, method, path, body=None):
        """@returns status and answer"""
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json", "authorization": f"Bearer {self.token}"}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.load(answer) if answer.status != 204 else None
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def trigger(self, logical_date, **conf):
        return self.ask("POST", RUNS, {"logical_date": logical_date, "conf": conf})

    def runs(self):
        return self.ask("GET", f"{RUNS}?order_by=logical_date")[1]["dag_runs"]

    def end_all(self, state="success"):
        for run in self.runs():
            if run["state"] in ("queued", "running"):
                self.ask("PATCH", f"{RUNS}/{urllib.request.quote(run['dag_run_id'])}", {"state": state})


def airflow_with_database(home):
    """@returns the environment of an Airflow that knows the DAG"""
    passwords = home / "passwords.json"
    passwords.write_text(json.dumps({"ci": PASSWORD}))
    settings = os.environ | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "ci:op",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(passwords),
        "AIRFLOW__API_AUTH__JWT_SECRET": "secret-of-tokens-for-tests-" + "x" * 64,
        "AIRFLOW__API__SECRET_KEY": "secret-of-the-api-for-tests-" + "x" * 64,
        "CI_PASSWORD": PASSWORD,
    }
    for words in (["db", "migrate"], ["dags", "reserialize"]):
        subprocess.run([AIRFLOW, *words], env=settings, check=True, capture_output=True)
    return settings


@contextmanager
def api_server(database):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [AIRFLOW, "api-server", "--port", str(port), "--host", "127.0.0.1", "--workers", "1"]
    log = (Path(database["AIRFLOW_HOME"]) / "api-server.log").open("wb")
    process = subprocess.Popen(command, env=database, stdout=log, stderr=log)
    try:
        yield ApiServer(answering(process, url), database | {"TRIGGER_DAY_URL": url})
    finally:
        process.terminate()
        process.wait()
        log.close()


def answering(process, url):
    """However long it takes on a busy machine; one that ends has failed."""
    while process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/api/v2/version", timeout=5):
                return url
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the API server has ended: see api-server.log")
