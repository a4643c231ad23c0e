#!/usr/bin/env bash
# The same rows, written by the same Spark program in one task, give files with the same data pages but another footer from one
# JVM to the next: a column chunk lists its encodings in the order of a hash set of enum constants, whose hash codes each JVM
# draws anew. So a nightly re-run of unchanged data is not byte-identical, its etag and checksum change, and whoever compares
# files by hash takes it for new data. Compare the bytes before the footer, the schema and the number of rows instead.
#
# Seen with pyspark 4.2.0 and the parquet-java that it brings, Java 17; pyarrow 26.0.1 reads the footers. Seen in two runs:
#   8 JVMs: 1 body, 6 files, 6 orders of encodings
#   8 JVMs: 1 body, 4 files, 4 orders of encodings
# Fails where the bodies differ, or where all eight footers list their encodings in one order.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pyspark==4.2.0 pyarrow==26.0.1
cat >"$folder/write.py" <<'PY'
import sys
from pyspark.sql import SparkSession

spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")
# Few names make a dictionary; the numbers fall back to plain pages; nulls need levels.
rows = spark.range(0, 200000, 1, 1).selectExpr("id", "concat('name ', id % 7) AS name", "if(id % 3 = 0, NULL, id * 37) AS number")
rows.coalesce(1).write.parquet(sys.argv[1])
PY
cat >"$folder/compare.py" <<'PY'
import glob, hashlib, struct, sys
import pyarrow.parquet as pq

bodies, files, orders = set(), set(), set()
for run in sys.argv[1:]:
    [part] = glob.glob(run + "/part-*.parquet")
    data = open(part, "rb").read()
    footer = struct.unpack("<I", data[-8:-4])[0]
    bodies.add(hashlib.sha256(data[: -8 - footer]).hexdigest())
    files.add(hashlib.sha256(data).hexdigest())
    group = pq.read_metadata(part).row_group(0)
    orders.add(tuple(group.column(i).encodings for i in range(group.num_columns)))
for order in sorted(orders):
    print(order)
print(f"{len(sys.argv) - 1} JVMs: {len(bodies)} body, {len(files)} files, {len(orders)} orders of encodings")
sys.exit(0 if len(bodies) == 1 and len(files) > 1 and len(orders) > 1 else 1)
PY
runs=()
for run in 1 2 3 4 5 6 7 8; do
  "$folder/venv/bin/python" "$folder/write.py" "$folder/run-$run" 2>>"$folder/log" || { tail -20 "$folder/log"; exit 1; }
  runs+=("$folder/run-$run")
done
"$folder/venv/bin/python" "$folder/compare.py" "${runs[@]}"
