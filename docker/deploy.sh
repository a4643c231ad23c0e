#!/bin/bash
# deploy.sh IMAGES.env: runs the stack of docker-compose.yml from the images that the file names by digest
# (docker/push-images.sh writes it), and makes the buckets and the topic that it lacks. What runs is kept as images.env, what ran
# before as images.previous.env: deploying that is the way back.
# Runs in the folder of docker-compose.yml, on the host itself; needs docker with compose, nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."
images=${1:-}
env=${RECIPE_ETL_SECRETS:-.env}
here=$(dirname "$env")
[ -f "$images" ] || { echo "deploy: name the file of images: docker/deploy.sh images.env" >&2; exit 2; }
for name in DATALOAD PREPARE SPARK_CONNECT AIRFLOW; do
  grep -Eq "^RECIPE_ETL_${name}_IMAGE=.+" "$images" ||
    { echo "deploy: $images lacks RECIPE_ETL_${name}_IMAGE=…: make it by docker/push-images.sh" >&2; exit 2; }
done
# A copy: the file may be images.previous.env, which is about to change.
new=$(mktemp)
trap 'rm -f "$new"' EXIT
cp "$images" "$new"
current=$here/images.env previous=$here/images.previous.env

# The release to go back to is the one that was healthy last, and is not this one.
way_back() {
  for release in "$current" "$previous"; do
    if [ -f "$release" ] && ! cmp -s "$release" "$new"; then
      echo "Back: docker/deploy.sh ${release#./}"
      return
    fi
  done
  echo 'No other release was ever healthy here.'
}

sh docker/make-env.sh "$env"
compose=(docker compose --env-file "$env" --env-file "$new")
echo 'deploy: pulling the images' >&2
# The jobs' images are no services: the scheduler starts them.
sed -n 's/^RECIPE_ETL_[A-Z_]*_IMAGE=//p' "$new" | while read -r image; do docker pull --quiet "$image" </dev/null; done
# Public ones that are here already are not asked for again.
"${compose[@]}" pull --policy missing --quiet

echo 'deploy: starting the services; tasks that run now are run again' >&2
if ! "${compose[@]}" up --detach --wait --wait-timeout 300 --remove-orphans; then
  echo "deploy: the stack did not become healthy; see docker compose logs. $(way_back)" >&2
  exit 1
fi
if ! docker/make-contents.sh "${compose[@]}"; then
  echo "deploy: buckets or topic could not be made; the reason is above. $(way_back)" >&2
  exit 1
fi
if ! cmp -s "$new" "$current"; then
  [ ! -f "$current" ] || cp "$current" "$previous"
  cp "$new" "$current"
fi
echo 'deploy: all is healthy' >&2
