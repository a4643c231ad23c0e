"""What a job leaves in Airflow: links to what it made, lines in the log of its task, events of assets."""

import json
import logging
from types import SimpleNamespace

import pytest
from fake_engine import SUMMARY, FakeEngine
from job_assets import tell_assets
from job_log import read_line
from runs import context_of, failure_of, rendered, run


ADDRESS = "s3a://recipe-etl-lake/recipes/recipes/year=2019/month=11/day=29/recipes.parquet"


def link_of(task, place):
    (link,) = [link for link in task.operator_extra_links if link.name == place]
    return link.get_link(task, ti_key=context_of(None)["ti"])


@pytest.mark.parametrize(
    ("job", "links"), [("dataload", ["Table", "Quarantine", "Manifest"]), ("prepare", ["Page", "Report", "Manifest"])]
)
def test_what_a_job_made_is_a_link_on_its_task_each(dag, job, links):
    assert [link.name for link in rendered(dag, job).operator_extra_links] == links


def test_a_link_leads_to_the_object_where_the_store_has_a_browser_else_to_the_xcom_that_names_it(task, monkeypatch):
    task.summary = {"table": ADDRESS, "manifest": "manifests/dataload/2019/11/29/x.json", "quarantine": None}
    xcom = "/dags/recipe_etl/runs/manual__2019-11-29T00%3A00%3A00%2B00%3A00_x1/tasks/dataload/xcom"
    assert (link_of(task, "Table"), link_of(task, "Manifest"), link_of(task, "Quarantine")) == (xcom, xcom, "")
    monkeypatch.setenv("RECIPE_ETL_BROWSER_URL", "https://store.example/b/{bucket}/{key}")
    assert link_of(task, "Table").startswith("https://store.example/b/recipe-etl-lake/recipes/recipes/year")
    assert link_of(task, "Manifest") == "https://store.example/b/lake/manifests/dataload/2019/11/29/x.json"


def test_of_several_reports_the_link_leads_to_the_first_that_was_made(dag, monkeypatch):
    monkeypatch.setenv("RECIPE_ETL_BROWSER_URL", "https://store.example/{bucket}/{key}")
    task = rendered(dag, "prepare")
    task.summary = {"reports": [{"name": "a", "outcome": "failed"}, {"name": "b", "report": "s3://reports/b/b.csv"}]}
    assert link_of(task, "Report") == "https://store.example/reports/b/b.csv"


def test_a_refused_day_has_the_links_to_what_explains_it(task):
    summary = '{"outcome":"failed","exitCode":4,"message":"m","quarantine":"s3://lake/quarantine/x.json"}'
    failure_of(lambda: run(task, FakeEngine(exit_code=4, lines=[summary])))
    assert link_of(task, "Quarantine").endswith("/xcom")


@pytest.mark.parametrize(
    ("line", "level", "text"),
    [
        ('{"level":"error","message":"no \\"url\\"","timestamp":"2019-11-30T00:00:00Z"}', logging.ERROR, 'no "url"'),
        ('{"level":"warn","message":"late","timestamp":"2019-11-30T00:00:00Z"}', logging.WARNING, "late"),
        ('{"level":"debug","message":"x"}', logging.DEBUG, "x"),
        ("12:00:00 error: no url", logging.ERROR, "no url"),
        ("12:00:00 judging", logging.INFO, "judging"),
        ("Killed", logging.INFO, "Killed"),
        ('{"level":"loud","message":"x"}', logging.INFO, '{"level":"loud","message":"x"}'),
    ],
)
def test_a_line_of_a_job_is_text_at_the_jobs_level_in_the_log_of_the_task(line, level, text):
    assert read_line(line) == (level, text)


def test_the_log_of_a_task_tells_the_summary_in_a_sentence_and_shows_no_json(task, caplog, monkeypatch):
    monkeypatch.setattr(type(task), "log", logging.getLogger("task-for-tests"))
    caplog.set_level("DEBUG", "task-for-tests")
    event = '{"level":"warn","message":"3 names blank","timestamp":"2019-11-30T00:00:00Z"}'
    run(task, FakeEngine(lines=[event, SUMMARY]))
    told_of_job = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert ("WARNING", "3 names blank") in told_of_job
    assert ("INFO", "dataload of 2019-11-29: published (read 119)") in told_of_job
    assert not [text for _, text in told_of_job if text.startswith("{")]


def test_the_message_of_a_failure_ends_with_what_to_do_and_no_line_of_it_is_wider_than_a_log(task):
    summary = json.dumps({"outcome": "failed", "exitCode": 3, "message": "no record of the day has arrived " * 9})
    text = str(failure_of(lambda: run(task, FakeEngine(exit_code=3, lines=["waiting", summary]))))
    lines = text.splitlines()
    assert max(map(len, lines)) <= 120
    assert [line for line in lines if not line.startswith("  ")][-1].startswith("What to do: see why")


class OutletEvents(dict):
    def __missing__(self, alias):
        self[alias] = SimpleNamespace(events=[])
        self[alias].add = lambda asset, extra: self[alias].events.append((asset.name, asset.uri, extra))
        return self[alias]


def events_of(job, **summary):
    events = OutletEvents()
    tell_assets(job, {"logicalDate": "2019-11-29", "runId": "r", "outcome": "published"} | summary, events)
    return [event for alias in events.values() for event in alias.events]


def test_a_published_day_is_an_event_of_its_asset_which_names_the_day():
    extra = {"day": "2019-11-29", "object": ADDRESS, "run": "r"}
    assert events_of("dataload", table=ADDRESS) == [("recipes", "s3://recipe-etl-lake/recipes/recipes", extra)]


@pytest.mark.parametrize("outcome", ["unchanged", "dry-run"])
def test_a_day_that_has_not_changed_is_no_event(outcome):
    assert events_of("dataload", table=ADDRESS, outcome=outcome) == []


def test_each_report_that_was_published_is_an_event_of_its_own_asset():
    made = [
        {"outcome": "published", "report": "s3://reports/beef/year=2019/month=11/day=29/beef.csv"},
        {"outcome": "unchanged", "report": "s3://reports/chicken/year=2019/month=11/day=29/chicken.csv"},
    ]
    assert [name for name, *_ in events_of("prepare", reports=made)] == ["beef"]


def test_a_job_says_beforehand_which_assets_it_may_change(dag):
    assert [outlet.name for job in ("dataload", "prepare") for outlet in dag.task_dict[job].outlets] == [
        "recipe_etl_table",
        "recipe_etl_reports",
    ]
