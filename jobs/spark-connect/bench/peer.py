"""One kind of work with PySpark, as `worker.ts` does it: prints what it cost as JSON."""

import json
import os
import resource
import sys
import time
import warnings

os.environ["SPARK_CONNECT_MODE_ENABLED"] = "1"
warnings.filterwarnings("ignore")

from pyspark.sql.connect.session import SparkSession  # noqa: E402

remote, work, sql, repeats = sys.argv[1:5]
works = {
    "toPandas": lambda spark: len(spark.sql(sql).toPandas()),
    "collect": lambda spark: len(spark.sql(sql).collect()),
}
spark = SparkSession.builder.remote(remote).getOrCreate()
elapsed_ms = []
for _ in range(int(repeats)):
    start = time.perf_counter()
    rows = works[work](spark)
    elapsed_ms.append((time.perf_counter() - start) * 1000)
peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"rows": rows, "elapsedMs": elapsed_ms, "peakMb": peak_mb}))
spark.stop()
