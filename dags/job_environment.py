"""What of the scheduler's environment reaches a job's container: of these variables, those that are set."""

from __future__ import annotations

import re
from collections.abc import Mapping

PLAIN = (
    "RECIPE_ETL_ENV",
    "RECIPE_ETL_LAKE",
    "RECIPE_ETL_OUTPUT",
    "RECIPE_ETL_CLOUDWATCH",
    "AWS_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS",
    "AWS_ENDPOINT_URL_SSM",
    "AWS_ENDPOINT_URL_SECRETS_MANAGER",
    "KAFKA_BROKER",
    "KAFKA_TOPIC",
    "KAFKA_SECURITY_PROTOCOL",
    "KAFKA_SASL_MECHANISM",
    "KAFKA_CA_FILE",
    "NODE_EXTRA_CA_CERTS",
    "OPENLINEAGE_URL",
    "OPENLINEAGE_NAMESPACE",
)
PRIVATE = (
    "SPARK_REMOTE",  # holds the token
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "KAFKA_USERNAME",
    "KAFKA_PASSWORD",
    "OPENLINEAGE_API_KEY",
)


def plain_environment(variables: Mapping[str, str]) -> dict[str, str]:
    """Shown in Airflow's UI as rendered templates. A page that proposes a command names one for Airflow."""
    return {"RECIPE_ETL_SCHEDULER": "airflow"} | {name: variables[name] for name in PLAIN if variables.get(name)}


def private_environment(variables: Mapping[str, str], job: str) -> dict[str, str]:
    """Read when a task runs, so that no DAG that was parsed holds it.

    A variable after the name of the job, such as DATALOAD_AWS_ACCESS_KEY_ID, is that job's own and goes before the common one.
    """
    own = {name: variables.get(f"{job.upper()}_{name}") or variables.get(name) for name in PRIVATE}
    return {name: value for name, value in own.items() if value}


REFERENCES = ("ssm:", "secretsmanager:")
"""Where a secret lies in AWS is none, and what the job says of it must be readable."""


def secrets_of(private: Mapping[str, str]) -> list[str]:
    """Texts that no log may show: the values, and the token inside SPARK_REMOTE. A name of a user is none."""
    values = [
        value
        for name, value in private.items()
        if name not in ("KAFKA_USERNAME", "AWS_ACCESS_KEY_ID") and not value.startswith(REFERENCES)
    ]
    tokens = re.findall(r"[;/]token=([^;]+)", private.get("SPARK_REMOTE", ""))
    return values + tokens
