"""Builds plans anew with PySpark, call by call after the JSON of plans of ours. Prints raw plan JSON by file. Needs no server."""

import json
import operator
import os
import sys
from base64 import b64decode
from functools import reduce

from google.protobuf.json_format import MessageToDict
from oracle import Captured, offline_session, plan_of  # first: it prepares PySpark's environment
from pyspark.sql import Window
from pyspark.sql.connect import functions as F
from pyspark.sql.connect.column import Column
from pyspark.sql.connect.expressions import LiteralExpression, UnresolvedFunction
from pyspark.sql.types import LongType

# What PySpark writes as an operator or as a method of a column; all else is a function of that name.
OPERATORS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "==": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "and": operator.and_,
    "or": operator.or_,
    "not": operator.invert,
    "in": lambda column, *values: column.isin(*values),
    "isNull": lambda column: column.isNull(),
    "isNotNull": lambda column: column.isNotNull(),
    # SQL's own operator, for which PySpark has neither.
    "div": lambda *words: Column(UnresolvedFunction("div", [word._expr for word in words])),
}


def literal(fields):
    ((kind, value),) = fields.items()
    if kind == "null":
        return F.lit(None)
    if kind == "binary":
        return F.lit(b64decode(value))
    return Column(LiteralExpression(int(value), LongType())) if kind == "long" else F.lit(value)


def function(fields, variables):
    name, words = fields["functionName"], [column(word, variables) for word in fields.get("arguments", [])]
    if name == "when":
        return when(words)
    if name in OPERATORS:
        return OPERATORS[name](*words)
    return getattr(F, name)(*words)


def when(words):
    pairs = list(zip(words[0::2], words[1::2], strict=False))
    chain = reduce(lambda chain, pair: chain.when(*pair), pairs[1:], F.when(*pairs[0]))
    return chain.otherwise(words[-1]) if len(words) % 2 else chain


def anonymous(fields, variables):
    """A Python function with as many parameters as the lambda has."""
    names = [argument["nameParts"][0] for argument in fields["arguments"]]

    def body(*given):
        return column(fields["function"], {**variables, **dict(zip(names, given, strict=True))})

    return {1: lambda a: body(a), 2: lambda a, b: body(a, b), 3: lambda a, b, c: body(a, b, c)}[len(names)]


def window(fields, variables):
    over = Window.partitionBy(*[column(key, variables) for key in fields["partitionSpec"]])
    return column(fields["windowFunction"], variables).over(over.orderBy(*[order(key) for key in fields["orderSpec"]]))


def order(fields):
    direction = "asc" if fields["direction"].endswith("ASCENDING") else "desc"
    nulls = "first" if fields["nullOrdering"].endswith("FIRST") else "last"
    return getattr(column(fields["child"]), f"{direction}_nulls_{nulls}")()


COLUMNS = {
    "alias": lambda fields, variables: column(fields["expr"], variables).alias(fields["name"][0]),
    "cast": lambda fields, variables: column(fields["expr"], variables).cast(fields["typeStr"]),
    "lambdaFunction": anonymous,
    "literal": lambda fields, _: literal(fields),
    "unresolvedAttribute": lambda fields, _: F.col(fields["unparsedIdentifier"]),
    "unresolvedExtractValue": lambda fields, variables: column(fields["child"], variables)[
        column(fields["extraction"], variables)
    ],
    "unresolvedFunction": function,
    "unresolvedNamedLambdaVariable": lambda fields, variables: variables[fields["nameParts"][0]],
    "window": window,
}


def column(message, variables=None):
    ((kind, fields),) = ((kind, fields) for kind, fields in message.items() if kind != "common")
    return COLUMNS[kind](fields, variables or {})


def columns(messages):
    return [column(message) for message in messages]


def aliased(messages):
    return {alias["name"][0]: column(alias["expr"]) for alias in messages}


def read(spark, fields):
    source = fields["dataSource"]
    reader = spark.read.format(source["format"]).options(**source.get("options", {}))
    return (reader.schema(source["schema"]) if "schema" in source else reader).load(source["paths"])


def sort(frame, fields):
    sorting = frame.orderBy if fields["isGlobal"] else frame.sortWithinPartitions
    return sorting(*[order(key) for key in fields["order"]])


FRAMES = {
    "aggregate": lambda frame, fields: frame.groupBy(*columns(fields.get("groupingExpressions", []))).agg(
        *columns(fields["aggregateExpressions"])
    ),
    "collectMetrics": lambda frame, fields: frame.observe(fields["name"], *columns(fields["metrics"])),
    "drop": lambda frame, fields: frame.drop(*fields["columnNames"]),
    "filter": lambda frame, fields: frame.filter(column(fields["condition"])),
    "limit": lambda frame, fields: frame.limit(fields["limit"]),
    "project": lambda frame, fields: frame.select(*columns(fields["expressions"])),
    "repartition": lambda frame, fields: (frame.repartition if fields["shuffle"] else frame.coalesce)(
        fields["numPartitions"]
    ),
    "sort": sort,
    "withColumns": lambda frame, fields: frame.withColumns(aliased(fields["aliases"])),
}


MODES = {
    "SAVE_MODE_APPEND": "append",
    "SAVE_MODE_ERROR_IF_EXISTS": "error",
    "SAVE_MODE_IGNORE": "ignore",
    "SAVE_MODE_OVERWRITE": "overwrite",
}


def frame_of(spark, relation):
    ((kind, fields),) = ((kind, fields) for kind, fields in relation.items() if kind != "common")
    if kind == "read":
        return read(spark, fields)
    if kind == "sql":
        return spark.sql(fields["query"])
    return FRAMES[kind](frame_of(spark, fields["input"]), fields)


def replayed(plan):
    """A program that gives the frame, or writes it, as the plan says."""

    def program(spark):
        if "root" in plan:
            return frame_of(spark, plan["root"])
        command = plan["command"]["writeOperation"]
        mode = MODES[command["mode"]]
        writer = frame_of(spark, command["input"]).write.format(command["source"]).mode(mode)
        return writer.options(**command.get("options", {})).save(command["path"])

    return program


def main(files):
    # The plans of a job nest as deep as its rules do.
    sys.setrecursionlimit(20_000)
    captured = Captured()
    spark = offline_session(captured)
    plans = {}
    for file in files:
        with open(file, encoding="utf-8") as text:
            plans[file] = MessageToDict(plan_of(replayed(json.load(text)), spark, captured))
    json.dump(plans, sys.stdout)
    sys.stdout.flush()
    # Closing the session would wait for a server.
    os._exit(0)


main(sys.argv[1:])
