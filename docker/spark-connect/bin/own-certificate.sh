#!/bin/bash
# Makes /run/certificates/{ca.pem,server.pem} where there is no server.pem, and anew where its own one runs out or lacks a
# name. The CA's key is thrown away: a client that trusts ca.pem trusts this one server.
# A certificate from elsewhere (server.pem: chain and key) is never touched.
set -euo pipefail
folder=/run/certificates
names=${SPARK_CERTIFICATE_NAMES:-spark-connect,localhost}
days=825
renew_seconds=$((30 * 24 * 3600))
issuer='recipe-etl spark-connect'

say() { echo "own-certificate: $*" >&2; }

has_all_names() {
  local name kind
  for name in ${names//,/ }; do
    kind=-checkhost
    [[ $name =~ ^[0-9.]+$|: ]] && kind=-checkip
    openssl x509 -in "$folder/server.pem" -noout "$kind" "$name" | grep -q 'does match' || return 1
  done
}

if [ -e "$folder/server.pem" ]; then
  [ -r "$folder/server.pem" ] || { say "$folder/server.pem cannot be read by user $(id -u)"; exit 2; }
  lasts=yes
  openssl x509 -in "$folder/server.pem" -noout -checkend "$renew_seconds" >/dev/null || lasts=
  if ! openssl x509 -in "$folder/server.pem" -noout -issuer | grep -q "$issuer"; then
    [ -n "$lasts" ] || say "$folder/server.pem ends within 30 days or has ended: put a new one there and restart"
    exit 0
  fi
  [ -n "$lasts" ] && has_all_names && exit 0
fi
if ! [ -w "$folder" ]; then
  say "$folder holds no server.pem that lasts for $names, and user $(id -u) cannot write there: mount a volume that it can write, or one with server.pem (chain and key) and the ca.pem of its clients"
  exit 2
fi

new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
alternative=$(for name in ${names//,/ }; do
  [[ $name =~ ^[0-9.]+$|: ]] && echo -n "IP:$name," || echo -n "DNS:$name,"
done)
cat >"$new/openssl.cnf" <<END
[req]
distinguished_name = name
prompt = no
[name]
CN = $issuer $(date -u +%Y-%m-%dT%H:%M:%SZ)
[authority]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = ${alternative%,}
authorityKeyIdentifier = keyid
END
umask 077
curve='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
# shellcheck disable=SC2086 # words
openssl req -x509 $curve -config "$new/openssl.cnf" -extensions authority -days $days \
  -keyout "$new/ca.key" -out "$new/ca.pem" 2>/dev/null
# shellcheck disable=SC2086
openssl req $curve -config "$new/openssl.cnf" -subj "/CN=${names%%,*}" -keyout "$new/server.key" -out "$new/server.csr" 2>/dev/null
openssl x509 -req -in "$new/server.csr" -CA "$new/ca.pem" -CAkey "$new/ca.key" -CAcreateserial -days $days \
  -extfile "$new/openssl.cnf" -extensions server -out "$new/server.crt" 2>/dev/null
cat "$new/server.crt" "$new/server.key" >"$folder/.server.pem"
cat "$new/ca.pem" >"$folder/.ca.pem"
chmod 644 "$folder/.ca.pem"
mv "$folder/.ca.pem" "$folder/ca.pem"
mv "$folder/.server.pem" "$folder/server.pem"
say "made $folder/server.pem for $names, and ca.pem for its clients; they last $days days"
