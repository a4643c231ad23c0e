#!/bin/bash
# trigger.sh [YYYY-MM-DD]: runs the DAG for a day (yesterday in UTC) on the stack of this machine, waits, and tells what came of
# it; a day that has a run already runs again. Needs docker with compose only.
set -euo pipefail
cd "$(dirname "$0")/.."
day=${1:-$(date -u -d yesterday +%F)}
env=${RECIPE_ETL_SECRETS:-.env}
[ -f "$env" ] || { echo "trigger: there is no $env, so no stack: npm run up starts one" >&2; exit 2; }
docker compose --env-file "$env" exec -T airflow-api trigger-day "$day"
