#!/usr/bin/env bash
# Builds the images of the stack, tagged recipe-etl-<name>:<tag>; without names all of them.
#   docker/build-images.sh [dataload|prepare|spark-connect|airflow ...]
# RECIPE_ETL_TAG is the tag (dev), VERSION the version (that of package.json). COMMIT is the last one that changed what
# an image is made of, so an image stays the very same, and is neither pushed nor pulled again, while only others change.
set -euo pipefail
cd "$(dirname "$0")/.."

tag=${RECIPE_ETL_TAG:-dev}
version=${VERSION:-$(sed -n 's/^ *"version": *"\(.*\)",*$/\1/p' package.json | head -1)}
# Without buildx the classic builder does the same.
docker buildx version >/dev/null 2>&1 || export DOCKER_BUILDKIT=0

# What each image is made of, for git.
made_of() {
  local job=(package.json package-lock.json configs schema docker/spark-connect/pom.xml jobs/tools/bundle.mjs
    jobs/spark-connect/src jobs/spark-connect/scripts jobs/lake/src jobs/runtime/src ':(exclude)*.test.ts' .dockerignore)
  case $1 in
  dataload) printf '%s\n' "${job[@]}" jobs/dataload/src docker/dataload ;;
  prepare) printf '%s\n' "${job[@]}" jobs/{watch,dataload,prepare,cli}/src docker/prepare ;;
  spark-connect) printf '%s\n' docker/spark-connect .dockerignore ;;
  airflow) printf '%s\n' docker/airflow dags configs .dockerignore ;;
  *) echo "unknown image $1: dataload, prepare, spark-connect or airflow" >&2; return 2 ;;
  esac
}

commit_of() {
  local paths commit
  mapfile -t paths < <(made_of "$1")
  commit=$(git log -1 --format=%H -- "${paths[@]}" 2>/dev/null) || commit=
  [ -n "$commit" ] || commit=unknown
  # What is not committed cannot be found again by a commit.
  [ -z "$(git status --porcelain -- "${paths[@]}" 2>/dev/null)" ] || commit=$commit-changed
  printf '%s' "$commit"
}

[ $# -gt 0 ] || set -- spark-connect dataload prepare airflow
# Pulled where a registry is reached, else stand-ins of our own.
docker/offline/base-images.sh debian node
for name in "$@"; do made_of "$name" >/dev/null; done

build() {
  local name=$1 image=recipe-etl-$1:$tag log started=$SECONDS
  local names=(-t "$image")
  # The name alone is that of the usual tag.
  [ "$tag" != dev ] || names+=(-t "recipe-etl-$name")
  log=$(mktemp)
  if ! docker build -f "docker/$name/Dockerfile" "${names[@]}" \
    --build-arg VERSION="$version" --build-arg COMMIT="${COMMIT:-$(commit_of "$name")}" . >"$log" 2>&1; then
    tail -60 "$log" >&2
    rm -f "$log"
    echo "$image could not be built; the end of the build is above" >&2
    return 1
  fi
  rm -f "$log"
  printf '%s  %s MB  %s s\n' "$image" "$(($(docker image inspect -f '{{.Size}}' "$image") / 1000000))" "$((SECONDS - started))"
}

# BuildKit makes a step that several images share once, also where they are built side by side. The older builder takes it
# over only when it is done; Airflow's image has none in common with the others.
beside=()
failed=''
for name in "$@"; do
  if [ "$name" = airflow ] || [ "${DOCKER_BUILDKIT:-1}" != 0 ]; then
    build "$name" &
    beside+=($!)
  fi
done
for name in "$@"; do
  [ "$name" = airflow ] || [ "${DOCKER_BUILDKIT:-1}" != 0 ] || build "$name" || failed=yes
done
for one in ${beside[@]+"${beside[@]}"}; do wait "$one" || failed=yes; done
[ -z "$failed" ]
