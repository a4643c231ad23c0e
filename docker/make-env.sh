#!/bin/sh
# make-env.sh [FILE]: gives FILE (.env) the secrets that docker-compose.yml asks for and FILE lacks, and says nothing of them.
# A new FILE also says from which day on the schedule runs by itself: the one of today, whose night is the next.
# What stands there stays. To rotate one, remove its line, run this, and start the stack anew (dags/RUNBOOK.md).
set -eu
umask 077
file=${1:-.env}
socket=${DOCKER_SOCKET:-/var/run/docker.sock}

hex() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }
url() { head -c "$1" /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_'; }
has() { [ -f "$file" ] && grep -q "^$1=." "$file"; }

new=$file.new
trap 'rm -f "$new"' EXIT
if [ -f "$file" ]; then
  # The group of the engine's socket is this machine's, whatever stood there; an empty value is as good as none.
  grep -v -e '^DOCKER_GID=' -e '^[A-Z0-9_]*=$' "$file" >"$new" || true
else
  echo '# Secrets of this machine, made by docker/make-env.sh. Not for git.' >"$new"
  # Only here: a stack that is there already has a night from the day before to run.
  echo "RECIPE_ETL_FIRST_NIGHT=$(date -u +%F)" >>"$new"
fi
add() { has "$1" || echo "$1=$2" >>"$new"; }

add POSTGRES_PASSWORD "$(hex 24)"
add AIRFLOW_FERNET_KEY "$(url 32)"
# Shorter keys than 64 bytes are warned of.
add AIRFLOW_JWT_SECRET "$(hex 64)"
add AIRFLOW_SECRET_KEY "$(hex 64)"
add AIRFLOW_ADMIN_PASSWORD "$(hex 8)"
add AIRFLOW_CI_PASSWORD "$(hex 24)"
add S3_ACCESS_KEY_ID "etl$(hex 8)"
add S3_SECRET_ACCESS_KEY "$(hex 30)"
# The operator's is above; the rights of these are in docker/object-store/policies.json.
for role in dataload prepare health spark; do
  name=S3_$(echo "$role" | tr '[:lower:]' '[:upper:]')
  add "${name}_ACCESS_KEY_ID" "$role$(hex 6)"
  add "${name}_SECRET_ACCESS_KEY" "$(hex 30)"
done
add SPARK_TOKEN "$(hex 32)"
add SPARK_UI_PASSWORD "$(hex 8)"
if [ -e "$socket" ]; then echo "DOCKER_GID=$(stat -c %g "$socket")" >>"$new"; fi
chmod 600 "$new"
mv "$new" "$file"
