#!/bin/bash
# alert.sh test|channels: sends a test alert to the channels of the stack of this machine, or names them. Needs docker with compose.
set -euo pipefail
cd "$(dirname "$0")/.."
env=${RECIPE_ETL_SECRETS:-.env}
[ -f "$env" ] || { echo "alert: there is no $env, so no stack: npm run up starts one" >&2; exit 2; }
docker compose --env-file "$env" exec -T airflow-scheduler alert "$@"
