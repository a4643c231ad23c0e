#!/usr/bin/env bash
# pull-image.sh NAME:TAG: has a public image here under its name, as docker/base-images.lock (LOCK) says where it names the image:
# pulled by that digest, which docker checks. One that is here already and is another is replaced; one that was made here
# (docker/offline) has no digest and stays. Ends with 1 where it cannot be had.
set -euo pipefail
name=${1:?pull-image: name an image}
lock=${LOCK:-$(dirname "$0")/base-images.lock}

digest=$(sed -n "s|^$name@||p" "$lock" 2>/dev/null || true)
if found=$(docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$name" 2>/dev/null); then
  found=$(sed -n "s|^${name%:*}@||p" <<<"$found")
  if [ -z "$digest" ] || [ -z "$found" ] || grep -qFx "$digest" <<<"$found"; then exit 0; fi
  echo "pull-image: the $name of this machine is not that of $lock: pulling that" >&2
fi
if [ -z "$digest" ]; then exec docker pull -q "$name" >/dev/null 2>&1; fi
docker pull -q "${name%:*}@$digest" >/dev/null
docker tag "${name%:*}@$digest" "$name"
