#!/usr/bin/env bash
# A manual run of Airflow whose logical date lies before the DAG's start_date is accepted, gets no task at all, and ends as a
# success within a second. Whoever loads an old day by `airflow dags trigger`, REST or the form sees green, and nothing was done;
# neither the command nor the log of the scheduler warns. Have the timetable's infer_manual_data_interval raise for such
# days, or set start_date to before the first day that anybody may ask for.
#
# Seen with apache-airflow 3.3.2, Python 3.11, SQLite. Seen in two runs:
#   run-of-2019-12-31: success, tasks: none
#   run-of-2020-01-01: success, tasks: work
# Fails where the day before the start is refused, does not end as a success, or has its task.
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
with DAG("daily", schedule="@daily", start_date=datetime(2020, 1, 1, tzinfo=UTC), catchup=False):
    EmptyOperator(task_id="work")
PY
days='2019-12-31 2020-01-01'
quietly() { "$@" >>"$folder/log" 2>&1 || { tail -20 "$folder/log" >&2 && exit 1; }; }
quietly airflow db migrate
quietly airflow dags reserialize
quietly airflow dags unpause daily
for day in $days; do quietly airflow dags trigger daily --logical-date "$day" --run-id "run-of-$day"; done
quietly airflow scheduler --num-runs 5
states() { airflow "$@" --output json 2>>"$folder/log" | tail -1; }
seen=$(for day in $days; do
  printf 'run-of-%s: ' "$day"
  states dags list-runs daily | python3 -c "import json, sys; print(next(run['state'] for run in json.load(sys.stdin) if run['run_id'] == 'run-of-$day'), end=', ')"
  states tasks states-for-dag-run daily "run-of-$day" | python3 -c "import json, sys; print('tasks:', ', '.join(task['task_id'] for task in json.load(sys.stdin)) or 'none')"
done)
echo "$seen"
[ "$seen" = 'run-of-2019-12-31: success, tasks: none
run-of-2020-01-01: success, tasks: work' ]
