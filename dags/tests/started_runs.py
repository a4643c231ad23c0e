"""Has the scheduler of Airflow start the runs that are queued, as it does in life."""

from airflow.jobs.job import Job
from airflow.jobs.scheduler_job_runner import SchedulerJobRunner
from airflow.utils.session import create_session


def main():
    with create_session() as session:
        runner = SchedulerJobRunner(job=Job())
        session.add(runner.job)
        session.flush()
        runner._start_queued_dagruns(session)


main()
