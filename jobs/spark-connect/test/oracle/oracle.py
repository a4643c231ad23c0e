"""Prints the plans of all programs as PySpark builds them: one JSON object, raw plan by program name. Needs no server."""

import importlib
import json
import os
import sys
import time
import warnings
from types import SimpleNamespace

os.environ["TZ"] = "UTC"
# Without it PySpark looks for a Java to run Spark in.
os.environ["SPARK_CONNECT_MODE_ENABLED"] = "1"
time.tzset()
warnings.filterwarnings("ignore")

from google.protobuf.json_format import MessageToDict  # noqa: E402
from pyspark.sql.connect import proto  # noqa: E402
from pyspark.sql.connect.dataframe import DataFrame  # noqa: E402
from pyspark.sql.connect.session import SparkSession  # noqa: E402

FAMILIES = ["frames", "groups", "readers", "tables", "columns", "text", "scalars", "collections", "aggregates", "shapes", "catalog", "statistics", "arithmetic", "formats", "sketches", "table_functions", "streams"]


class Sent(Exception):
    """Raised in place of sending a query: an action has nobody to answer it."""


class Captured:
    """What the program would have sent last."""

    plan = None


def offline_session(captured):
    """A session whose client keeps plans instead of sending them."""
    spark = SparkSession("sc://nobody")
    client = spark._client
    client._plan_compression_threshold = -1
    client._plan_compression_algorithm = "NONE"

    # What a stream's command is answered with: nothing of interest.
    answers = {
        "write_stream_operation_start_result": proto.WriteStreamOperationStartResult(),
        "streaming_query_command_result": proto.StreamingQueryCommandResult(),
        "streaming_query_manager_command_result": proto.StreamingQueryManagerCommandResult(),
    }

    def execute_command(command, *_):
        captured.plan = proto.Plan(command=command)
        return None, answers, None

    def execute_query(plan, *_, **__):
        captured.plan = plan
        raise Sent

    client.execute_command = execute_command
    client.to_table = execute_query
    client.to_table_as_iterator = execute_query
    client._analyze = lambda **_: SimpleNamespace(is_streaming=False)
    client.get_configs = lambda *keys: tuple(None for _ in keys)
    client.get_config_dict = lambda *keys: {key: None for key in keys}
    return spark


def plan_of(program, spark, captured):
    """A program that gives a frame stands for that frame; any other for what it has sent last."""
    captured.plan = None
    try:
        result = program(spark)
    except Sent:
        result = None
    if isinstance(result, DataFrame):
        return result._plan.to_proto(spark._client)
    if captured.plan is None:
        raise ValueError("the program gave no frame and sent nothing")
    return captured.plan


def main():
    captured = Captured()
    spark = offline_session(captured)
    plans = {}
    for family in FAMILIES:
        for name, program in importlib.import_module(f"programs.{family}").PROGRAMS.items():
            if name in plans:
                raise ValueError(f"two programs are called {name}")
            try:
                plans[name] = MessageToDict(plan_of(program, spark, captured))
            except Exception as error:
                raise RuntimeError(f"program {name}") from error
    json.dump(plans, sys.stdout)
    sys.stdout.flush()
    # Closing the session would wait for a server.
    os._exit(0)


if __name__ == "__main__":
    main()
