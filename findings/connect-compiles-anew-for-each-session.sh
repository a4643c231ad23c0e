#!/usr/bin/env bash
# A Spark Connect server makes and compiles the Java code of the same query again for every session, since it keeps that code by
# class loader and gives each session one of its own, also where no session ever added a jar or a file. Turning that off in
# spark-defaults.conf does nothing and says nothing: SparkConnectServer sets spark.sql.artifact.isolation.enabled and
# spark.sql.artifact.isolation.alwaysApplyClassloader to true when it starts, over what its configuration says. The sessions of
# an application without Connect share the code. So a job that opens a session for each of many short queries pays for
# the compilers of Spark and of the JVM each time, however long its server has been up. Setting both to false in a session does
# nothing either, since they were read before; a clone of that session begins with them, and shares its code with other such clones.
#
# Seen with pyspark 4.2.0 (its own server and client), Java 17. Seen in two runs:
#   without: compiled 6 times, again 0, in another session 0
#   set to false in a session: compiled 6 times, in a clone of it 6, in another clone 0
#   Connect: configured with isolation false, a session says true
#   Connect: compiled 6 times, again 0, in another session 6
# Fails where a second session compiles nothing, or where the server keeps what it was configured with.
set -euo pipefail
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill -KILL "$server" || true; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet 'pyspark[connect]==4.2.0'
spark=$("$folder/venv/bin/python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
port=$("$folder/venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir "$folder/conf"
cat >"$folder/conf/spark-defaults.conf" <<CONF
spark.master local[1]
spark.ui.enabled false
spark.driver.host 127.0.0.1
spark.connect.grpc.binding.address 127.0.0.1
spark.connect.grpc.binding.port $port
spark.sql.artifact.isolation.enabled false
spark.sql.artifact.isolation.alwaysApplyClassloader false
CONF
cat >"$folder/conf/log4j2.properties" <<'LOG'
rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %m%n
logger.code.name = org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator
logger.code.level = info
LOG
export SPARK_CONF_DIR=$folder/conf SPARK_LOCAL_IP=127.0.0.1
cat >"$folder/ask.py" <<'PY'
import os, sys, time
from pyspark.sql import SparkSession

log = sys.argv[1]
remote = sys.argv[2] if len(sys.argv) > 2 else None

def compiled():
    time.sleep(1)
    return sum(line.startswith("Code generated in") for line in open(log))

def ask(spark):
    before = compiled()
    query = "SELECT id % 7 AS day, sum(id) AS total FROM range(1000) WHERE id % 3 > 0 GROUP BY 1 ORDER BY 1"
    assert len(spark.sql(query).collect()) == 7
    return compiled() - before

if remote:
    first = SparkSession.builder.remote(remote).create()
    kept = first.conf.get("spark.sql.artifact.isolation.enabled")
    counts = [ask(first), ask(first)]
    counts.append(ask(SparkSession.builder.remote(remote).create()))
    off = SparkSession.builder.remote(remote).create()
    for name in ("enabled", "alwaysApplyClassloader"):
        off.conf.set("spark.sql.artifact.isolation." + name, "false")
    clones = [ask(off), ask(off.cloneSession()), ask(off.cloneSession())]
    print(f"set to false in a session: compiled {clones[0]} times, in a clone of it {clones[1]}, in another clone {clones[2]}")
    assert clones[0] > 0 and clones[1] > 0 and clones[2] == 0
    print(f"Connect: configured with isolation false, a session says {kept}")
else:
    first = SparkSession.builder.getOrCreate()
    kept = "false"
    counts = [ask(first), ask(first), ask(first.newSession())]
print(f"{'Connect' if remote else 'without'}: compiled {counts[0]} times, again {counts[1]}, in another session {counts[2]}")
expected = counts[0] > 0 and counts[1] == 0 and (counts[2] > 0) == bool(remote) and kept == ("true" if remote else "false")
# The client's threads would keep the process while a session is open.
sys.stdout.flush()
os._exit(0 if expected else 1)
PY
"$folder/venv/bin/python" "$folder/ask.py" "$folder/classic.log" 2>"$folder/classic.log"
"$spark/bin/spark-submit" --class org.apache.spark.sql.connect.service.SparkConnectServer spark-internal 2>"$folder/server.log" &
server=$!
for _ in $(seq 60); do
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
  sleep 1
done
"$folder/venv/bin/python" "$folder/ask.py" "$folder/server.log" "sc://127.0.0.1:$port" 2>"$folder/client.log" || { tail -5 "$folder/client.log"; exit 1; }
