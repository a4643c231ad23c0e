#!/bin/bash
# warm-up.sh PORT: has the server on PORT of this container carry out one small plan of each job, which a cold JVM takes a
# minute for, so that the first job need not. The requests are what the jobs send (warm-up/, by `npm run golden`). Ends
# with 0 in any case: a server that is not warm is only slow.
set -uo pipefail
rm -rf /work/warm-up
started=$SECONDS
for request in /opt/spark/warm-up/[0-9]-*; do
  # The token on standard input: no command line holds it.
  status=$(printf 'header = "authorization: Bearer %s"\n' "${SPARK_CONNECT_AUTHENTICATE_TOKEN:-}" |
    curl --config - --silent --http2-prior-knowledge --max-time 120 --output /dev/null --dump-header - \
      --header 'content-type: application/grpc' --header 'te: trailers' --data-binary "@$request" \
      "http://127.0.0.1:$1/spark.connect.SparkConnectService/${request##*.}" | tr -d '\r' | sed -n 's/^grpc-status: //p')
  [ "$status" = 0 ] || echo "warm-up: $(basename "$request") was answered with gRPC status ${status:-none}" >&2
done
rm -rf /work/warm-up
echo "warm-up: the server is warm after $((SECONDS - started)) s" >&2
