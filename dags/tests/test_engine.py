"""JobOperator on a real Docker engine, with a tiny image in place of the jobs'."""

import threading
import time
import uuid
from copy import copy

import pytest
from conftest import SECRETS
from day_claim import JOB, RUN, STACK
from exit_codes import EXIT_CODES
from fake_engine import SUMMARY
from job_failures import DayTaken
from runs import context_of, failure_of, rendered

pytestmark = pytest.mark.engine

TELL = f"echo '{SUMMARY}'"
OBEDIENT = 'trap "exit 143" TERM; echo ready; while :; do sleep 0.1; done'
GRACEFUL = f'trap "{TELL.replace(chr(34), chr(92) + chr(34))}; exit 0" TERM; echo ready; while :; do sleep 0.1; done'
DEAF = 'trap "" TERM; echo ready; while :; do sleep 0.1; done'


@pytest.fixture
def stack(engine):
    """A name of its own for each test; its containers are gone afterwards."""
    name = f"recipe-etl-test-{uuid.uuid4().hex[:8]}"
    yield name
    for left in containers(engine, name):
        left.remove(force=True)


@pytest.fixture
def task_of(dag, image, stack):
    """@returns a function that makes a task of the test's stack, which does what `script` says"""

    def make(script, run_id="scheduled__2019-11-30T00:00:00+00:00", try_number=1):
        task = rendered(dag, "dataload", context_of(dag, run_id=run_id, try_number=try_number))
        task.labels[STACK], task.image, task.network_mode, task.mounts = stack, image, "none", []
        task.container_name = task.container_name.replace("recipe-etl", stack, 1)
        task.environment = {"SCRIPT": script}
        return task

    return make


def containers(engine, stack):
    return engine.containers.list(all=True, filters={"label": f"{STACK}={stack}"}, ignore_removed=True)


def until(what, probe):
    deadline = time.monotonic() + 60
    while not (found := probe()):
        assert time.monotonic() < deadline, f"waited a minute for {what}"
        time.sleep(0.1)
    return found


class Running:
    """A task that runs beside the test."""

    def __init__(self, engine, stack, task):
        self.task, self.outcome = task, None
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        self.container = until("the container", lambda: self._ready(engine, stack))

    def _run(self):
        try:
            self.outcome = self.task.execute({})
        except Exception as error:
            self.outcome = error

    @staticmethod
    def _ready(engine, stack):
        return next((found for found in containers(engine, stack) if b"ready" in found.logs()), None)

    def kill(self):
        self.task.on_kill()
        return self.end()

    def end(self):
        self.thread.join(60)
        return self.outcome


def test_a_job_that_succeeds_gives_its_summary_and_leaves_no_container(engine, task_of, stack):
    assert task_of(f"echo hello; {TELL}").execute({})["outcome"] == "published"
    assert containers(engine, stack) == []


@pytest.mark.parametrize("code", sorted(set(EXIT_CODES) - {0}))
def test_each_exit_code_reaches_the_failure_and_leaves_no_container(engine, task_of, stack, code):
    error = failure_of(lambda: task_of(f"echo the last line; exit {code}").execute({}))
    assert (error.exit_code, error.lines) == (code, ["the last line"])
    assert containers(engine, stack) == []


def test_the_job_is_no_root_has_no_capability_and_can_write_nowhere_but_to_tmp(task_of):
    task = task_of(
        'id -u; grep -E "CapBnd|CapEff|NoNewPrivs" /proc/self/status; '
        "while read -r _ place _ how _; do [ $place != / ] || echo ${how%%,*}; done </proc/mounts; "
        "touch /etc/x /var/tmp/x /x 2>/dev/null && echo written; echo data >/tmp/x && cat /tmp/x; exit 1"
    )
    said = [" ".join(line.split()) for line in failure_of(lambda: task.execute({})).lines]
    none = "0" * 16
    assert said == ["10001", f"CapEff: {none}", f"CapBnd: {none}", "NoNewPrivs: 1", "ro", "data"]


def test_a_job_that_takes_more_memory_than_it_may_is_ended_and_says_so(task_of):
    task = task_of("exec tail /dev/zero")
    task.mem_limit = "32m"
    error = failure_of(lambda: task.execute({}))
    assert error.exit_code == 137
    assert "more memory than its 32m" in str(error)


def test_secrets_are_in_the_environment_of_the_container_and_nowhere_else(engine, task_of, stack):
    running = Running(engine, stack, task_of(OBEDIENT))
    about = dict(running.container.attrs)
    environment = about["Config"].pop("Env")
    for name, value in SECRETS.items():
        assert f"{name}={value}" in environment
        assert value not in str(about)
    running.kill()


@pytest.mark.parametrize("script", [OBEDIENT, GRACEFUL, DEAF], ids=["exit 143", "exit 0", "no exit"])
def test_a_killed_job_is_gone_within_ten_seconds_and_has_never_succeeded(engine, task_of, stack, script):
    running = Running(engine, stack, task_of(script))
    killed_at = time.monotonic()
    assert running.kill().exit_code == 143
    assert time.monotonic() - killed_at < 10
    assert containers(engine, stack) == []


def test_a_job_that_outlives_its_time_is_stopped_and_counts_as_out_of_time(engine, task_of, stack):
    from airflow.sdk.execution_time.timeout import timeout

    def in_three_seconds():
        with timeout(3):
            task_of(OBEDIENT).execute({})

    assert failure_of(in_three_seconds).exit_code == 6
    assert containers(engine, stack) == []


def test_what_a_dead_scheduler_left_running_is_reaped_by_the_next_try(engine, task_of, stack):
    left = left_behind(engine, task_of(OBEDIENT))
    until("the leftover", lambda: b"ready" in left.logs())
    assert task_of(TELL, try_number=2).execute({})["outcome"] == "published"
    assert containers(engine, stack) == []


def test_what_another_run_left_dead_is_removed(engine, task_of, stack):
    left = left_behind(engine, task_of("exit 0", run_id="manual__dead"))
    left.wait()
    assert task_of(TELL).execute({})["outcome"] == "published"
    assert containers(engine, stack) == []


def test_a_second_run_of_a_day_is_refused_by_name_and_the_first_is_left_in_peace(engine, task_of, stack):
    first = Running(engine, stack, task_of(OBEDIENT, run_id="manual__first"))
    error = failure_of(lambda: task_of(TELL, run_id="manual__second").execute({}))
    assert isinstance(error, DayTaken)
    assert "is being written by run manual__first" in str(error)
    first.container.reload()
    assert first.container.status == "running"
    first.kill()


def test_of_many_runs_of_a_day_that_start_at_once_exactly_one_gets_it(engine, task_of, stack):
    tasks = [task_of(OBEDIENT, run_id=f"manual__{number}") for number in range(5)]
    outcomes = {}

    def run(task):
        try:
            task.execute({})
        except Exception as error:
            outcomes[task.labels[RUN]] = error

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    until("all but one to be refused", lambda: len(outcomes) == 4)
    (winner,) = containers(engine, stack)
    assert {type(error) for error in outcomes.values()} == {DayTaken}
    assert winner.labels[RUN] not in outcomes
    for error in outcomes.values():
        assert winner.labels[RUN] in str(error)
    until("the winner to listen", lambda: b"ready" in winner.logs())
    next(task for task in tasks if task.labels[RUN] == winner.labels[RUN]).on_kill()
    for thread in threads:
        thread.join(60)


def test_the_two_jobs_and_other_days_do_not_stand_in_each_others_way(engine, task_of, stack):
    first = Running(engine, stack, task_of(OBEDIENT))
    for strange in ({JOB: "prepare"}, {"recipe-etl.date": "2019-11-28"}):
        task = copy(task_of(TELL, run_id="manual__other"))
        task.labels, task.container_name = task.labels | strange, f"{stack}-{'-'.join(strange.values())}"
        assert task.execute({})["outcome"] == "published"
    first.kill()


def test_an_image_that_is_not_there_is_told_by_its_name(task_of):
    task = task_of(TELL)
    task.image = "recipe-etl-no-such-image:test"
    error = failure_of(lambda: task.execute({}))
    assert "recipe-etl-no-such-image:test" in str(error)
    assert "npm run up" in str(error)


def left_behind(engine, task):
    """A container as a task leaves it whose process was killed."""
    return engine.containers.run(
        task.image,
        name=task.container_name,
        labels=task.labels,
        environment=task.environment,
        network_mode="none",
        detach=True,
    )
