"""Tests need no stack and no database: a throw-away AIRFLOW_HOME and known settings, set before Airflow is imported."""

import json
import os
import sys
import tempfile
from pathlib import Path

import pytest

DAGS = Path(__file__).resolve().parents[1]
SECRETS = {
    "SPARK_REMOTE": "sc://spark-connect:15002/;use_ssl=true;token=spark-token-for-tests",
    "AWS_ACCESS_KEY_ID": "access-key-for-tests",
    "AWS_SECRET_ACCESS_KEY": "secret-key-for-tests",
    "KAFKA_USERNAME": "kafka-user-for-tests",
    "KAFKA_PASSWORD": "kafka-password-for-tests",
    "OPENLINEAGE_API_KEY": "lineage-key-for-tests",
}
PLAIN = {
    "RECIPE_ETL_ENV": "dev",
    "RECIPE_ETL_LAKE": "s3://lake",
    "RECIPE_ETL_OUTPUT": "s3://reports",
    "AWS_REGION": "eu-central-1",
    "KAFKA_BROKER": "kafka:9092",
}
for name in [
    name for name in os.environ if name.startswith(("RECIPE_ETL_", "AIRFLOW", "AWS_", "KAFKA_", "NODE_EXTRA_", "OPENLINEAGE_"))
]:
    del os.environ[name]
os.environ.update(
    AIRFLOW_HOME=tempfile.mkdtemp(prefix="airflow-test-"),
    AIRFLOW__CORE__DAGS_FOLDER=str(DAGS),
    AIRFLOW__CORE__PLUGINS_FOLDER=str(DAGS / "plugins"),
    AIRFLOW__CORE__LOAD_EXAMPLES="False",
    AIRFLOW__CORE__UNIT_TEST_MODE="True",
    AIRFLOW__LOGGING__LOGGING_LEVEL="ERROR",
    # Whoever opens the database in these tests finds none.
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN="postgresql+psycopg2://nobody@127.0.0.1:1/none",
    RECIPE_ETL_CERTIFICATES="certificates-for-tests",
    **SECRETS,
    **PLAIN,
)
sys.path[:0] = [str(DAGS), str(DAGS / "plugins")]


@pytest.fixture(scope="session")
def bag():
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(dag_folder=str(DAGS / "recipe_etl.py"))


@pytest.fixture(scope="session")
def health_dag():
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(dag_folder=str(DAGS / "recipe_etl_health.py"))
    assert bag.import_errors == {}
    return bag.dags["recipe_etl_health"]


@pytest.fixture(scope="session")
def dag(bag):
    assert bag.import_errors == {}
    return bag.dags["recipe_etl"]


@pytest.fixture
def task(dag):
    """As it is just before it runs."""
    from runs import rendered

    return rendered(dag, "dataload")


@pytest.fixture(scope="session")
def contract():
    return json.loads((DAGS.parent / "schema/cli-contract.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def engine():
    import docker

    client = docker.from_env(version="auto")
    yield client
    client.close()


@pytest.fixture(scope="session")
def image(engine):
    """Stands in for the images of the jobs."""
    folder = str(DAGS / "tests/probe-image")
    return engine.images.build(path=folder, tag="recipe-etl-probe:test", rm=True)[0].tags[0]


@pytest.fixture(scope="session")
def database(tmp_path_factory):
    """The environment of an Airflow with a database of its own that knows the DAG."""
    from api_server import airflow_with_database

    return airflow_with_database(tmp_path_factory.mktemp("airflow"))


@pytest.fixture(scope="session")
def airflow(database):
    """Its API server; there is no scheduler."""
    from api_server import api_server

    with api_server(database) as server:
        yield server


def has_engine():
    import docker

    try:
        return docker.from_env(timeout=10).ping()
    except docker.errors.DockerException:
        return False


def pytest_collection_modifyitems(config, items):
    """Without a Docker engine a developer runs the rest; in CI the tests that need one fail."""
    needy = [item for item in items if item.get_closest_marker("engine")]
    if not needy or os.environ.get("CI") or has_engine():
        return
    print(f"no Docker engine answers: {len(needy)} tests that need one are left out")
    items[:] = [item for item in items if item not in needy]
    config.hook.pytest_deselected(items=needy)


def pytest_unconfigure(config):
    """The line that ends a run of any suite of this repository."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    count = {name: len(reporter.stats.get(name, [])) for name in ("passed", "failed", "error")}
    if not config.option.collectonly:
        print(f"{count['passed']} passed, {count['failed'] + count['error']} failed")
