#!/bin/bash
# push-images.sh PREFIX FILE: pushes our images to PREFIX/recipe-etl-NAME:COMMIT and writes FILE, which names each by its
# digest, for docker/deploy.sh. PREFIX is a registry you are logged in to, with an optional path.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -eq 2 ] || { echo 'push-images: docker/push-images.sh PREFIX FILE' >&2; exit 2; }
prefix=${1%/} file=$2
[ -n "$prefix" ] || { echo 'push-images: PREFIX is empty: name a registry, such as registry.example/team' >&2; exit 2; }
tag=${RECIPE_ETL_TAG:-dev}
commit=$(git rev-parse --short=12 HEAD)

new=$file.new
trap 'rm -f "$new"' EXIT
: >"$new"
for name in dataload prepare spark-connect airflow; do
  target=$prefix/recipe-etl-$name:$commit
  docker tag "recipe-etl-$name:$tag" "$target"
  docker push --quiet "$target" >&2
  digest=$(docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$target" | grep -F "$prefix/recipe-etl-$name@" | head -n 1)
  [ -n "$digest" ] || { echo "push-images: $target has no digest after the push" >&2; exit 1; }
  variable=$(echo "$name" | tr 'a-z-' 'A-Z_')
  echo "RECIPE_ETL_${variable}_IMAGE=$digest" >>"$new"
done
mv "$new" "$file"
echo "push-images: wrote $file" >&2
