#!/bin/bash
# Whether this container does its work. A Connect server has to answer the first frame of HTTP/2 through TLS, and its
# driver has to be alive: Spark's UI goes when a cluster has given the driver up, the Connect port stays.
set -uo pipefail

listens() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }
fail() { echo "$*"; exit 1; }

case $(cat /work/word) in
  # Not 7077: the master would tell of every visitor.
  master) listens 127.0.0.1 8080 || fail 'the master does not listen on 8080' ;;
  worker) listens 127.0.0.1 8081 || fail 'the worker does not listen on 8081' ;;
  *)
    # The client's preface with empty settings; a server answers with its own: a frame of type 4 on stream 0.
    hello() { printf 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0'; sleep 5; }
    if [ "${RECIPE_ETL_INSECURE:-}" = yes ]; then
      exec 3<>"/dev/tcp/127.0.0.1/${SPARK_CONNECT_PORT:-15002}" || fail 'Spark Connect does not listen'
      hello >&3 &
      answer=$(timeout 5 head -c 9 <&3 | od -An -tx1)
    else
      [ "${SPARK_WARM_UP:-}" != yes ] || [ -e /work/warm ] || fail 'Spark answers, and still warms up'
      listens 127.0.0.1 4041 || fail 'no driver: it starts, or has stopped (its UI does not answer)'
      answer=$(timeout 5 openssl s_client -quiet -no_ign_eof -alpn h2 -connect 127.0.0.1:15002 < <(hello) 2>/dev/null | head -c 9 | od -An -tx1)
    fi
    [[ $answer =~ ^\ ..\ ..\ ..\ 04\ 00 ]] || fail 'Spark Connect does not answer'
    ;;
esac
