#!/bin/bash
# A broker of the settings that the environment names, as the public image takes them: KAFKA_LOG_DIRS is log.dirs, two
# underscores are one, three a dash. CLUSTER_ID is the cluster's, KAFKA_HEAP_OPTS Java's memory. Without any: one node.
set -euo pipefail
config=/opt/kafka/config/server.properties

# What start scripts read is no setting of the broker.
settings=$(compgen -e | grep '^KAFKA_' | grep -vE '^KAFKA_(HEAP_OPTS|LOG_LEVEL|OPTS|JVM_PERFORMANCE_OPTS|VERSION)$' || true)
if [ -n "$settings" ]; then
  : >"$config"
  for name in $settings; do
    key=$(printf %s "${name#KAFKA_}" | tr '[:upper:]' '[:lower:]' | sed -e 's/___/-/g' -e 's/__/\x01/g' -e 's/_/./g' -e 's/\x01/_/g')
    value=${!name}
    # A line break or a backslash would end the value early.
    value=${value//\\/\\\\}
    printf '%s=%s\n' "$key" "${value//$'\n'/\\n}" >>"$config"
  done
  grep -q '^log\.dirs=' "$config" || echo 'log.dirs=/var/lib/kafka/data' >>"$config"
else
  cat >"$config" <<'SETTINGS'
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@localhost:9093
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://:9092,CONTROLLER://:9093
advertised.listeners=PLAINTEXT://localhost:9092
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=/var/lib/kafka/data
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
SETTINGS
fi

export KAFKA_HEAP_OPTS=${KAFKA_HEAP_OPTS:--Xmx512m}
/opt/kafka/bin/kafka-storage.sh format --ignore-formatted -t "${CLUSTER_ID:-5L6g3nShT-eMCtK--X86sw}" -c "$config"
exec /opt/kafka/bin/kafka-server-start.sh "$config"
