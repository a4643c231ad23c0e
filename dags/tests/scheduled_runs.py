"""What the scheduler of Airflow makes of the DAG at a moment: prints the runs that are new."""

import json
import sys

from airflow.jobs.job import Job
from airflow.jobs.scheduler_job_runner import SchedulerJobRunner
from airflow.models.dag import DagModel
from airflow.models.dagrun import DagRun
from airflow.utils.session import create_session
from pendulum import parse
from sqlalchemy import select


def main():
    day = parse(sys.argv[1])
    with create_session() as session:
        model = session.get(DagModel, "recipe_etl")
        # As the dag-processor has left it while the day was going on.
        model.next_dagrun = day
        model.next_dagrun_data_interval = (day, day.add(days=1))
        model.next_dagrun_create_after = day.add(days=1)
        known = set(session.scalars(select(DagRun.run_id)))
        runner = SchedulerJobRunner(job=Job())
        session.add(runner.job)
        session.flush()
        runner._create_dag_runs([model], session)
        session.flush()
        made = [run for run in session.scalars(select(DagRun)) if run.run_id not in known]
        print("\n" + json.dumps([{"run": run.run_id, "day": str(run.logical_date.date())} for run in made]))


main()
