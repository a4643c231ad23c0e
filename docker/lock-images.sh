#!/usr/bin/env bash
# lock-images.sh NAME:TAG…: asks the registry what these public images are now, and writes it into docker/base-images.lock (LOCK),
# for docker/pull-image.sh; lines of other images stay. Commit the file: every build then begins with the same bytes.
#   docker/lock-images.sh $(docker/offline/base-images.sh --names)
set -euo pipefail
[ $# -gt 0 ] || { echo 'lock-images: name images, such as debian:bookworm-slim' >&2; exit 2; }
lock=${LOCK:-$(dirname "$0")/base-images.lock}
new=$(mktemp "$lock.XXXXXX")
trap 'rm -f "$new"' EXIT
[ ! -f "$lock" ] || cp "$lock" "$new"
for name in "$@"; do
  docker pull -q "$name" >/dev/null || { echo "lock-images: $name could not be pulled; $lock stays as it was" >&2; exit 1; }
  digest=$(docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$name" | sed -n "s|^${name%:*}@||p" | head -n 1)
  [ -n "$digest" ] || { echo "lock-images: $name has no digest; was it made here? Remove it first (docker rmi $name)" >&2; exit 1; }
  sed -i "\|^$name@|d" "$new"
  echo "$name@$digest" >>"$new"
done
LC_ALL=C sort -o "$new" "$new"
chmod 644 "$new"
mv "$new" "$lock"
echo "lock-images: wrote $lock" >&2
