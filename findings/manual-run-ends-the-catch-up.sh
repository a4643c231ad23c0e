#!/usr/bin/env bash
# A manual run in the midst of an Airflow catch-up ends it: the days after that run are never made. The scheduler finds the logical date
# taken, warns of that one run ("run already exists; skipping dagrun creation") and takes the moment at which the manual run was
# made, which is today, for where the schedule has got to: its next run comes after today. Every run that is there is green, and
# nothing shows the gap. Trigger old days only once a catch-up has passed them, or fill in afterwards by a backfill.
#
# Seen with apache-airflow 3.3.2, Python 3.11, SQLite, for a daily DAG that catches up from the 1st to the 6th. Seen in two runs:
#   2020-01-01 scheduled
#   2020-01-02 scheduled
#   2020-01-03 manual
#   next: none
# Fails where the scheduler makes a run of the 4th, 5th or 6th, or means to.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet apache-airflow==3.3.2
export PATH="$folder/venv/bin:$PATH" AIRFLOW_HOME="$folder" AIRFLOW__CORE__LOAD_EXAMPLES=False AIRFLOW__CORE__DAGS_FOLDER="$folder/dags"
mkdir "$folder/dags"
cat >"$folder/dags/daily.py" <<'PY'
from datetime import UTC, datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

# The scheduler itself completes an empty task: no worker is needed to see it done.
days = {"start_date": datetime(2020, 1, 1, tzinfo=UTC), "end_date": datetime(2020, 1, 6, tzinfo=UTC)}
with DAG("daily", schedule="@daily", catchup=True, **days):
    EmptyOperator(task_id="work")
PY
quietly() { "$@" >>"$folder/log" 2>&1 || { tail -20 "$folder/log" >&2 && exit 1; }; }
quietly airflow db migrate
quietly airflow dags reserialize
quietly airflow dags trigger daily --logical-date 2020-01-03
quietly airflow dags unpause daily
quietly airflow scheduler --num-runs 40
told() { airflow "$@" --output json 2>>"$folder/log" | tail -1; }
seen=$(
  told dags list-runs daily | python3 -c "
import json, sys
for run in sorted(json.load(sys.stdin), key=lambda run: run['logical_date']):
    print(run['logical_date'][:10], run['run_id'].split('__')[0])
"
  told dags details daily | python3 -c "
import json, sys
[details] = json.load(sys.stdin)
print('next:', (details['next_dagrun_logical_date'] or 'none')[:10])
"
)
echo "$seen"
[ "$seen" = '2020-01-01 scheduled
2020-01-02 scheduled
2020-01-03 manual
next: none' ]
