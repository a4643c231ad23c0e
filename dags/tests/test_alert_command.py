"""`npm run alert` in the scheduler's container: the channels are connections in Airflow's database."""

import subprocess
import sys

import pytest
from api_server import AIRFLOW
from conftest import DAGS
from servers import http_server

ALERT = DAGS.parent / "docker/airflow/alert.py"
SLACK = "recipe_etl_slack"


def alert(database, *words):
    return subprocess.run([sys.executable, ALERT, *words], env=database, capture_output=True, text=True, check=False)


def connections(database, *words):
    subprocess.run([AIRFLOW, "connections", *words], env=database, check=True, capture_output=True)


@pytest.fixture
def slack(database):
    with http_server() as (url, bodies):
        address = f"{url}/services/secret-of-slack"
        connections(database, "add", SLACK, "--conn-type", "slackwebhook", "--conn-password", address)
        yield bodies
        connections(database, "delete", SLACK)


def test_without_a_channel_a_test_fails_and_says_how_to_make_one(database):
    tested, listed = alert(database, "test"), alert(database, "channels")
    assert (tested.returncode, listed.returncode) == (2, 0)
    for said in (tested.stdout + tested.stderr, listed.stdout):
        assert "No alert goes anywhere: none of the connections recipe_etl_slack" in said


def test_a_test_alert_reaches_each_channel_and_no_secret_is_shown(database, slack):
    assert f"alerts go to {SLACK}" in alert(database, "channels").stdout
    tested = alert(database, "test")
    assert (tested.returncode, tested.stdout.splitlines()[-1]) == (0, f"{SLACK}: sent")
    assert "a test alert" in slack[0]
    assert "secret-of-slack" not in tested.stdout + tested.stderr


@pytest.mark.parametrize("words", [[], ["tset"], ["test", "now"]])
def test_a_wrong_word_is_refused_with_the_right_ones(database, words):
    refused = alert(database, *words)
    assert refused.returncode == 2
    assert "alert test|channels" in refused.stderr
