#!/bin/bash
# trigger.sh [YYYY-MM-DD] [--refetch …]: runs the DAG for a day (that of the last night) on the stack of this machine, waits, and tells
# what came of it; --help lists the switches. Needs docker with compose only.
set -euo pipefail
cd "$(dirname "$0")/.."
env=${RECIPE_ETL_SECRETS:-.env}
[ -f "$env" ] || { echo "trigger: there is no $env, so no stack: npm run up starts one" >&2; exit 2; }
docker compose --env-file "$env" exec -T airflow-api trigger-day "$@"
