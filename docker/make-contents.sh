#!/bin/bash
# make-contents.sh COMPOSE…: gives the running stack that the words COMPOSE… call (docker compose --env-file …) the buckets and
# the topic that it lacks, and each key of the store its rights, by tools of its own images: the host has docker only.
# `npm run up` does the same from Node.
set -euo pipefail
compose=("$@")
settings=$(mktemp)
trap 'rm -f "$settings"' EXIT
# What the jobs are told, the operator's key of the store and the names of the others: in a file for the owner alone, on no
# command line.
umask 077
"${compose[@]}" exec -T airflow-scheduler env | grep -E '^(AWS_[A-Z_]+|KAFKA_TOPIC|RECIPE_ETL_(LAKE|OUTPUT|NETWORK))=' >"$settings"
"${compose[@]}" exec -T object-store env | sed -nE 's/^ROOT_ACCESS_KEY=/AWS_ACCESS_KEY_ID=/p; s/^ROOT_SECRET_KEY=/AWS_SECRET_ACCESS_KEY=/p
  s/^(DATALOAD|PREPARE|HEALTH|SPARK)_ID=/\1=/p' >>"$settings"
setting() { sed -n "s/^$1=//p" "$settings"; }
image=$(docker inspect --format '{{.Image}}' "$("${compose[@]}" ps --quiet airflow-scheduler)")

POLICIES=$(cat docker/object-store/policies.json)
export POLICIES
docker run --rm --interactive --read-only --cap-drop ALL --network "$(setting RECIPE_ETL_NETWORK)" --env-file "$settings" \
  --env POLICIES --entrypoint python "$image" - >&2 <<'PYTHON'
import json
import os
from string import Template
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

store = boto3.client("s3", region_name=os.environ["AWS_REGION"], config=Config(s3={"addressing_style": "path"}))
statements = {}
for place, template in json.loads(os.environ["POLICIES"]).items():
    root = urlsplit(os.environ[f"RECIPE_ETL_{place.upper()}"])
    prefix = root.path.strip("/")
    names = os.environ | {"BUCKET": root.netloc, "ROOT": f"{prefix}/" if prefix else ""}
    statements.setdefault(root.netloc, []).extend(json.loads(Template(json.dumps(template)).substitute(names)))
for bucket, rights in statements.items():
    try:
        store.head_bucket(Bucket=bucket)
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("404", "NoSuchBucket"):
            raise
        store.create_bucket(Bucket=bucket)
        # What `lake restore` brings back.
        store.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        print(f"made bucket {bucket}")
    policy = json.dumps({"Version": "2012-10-17", "Statement": rights}, separators=(",", ":"))
    if len(policy) > 3800:  # as jobs/stack/bucket-policies.ts says
        raise SystemExit(f"the policy of bucket {bucket} is too long: shorter names, or a bucket each for lake and output")
    store.put_bucket_policy(Bucket=bucket, Policy=policy)
PYTHON

topic=(--bootstrap-server 127.0.0.1:9092 --topic "$(setting KAFKA_TOPIC)")
kafka=("${compose[@]}" exec -T kafka /opt/kafka/bin/kafka-topics.sh)
# Kafka drops records by their own time: those of a past day would vanish within minutes.
"${kafka[@]}" --create --if-not-exists "${topic[@]}" --partitions 4 --config retention.ms=-1 >&2
