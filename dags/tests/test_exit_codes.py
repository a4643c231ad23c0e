"""Retries by exit code, beside what the jobs promise."""

import re
import subprocess
import sys

import pytest
import yaml
from conftest import DAGS
from exit_code_retries import ExitCodeRetries
from exit_codes import EXIT_CODES, KILLED, MOST_RETRIES
from job_failures import job_failure

MINUTE = 60


class Store(dict):
    set = dict.__setitem__


def decisions(codes, store=None, max_tries=MOST_RETRIES, first=1):
    """What the policy says to failures with these codes, one after the other."""
    context = {} if store is None else {"task_state_store": store}
    for number, code in enumerate(codes, first):
        error = job_failure("dataload", "2019-11-29", code, "") if code is not None else OSError("no engine")
        yield ExitCodeRetries().evaluate(error, number, max_tries, context)


def actions(*args, **kwargs):
    return [decision.action.value for decision in decisions(*args, **kwargs)]


def test_the_table_holds_every_code_of_the_jobs_and_besides_only_that_of_a_kill(contract):
    assert set(EXIT_CODES) - {code["exitCode"] for code in contract["exitCodes"]} == {KILLED}
    assert {code["exitCode"] for code in contract["exitCodes"]} <= set(EXIT_CODES)


def test_airflow_tries_again_exactly_where_the_job_says_that_it_helps(contract):
    for code in contract["exitCodes"]:
        assert bool(EXIT_CODES[code["exitCode"]].retries) == (code["retryHelps"] != ["no"]), code


@pytest.mark.parametrize(
    ("code", "retries", "seconds"),
    [(1, 2, MINUTE), (3, 12, 10 * MINUTE), (5, 1, MINUTE), (6, 2, MINUTE), (143, 2, MINUTE), (None, 2, MINUTE)],
)
def test_a_failure_is_tried_again_as_often_as_its_code_says(code, retries, seconds):
    for store in (Store(), None):
        made = list(decisions([code] * (retries + 1), store))
        assert [decision.action.value for decision in made] == ["retry"] * retries + ["fail"]
        assert {decision.retry_delay.total_seconds() for decision in made[:-1]} == {seconds}


def test_all_waiting_is_as_long_as_the_variable_says():
    told = "import exit_codes; print(*(exit_codes.EXIT_CODES[code].delay.total_seconds() for code in (6, 3)))"
    variables = {"RECIPE_ETL_RETRY_SECONDS": "5", "PYTHONPATH": str(DAGS)}
    said = subprocess.run([sys.executable, "-c", told], env=variables, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["5.0", "50.0"]


@pytest.mark.parametrize("code", [2, 4])
def test_what_comes_back_until_somebody_does_something_is_not_tried_again(code):
    assert actions([code]) == ["fail"]


def test_an_outage_after_a_while_of_waiting_for_input_still_has_its_retries():
    assert actions([3, 3, 3, 3, 6, 6], Store()) == ["retry"] * 6


def test_a_task_that_was_cleared_starts_to_count_anew():
    store = Store()
    assert actions([6, 6, 6], store) == ["retry", "retry", "fail"]
    assert actions([6, 6, 6], store, max_tries=3 + MOST_RETRIES, first=4) == ["retry", "retry", "fail"]


def test_the_reason_for_a_retry_names_code_meaning_and_count():
    (decision,) = decisions([3], Store())
    assert decision.reason == "exit code 3, no input for the day, or the day is not over: retry 1 of 12"


def test_the_operators_page_promises_the_retries_that_the_table_makes():
    page = (DAGS / "recipe_etl.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) +\| .+? +\| (.+?) +\|", page, re.MULTILINE)
    words = {"no": 0, "once": 1, "twice": 2, "twelve times, 10 minutes each": 12}
    assert {int(code): words[retries] for code, retries in rows} == {
        code: known.retries for code, known in EXIT_CODES.items() if code != 0
    }


def test_a_run_right_after_midnight_is_tried_until_a_quiet_day_has_closed():
    waiting = EXIT_CODES[3].retries * EXIT_CODES[3].delay.total_seconds() / 60
    for config in (DAGS.parent / "configs").glob("*/kafka_config.yml"):
        assert waiting >= yaml.safe_load(config.read_text(encoding="utf-8"))["grace_minutes"]
