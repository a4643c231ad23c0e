#!/bin/sh
# All tools in one: the name that it is called by (kafka-topics.sh, ...) says which class runs.
set -eu
case $(basename "$0" .sh) in
kafka-topics) class=org.apache.kafka.tools.TopicCommand ;;
kafka-storage) class=kafka.tools.StorageTool ;;
kafka-configs) class=kafka.admin.ConfigCommand ;;
kafka-get-offsets) class=org.apache.kafka.tools.GetOffsetShell ;;
kafka-broker-api-versions) class=org.apache.kafka.tools.BrokerApiVersionsCommand ;;
kafka-console-producer) class=org.apache.kafka.tools.ConsoleProducer ;;
kafka-console-consumer) class=org.apache.kafka.tools.consumer.ConsoleConsumer ;;
kafka-server-start) class=kafka.Kafka ;;
*) echo "$0: call it by the name of one of Kafka's tools" >&2; exit 2 ;;
esac
# A tool runs for a second: without the second compiler it starts sooner.
heap=${KAFKA_HEAP_OPTS:--Xmx256m -XX:TieredStopAtLevel=1}
# shellcheck disable=SC2086 # options are words
exec java $heap -XX:+UseSerialGC -Dorg.slf4j.simpleLogger.defaultLogLevel="${KAFKA_LOG_LEVEL:-warn}" \
  -Dorg.slf4j.simpleLogger.showDateTime=true -cp '/opt/kafka/libs/*' "$class" "$@"
