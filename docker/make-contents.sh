#!/bin/bash
# make-contents.sh COMPOSE…: gives the running stack that the words COMPOSE… call (docker compose --env-file …) the buckets and
# the topic that it lacks, by tools of its own images: the host has docker only. `npm run up` does the same from Node.
set -euo pipefail
compose=("$@")
settings=$(mktemp)
trap 'rm -f "$settings"' EXIT
# What the jobs are told, and their keys of the store: in a file for the owner alone, on no command line.
umask 077
"${compose[@]}" exec -T airflow-scheduler env | grep -E '^(AWS_[A-Z_]+|KAFKA_TOPIC|RECIPE_ETL_(LAKE|OUTPUT|NETWORK))=' >"$settings"
setting() { sed -n "s/^$1=//p" "$settings"; }
image=$(docker inspect --format '{{.Image}}' "$("${compose[@]}" ps --quiet airflow-scheduler)")

docker run --rm --interactive --read-only --cap-drop ALL --network "$(setting RECIPE_ETL_NETWORK)" --env-file "$settings" \
  --entrypoint python "$image" - >&2 <<'PYTHON'
import os
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

store = boto3.client("s3", region_name=os.environ["AWS_REGION"], config=Config(s3={"addressing_style": "path"}))
for bucket in sorted({urlsplit(os.environ[name]).netloc for name in ("RECIPE_ETL_LAKE", "RECIPE_ETL_OUTPUT")}):
    try:
        store.head_bucket(Bucket=bucket)
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("404", "NoSuchBucket"):
            raise
        store.create_bucket(Bucket=bucket)
        # What `lake restore` brings back.
        store.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        print(f"made bucket {bucket}")
PYTHON

topic=(--bootstrap-server 127.0.0.1:9092 --topic "$(setting KAFKA_TOPIC)")
kafka=("${compose[@]}" exec -T kafka /opt/kafka/bin/kafka-topics.sh)
# Kafka drops records by their own time: those of a past day would vanish within minutes.
"${kafka[@]}" --create --if-not-exists "${topic[@]}" --partitions 4 --config retention.ms=-1 >&2
