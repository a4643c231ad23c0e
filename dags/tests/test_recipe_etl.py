"""The DAG as the scheduler sees it: its shape, its calendar, and what the jobs are told."""

import json
import re

import pytest
from airflow.sdk.exceptions import AirflowFailException
from airflow.serialization.serialized_objects import DagSerialization
from airflow.timetables.base import DataInterval, TimeRestriction
from airflow.utils.types import DagRunType
from conftest import DAGS, PLAIN, SECRETS
from job_command import FLAGS_BY_PARAM, RUN_ID, job_run_id
from nightly_days import NightlyDays
from pendulum import datetime as utc
from run_day import day_of
from runs import context_of, failure_of, rendered
from schedule_minutes import schedule_minutes

JOBS = ["dataload", "prepare"]


def test_the_dag_is_read_without_a_database_and_runs_dataload_before_prepare(bag, dag):
    assert list(bag.dags) == ["recipe_etl"]
    assert dag.task_dict["dataload"].downstream_task_ids == {"prepare"}
    assert set(dag.task_dict) == set(JOBS)


def test_nothing_is_caught_up_and_several_days_run_side_by_side_within_limits(dag):
    assert dag.catchup is False
    assert dag.max_active_runs > 1
    assert {task.max_active_tis_per_dag for task in dag.tasks} == {2}


def test_the_day_of_the_smoke_test_is_no_day_before_the_start_for_which_airflow_makes_runs_without_tasks(dag):
    assert dag.start_date <= utc(2000, 1, 1)


def test_the_page_of_the_dag_is_the_operators_page(dag):
    assert "Run a day again" in dag.doc_md
    assert "RUNBOOK.md" in dag.doc_md


def test_a_run_of_the_night_works_on_the_day_that_has_just_ended(dag):
    last = DataInterval(utc(2019, 11, 28), utc(2019, 11, 29))
    info = dag.timetable.next_dagrun_info(
        last_automated_data_interval=last, restriction=TimeRestriction(None, None, True)
    )
    assert (info.logical_date, info.run_after) == (utc(2019, 11, 29), utc(2019, 11, 30, 2, 10))
    assert dag.timetable.summary == "nightly at 02:10 UTC"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "schedule_minutes must be a whole number of minutes from 0 to 1439, not None"),
        ("schedule_minutes: ${MINUTES:-130}", "not '${MINUTES:-130}'"),
        ("schedule_minutes: 1440", "not 1440"),
    ],
)
def test_a_schedule_that_is_no_number_is_refused_by_file_and_key(tmp_path, text, said):
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "kafka_config.yml").write_text(text)
    with pytest.raises(ValueError, match=re.escape(said)) as refused:
        schedule_minutes(tmp_path, "dev")
    assert "dev/kafka_config.yml" in str(refused.value)
    with pytest.raises(ValueError, match="set RECIPE_ETL_ENV"):
        schedule_minutes(tmp_path, "prd")


def test_a_back_fill_from_one_day_to_another_is_exactly_those_days(dag):
    between = TimeRestriction(utc(2019, 11, 28), utc(2019, 11, 30), catchup=True)
    days, last = [], None
    while info := dag.timetable.next_dagrun_info(last_automated_data_interval=last, restriction=between):
        days.append(info.logical_date.to_date_string())
        last = info.data_interval
    assert days == ["2019-11-28", "2019-11-29", "2019-11-30"]


def test_a_manual_run_works_on_its_logical_date_and_nothing_else_names_a_day(dag):
    task = rendered(dag, "dataload", context_of(dag, day="2019-11-29"))
    assert task.command[:2] == ["--date", "2019-11-29"]
    told = json.dumps(DagSerialization.to_dict(dag))
    assert "data_interval" not in re.sub(r'"[^"]*Timetable[^"]*"', "", told)


@pytest.mark.parametrize(("minutes", "now", "day"), [(0, (29, 0, 0), 28), (90, (29, 1, 29), 27), (90, (29, 1, 30), 28)])
def test_without_a_catch_up_the_last_night_that_was_due_is_next(minutes, now, day):
    info = NightlyDays(minutes, now=lambda: utc(2019, 11, *now)).next_dagrun_info(
        last_automated_data_interval=None, restriction=TimeRestriction(utc(2019, 11, 1), None, catchup=False)
    )
    assert (info.logical_date, info.run_after) == (utc(2019, 11, day), utc(2019, 11, day + 1).add(minutes=minutes))


@pytest.mark.parametrize(("catchup", "day"), [(False, 30), (True, 1)])
def test_a_stack_runs_no_night_from_before_it_was_set_up_unless_a_back_fill_asks_for_it(catchup, day):
    info = NightlyDays(first_night="2019-11-30", now=lambda: utc(2019, 11, 30, 12)).next_dagrun_info(
        last_automated_data_interval=None, restriction=TimeRestriction(utc(2019, 11, 1), None, catchup=catchup)
    )
    assert info.logical_date == utc(2019, 11, day)


def test_a_day_before_the_start_is_refused_where_it_is_asked_for(dag):
    with pytest.raises(ValueError, match="1999-12-31 cannot be run .* before 2000-01-01, .* RECIPE_ETL_SCHEDULE_START"):
        dag.timetable.infer_manual_data_interval(run_after=utc(1999, 12, 31, 8))


def test_a_night_after_a_run_at_any_time_of_a_day_is_the_next_day(dag):
    last = DataInterval(utc(2019, 11, 28, 17, 4), utc(2019, 11, 29, 17, 4))
    restriction = TimeRestriction(None, None, catchup=True)
    info = dag.timetable.next_dagrun_info(last_automated_data_interval=last, restriction=restriction)
    assert info.data_interval == DataInterval(utc(2019, 11, 29), utc(2019, 11, 30))


def test_the_timetable_comes_back_from_the_database_as_it_was():
    said = {"minutes": 90, "start": "2019-01-01", "first_night": "2019-11-29"}
    made = NightlyDays.deserialize(NightlyDays(**said).serialize())
    assert made.serialize() == said
    assert made.summary == "nightly at 01:30 UTC"


def test_a_night_is_named_after_its_day_and_a_manual_run_after_its_day_and_the_moment_of_the_click(dag):
    of_day = {"run_after": utc(2019, 12, 1, 8), "data_interval": DataInterval(utc(2019, 11, 29), utc(2019, 11, 30))}
    assert dag.timetable.generate_run_id(run_type=DagRunType.SCHEDULED, **of_day) == "scheduled__2019-11-29"
    manual = dag.timetable.generate_run_id(run_type=DagRunType.MANUAL, **of_day)
    assert manual == "manual__2019-11-29__2019-12-01T08:00:00+00:00"


def test_a_run_ends_before_the_night_after_next(dag):
    assert dag.dagrun_timeout.days == 1


@pytest.mark.parametrize(
    ("day", "params", "said"),
    [
        ("2019-11-28", {}, None),
        ("2019-11-29", {}, "one with the switch allow_incomplete"),
        ("2019-11-29", {"allow_incomplete": True}, None),
        ("2019-11-30", {"allow_incomplete": True}, "delete this run before 2019-11-30 ends"),
    ],
)
def test_a_day_that_has_not_ended_fails_in_the_first_task_at_once_unless_todays_is_asked_for(dag, day, params, said):
    context, now = context_of(dag, day=day, **params), utc(2019, 11, 29, 12)
    if said is None:
        assert day_of(context, now) == day
        return
    error = failure_of(lambda: day_of(context, now))
    assert isinstance(error, AirflowFailException)
    assert f"{day} has not ended, so nothing was run" in str(error)
    assert said in str(error)


def test_a_run_at_any_other_time_takes_no_nights_place(dag):
    context = context_of(dag, day="2019-11-29") | {"logical_date": utc(2019, 11, 29, 11)}
    assert "delete this run" not in str(failure_of(lambda: day_of(context, utc(2019, 11, 29, 12))))


def test_a_run_without_a_logical_date_fails_at_once_with_what_to_do(dag):
    context = context_of(dag)
    del context["ds"]
    error = failure_of(lambda: rendered(dag, "dataload", context))
    assert isinstance(error, AirflowFailException)
    assert "has no logical date" in str(error)


@pytest.mark.parametrize("job", JOBS)
def test_a_day_becomes_image_command_name_and_labels(dag, job):
    task = rendered(dag, job, context_of(dag, try_number=3))
    source = ["--source", "kafka"] if job == "dataload" else []
    run_id = "manual__2019-11-29T00:00:00+00:00_x1"
    assert task.image == f"recipe-etl-{job}:dev"
    assert task.command == [
        *["--date", "2019-11-29", *source],
        *["--run-id", f"{run_id}.5eed1234", "--try", "3", "--max-runtime", "120m"],
    ]
    assert task.container_name == f"recipe-etl-{job}-20191129"
    assert task.labels == {
        "recipe-etl.stack": "recipe-etl",
        "recipe-etl.dag": "recipe_etl",
        "recipe-etl.job": job,
        "recipe-etl.date": "2019-11-29",
        "recipe-etl.run": run_id,
        "recipe-etl.try": "3",
    }


@pytest.mark.parametrize("job", JOBS)
def test_every_word_is_in_the_contract_of_the_command_line(dag, contract, job):
    flags = {flag["flag"]: flag["type"] for flag in contract["flags"]}
    assert job in contract["jobs"]
    task = rendered(dag, job, context_of(dag, **{name: True for name in FLAGS_BY_PARAM["dataload"]}))
    words = iter(task.command)
    for word in words:
        assert word in flags
        if flags[word] == "string":
            assert not next(words).startswith("--")


@pytest.mark.parametrize(
    ("params", "of_dataload", "of_prepare"),
    [
        ({}, [], []),
        ({"allow_empty": True}, ["--allow-empty"], []),
        ({"allow_incomplete": True}, ["--allow-incomplete"], ["--allow-incomplete"]),
        ({"refetch": True}, ["--refetch"], []),
        ({"replace_restored": True}, ["--replace-restored"], ["--replace-restored"]),
        ({"dry_run": True}, ["--dry-run"], ["--dry-run"]),
        (
            dict.fromkeys(("allow_empty", "allow_incomplete", "refetch", "replace_restored", "dry_run"), True),
            ["--allow-empty", "--allow-incomplete", "--refetch", "--replace-restored", "--dry-run"],
            ["--allow-incomplete", "--replace-restored", "--dry-run"],
        ),
    ],
)
def test_each_param_becomes_exactly_these_words_of_each_task(dag, params, of_dataload, of_prepare):
    assert set(params) <= set(dag.params)
    for job, words in (("dataload", of_dataload), ("prepare", of_prepare)):
        plain = rendered(dag, job).command
        assert rendered(dag, job, context_of(dag, **params)).command == [*plain, *words]


def test_one_report_is_asked_for_where_a_param_names_it_and_of_prepare_only(dag):
    named = context_of(dag, report="beef_cooking_time")
    assert rendered(dag, "prepare", named).command[-2:] == ["--report", "beef_cooking_time"]
    assert "--report" not in rendered(dag, "dataload", named).command
    assert "--report" not in rendered(dag, "prepare").command


def test_all_params_are_off_unless_somebody_switches_them_on(dag):
    names = ("allow_empty", "allow_incomplete", "refetch", "replace_restored", "dry_run")
    assert dict(dag.params) == dict.fromkeys(names, False)


@pytest.mark.parametrize(
    "run_id",
    [
        "scheduled__2019-11-30T00:00:00+00:00",
        "backfill__2019-11-30T00:00:00+00:00",
        "_mine~2019",
        "deploy 17/ä",
        "x" * 250,
        "___",
    ],
)
def test_any_run_id_of_airflow_becomes_one_that_the_job_takes(run_id):
    made = job_run_id(run_id, "01936f2e-7b1c-7c53-a0f1-00005eed1234")
    assert RUN_ID.fullmatch(made)
    assert made.endswith(".5eed1234")


def test_long_run_ids_that_differ_at_their_end_stay_different():
    ti = "01936f2e-7b1c-7c53-a0f1-00005eed1234"
    assert job_run_id("x" * 200 + "a", ti) != job_run_id("x" * 200 + "b", ti)


def test_a_run_that_was_deleted_and_made_again_has_another_run_id():
    first, second = "01936f2e-7b1c-7c53-a0f1-00005eed1234", "01936f2e-7b1c-7c53-a0f1-00005eed1235"
    run_id = "backfill__2019-11-30T00:00:00+00:00"
    assert job_run_id(run_id, first) != job_run_id(run_id, second)


@pytest.mark.parametrize("job", JOBS)
def test_what_is_plain_is_shown_and_what_is_secret_is_in_nothing_that_can_be_read(dag, job):
    task = rendered(dag, job)
    assert task.environment == PLAIN | {"RECIPE_ETL_SCHEDULER": "airflow"}
    shown = json.dumps({name: str(getattr(task, name)) for name in task.template_fields})
    stored = json.dumps(DagSerialization.to_dict(dag))
    for secret in SECRETS.values():
        assert secret not in shown
        assert secret not in stored
        assert secret not in repr(vars(task))


@pytest.mark.parametrize("job", JOBS)
def test_no_job_runs_without_limits(dag, job):
    task = rendered(dag, job)
    assert task.execution_timeout.total_seconds() > 120 * 60
    assert (task.mem_limit, task.cpus, task.mount_tmp_dir, task.network_mode) == ("1g", 1, False, "recipe-etl")
    assert task.on_failure_callback


def test_certificates_are_a_volume_that_no_job_can_change(dag):
    (mount,) = dag.task_dict["dataload"].mounts
    assert (mount["Source"], mount["Target"], mount["ReadOnly"]) == (
        "certificates-for-tests",
        "/run/certificates",
        True,
    )


def test_a_folder_with_the_tests_in_it_still_holds_our_dags_only():
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(dag_folder=str(DAGS))
    assert (sorted(bag.dags), bag.import_errors) == (["recipe_etl", "recipe_etl_health"], {})
    assert not [stat.file for stat in bag.dagbag_stats if "/tests/" in stat.file]
