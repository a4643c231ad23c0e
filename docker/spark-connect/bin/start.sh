#!/bin/bash
# start.sh [connect|master|worker]: what a container of this image does. README.md tells the variables.
set -euo pipefail
word=${1:-connect}

fail() { echo "start: $*" >&2; exit 2; }

[ -w /work ] || fail "/work cannot be written by user $(id -u): mount a tmpfs or volume there (--tmpfs /work:exec,mode=1777)"
# What a killed server left, where /work is a volume.
rm -rf /work/tmp /work/local /work/worker
mkdir -p /work/tmp /work/local /work/worker
# For the health check.
echo "$word" >/work/word
rm -f /work/warm
export TMPDIR=/work/tmp SPARK_LOCAL_DIRS=/work/local MALLOC_ARENA_MAX=2
# The codecs unpack native code there.
printf '#!/bin/sh\n' >/work/tmp/probe && chmod +x /work/tmp/probe
/work/tmp/probe 2>/dev/null || fail "/work forbids programs: mount it with exec (--tmpfs /work:exec,mode=1777)"
rm -f /work/tmp/probe

# Hadoop cannot log in a user without a name.
if ! getent passwd "$(id -u)" >/dev/null; then
  echo "spark:x:$(id -u):$(id -g):spark:/work:/usr/sbin/nologin" >/work/passwd
  echo "spark:x:$(id -g):" >/work/group
  wrapper=$(find /usr/lib -name libnss_wrapper.so -print -quit)
  export LD_PRELOAD=$wrapper NSS_WRAPPER_PASSWD=/work/passwd NSS_WRAPPER_GROUP=/work/group
fi

# Spark reaches into the JDK; without these Java 17 refuses.
java=(java)
for name in java.base/{java.lang,java.lang.invoke,java.lang.reflect,java.io,java.net,java.nio,java.util,java.util.concurrent} \
  java.base/{java.util.concurrent.atomic,jdk.internal.ref,sun.nio.ch,sun.nio.cs,sun.security.action,sun.util.calendar} \
  java.security.jgss/sun.security.krb5; do
  java+=("--add-opens=$name=ALL-UNNAMED")
done
java+=(-XX:+IgnoreUnrecognizedVMOptions -Djdk.reflect.useDirectMethodHandle=false -Dio.netty.tryReflectionSetAccessible=true
  -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData -XX:ReservedCodeCacheSize=128m -Djava.io.tmpdir=/work/tmp
  -Dlog4j2.configurationFile=/opt/spark/conf/log4j2.properties -cp '/opt/spark/jars/*')

# In Kubernetes a service of that name sets it to an address, which Spark reads as a number.
unset SPARK_MASTER_PORT
case $word in
  connect) ;;
  master)
    # Its REST interface would run the programs of anybody who asks.
    exec "${java[@]}" -Xmx"${SPARK_DAEMON_MEMORY:-256m}" -Dspark.master.rest.enabled=false org.apache.spark.deploy.master.Master \
      --host "${SPARK_MASTER_HOST:-$(hostname)}" --port 7077 --webui-port 8080
    ;;
  worker)
    master=${SPARK_MASTER:-spark://spark-master:7077}
    # Else the folders of ended applications stay.
    exec "${java[@]}" -Xmx"${SPARK_DAEMON_MEMORY:-256m}" -Dspark.worker.cleanup.enabled=true -Dspark.worker.cleanup.appDataTtl=86400 \
      org.apache.spark.deploy.worker.Worker --host "$(hostname)" --webui-port 8081 --work-dir /work/worker "$master"
    ;;
  *) fail "$word is none of connect, master, worker" ;;
esac

master=${SPARK_MASTER:-local[*]}
confs=("spark.master=$master" "spark.driver.bindAddress=0.0.0.0")
case $master in
  local*)
    confs+=("spark.driver.host=127.0.0.1")
    confs[1]="spark.driver.bindAddress=127.0.0.1"
    ;;
  *)
    # Executors call back by this name.
    confs+=("spark.driver.host=${SPARK_DRIVER_HOST:-$(hostname)}")
    ;;
esac
# The optimizing compiler's thresholds, ten times as high: a short day is over before what it compiles would pay.
java+=(-Xmx"${SPARK_DRIVER_MEMORY:-1g}" -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000
  -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000)

if [ "${RECIPE_ETL_INSECURE:-}" = yes ]; then
  # For a run on one's own machine: who starts it says on which address, and publishes it on loopback only.
  unset SPARK_CONNECT_AUTHENTICATE_TOKEN
  export SPARK_LOCAL_IP=127.0.0.1
  port=${SPARK_CONNECT_PORT:-15002}
  confs+=("spark.connect.grpc.binding.address=${SPARK_CONNECT_ADDRESS:-127.0.0.1}" "spark.connect.grpc.binding.port=$port"
    "spark.ui.enabled=false")
else
  [ -n "${SPARK_CONNECT_AUTHENTICATE_TOKEN:-}" ] ||
    fail "SPARK_CONNECT_AUTHENTICATE_TOKEN is not set: clients show this token as token=… of SPARK_REMOTE (make one: openssl rand -hex 32)"
  own-certificate.sh
  port=15003
  # Where the UI listens; the driver's other ports have addresses of their own.
  export SPARK_LOCAL_IP=127.0.0.1
  # haproxy opens the UI where there is a password.
  [ -n "${SPARK_UI_PASSWORD:-}" ] || unset SPARK_UI_PASSWORD
fi

spark='' proxy='' stopping=''
# shellcheck disable=SC2317 # called by trap
stop() {
  stopping=yes
  # shellcheck disable=SC2086 # one or two
  kill -TERM $spark $proxy 2>/dev/null || true
}
trap stop TERM INT

"${java[@]}" org.apache.spark.deploy.SparkSubmit "${confs[@]/#/--conf=}" \
  --class org.apache.spark.sql.connect.service.SparkConnectServer spark-internal </dev/null &
spark=$!

spark_lives() { [ -z "$stopping" ] && kill -0 "$spark" 2>/dev/null; }
until_spark_listens() {
  while spark_lives && ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do sleep 0.2; done
}

if [ "${SPARK_ENDS_WITH_STDIN:-}" = yes ]; then
  # Its other end is held by who started the container: it ends with that process, however that ends.
  exec 3<&0
  (cat <&3 >/dev/null; kill -TERM $$) &
  disown
elif [ "${RECIPE_ETL_INSECURE:-}" != yes ]; then
  # The port opens once there is somebody behind it.
  until_spark_listens
  if spark_lives; then
    haproxy -db -f /opt/spark/conf/haproxy.cfg &
    proxy=$!
    [ "${SPARK_WARM_UP:-}" != yes ] || { timeout 90 warm-up.sh "$port"; touch /work/warm; } &
  fi
fi

# Whichever of them ends, the container ends, so that its restart policy acts.
code=0
# shellcheck disable=SC2086
wait -n $spark $proxy || code=$?
if [ -z "$stopping" ]; then
  echo "start: $(kill -0 "$spark" 2>/dev/null && echo haproxy || echo Spark) ended with exit code $code" >&2
  [ "$code" -ne 0 ] || code=1
  # shellcheck disable=SC2086
  kill -TERM $spark $proxy 2>/dev/null || true
fi
# Asked, then forced.
(sleep 6; kill -KILL $spark $proxy) 2>/dev/null &
# shellcheck disable=SC2086
wait $spark $proxy 2>/dev/null || true
[ -z "$stopping" ] || code=143
exit "$code"
