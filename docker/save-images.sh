#!/bin/bash
# save-images.sh FILE: our four images as one file for `docker load`, so that what was tested is what is pushed.
set -euo pipefail
[ $# -eq 1 ] || { echo 'save-images: docker/save-images.sh images.tar.gz' >&2; exit 2; }
tag=${RECIPE_ETL_TAG:-dev}
docker save "recipe-etl-"{dataload,prepare,spark-connect,airflow}":$tag" | gzip -1 >"$1.new"
mv "$1.new" "$1"
