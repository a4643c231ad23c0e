#!/bin/bash
# deploy-to-host.sh IMAGES.env: deploys on the host DEPLOY_HOST (user@name[:port]) and runs the day of the last night there. The host needs
# docker with compose, and to be logged in to the registry; its secrets are made there and stay there.
# DEPLOY_KEY is the private key, DEPLOY_KNOWN_HOSTS the host's own (ssh-keyscan), DEPLOY_FOLDER where to (recipe-etl).
set -euo pipefail
cd "$(dirname "$0")/.."
images=${1:?deploy-to-host: name the file of images}
host=${DEPLOY_HOST:?deploy-to-host: DEPLOY_HOST is not set: user@name of the host}
folder=${DEPLOY_FOLDER:-recipe-etl}
[[ $folder =~ ^[A-Za-z0-9._/-]+$ ]] || { echo "deploy-to-host: DEPLOY_FOLDER $folder is no plain path" >&2; exit 2; }
port=22
[[ $host =~ ^(.+):([0-9]+)$ ]] && host=${BASH_REMATCH[1]} port=${BASH_REMATCH[2]}

secret=$(mktemp -d)
trap 'rm -rf "$secret"' EXIT
umask 077
printf '%s\n' "${DEPLOY_KEY:?deploy-to-host: DEPLOY_KEY is not set: the private key}" >"$secret/key"
printf '%s\n' "${DEPLOY_KNOWN_HOSTS:?deploy-to-host: DEPLOY_KNOWN_HOSTS is not set: what ssh-keyscan says of the host}" >"$secret/hosts"
# A run says nothing while it works: the connection must not look dead on the way.
remote=(ssh -p "$port" -i "$secret/key" -o "UserKnownHostsFile=$secret/hosts" -o StrictHostKeyChecking=yes -o BatchMode=yes
  -o ServerAliveInterval=60 "$host")

cp "$images" "$secret/images.new.env"
tar -c docker-compose.yml docker/deploy.sh docker/make-contents.sh docker/make-env.sh docker/trigger.sh \
  docker/engine-proxy/haproxy.cfg docker/object-store/policies.json -C "$secret" images.new.env |
  "${remote[@]}" "mkdir -p $folder && tar -x -C $folder"
"${remote[@]}" "cd $folder && bash docker/deploy.sh images.new.env && bash docker/trigger.sh"
