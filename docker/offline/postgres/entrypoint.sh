#!/bin/sh
# First start: makes the cluster, the user and the database that the variables name. Then serves.
set -eu
if [ "$1" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
  user=${POSTGRES_USER:-postgres}
  database=${POSTGRES_DB:-$user}
  if [ -n "${POSTGRES_PASSWORD_FILE:-}" ]; then POSTGRES_PASSWORD=$(cat "$POSTGRES_PASSWORD_FILE"); fi
  password=$(mktemp)
  printf '%s' "${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD: the password of the first user}" >"$password"
  initdb -U "$user" --pwfile="$password" --auth-local=trust --auth-host=scram-sha-256 -E UTF8 >/dev/null
  rm "$password"
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  # Not on the network until it is whole.
  pg_ctl -w -o '-c listen_addresses=' start >/dev/null
  [ "$database" = postgres ] || createdb -U "$user" "$database"
  for file in /docker-entrypoint-initdb.d/*.sql; do
    [ ! -f "$file" ] || psql -q -U "$user" -d "$database" -v ON_ERROR_STOP=1 -f "$file"
  done
  pg_ctl -w -m fast stop >/dev/null
fi
if [ "$1" = postgres ]; then
  shift
  set -- postgres -c listen_addresses='*' "$@"
fi
exec "$@"
