#!/usr/bin/env bash
# The public base images: pulled, or stand-ins made for a machine that reaches package registries but no image registry.
# They carry the public names, so that the Dockerfiles and the compose file are the same here and elsewhere.
#   docker/offline/base-images.sh [debian|node|postgres|kafka|object-store|haproxy ...]   bring what is missing (all, or those)
#   docker/offline/base-images.sh --names                                        their public names, for docker/lock-images.sh
#   FORCE=1 ...                                                                   make stand-ins, over what is there
set -euo pipefail
cd "$(dirname "$0")"

ALL=(debian node postgres object-store kafka haproxy)
NODE_VERSION=24.21.0
NPM_VERSION=11.21.2
KAFKA_VERSION=$(sed -n 's:.*<kafka.version>\(.*\)</kafka.version>.*:\1:p' kafka/pom.xml)
VERSITYGW_VERSION=v1.8.0
# The certificates that this machine trusts; a company's own is among them.
HOST_CERTIFICATES=${HOST_CERTIFICATES:-/etc/ssl/certs/ca-certificates.crt}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/recipe-etl
# The program that the tests build and keep (jobs/lake/testing/versitygw-binary.ts) is used where it is there.
versitygw=${RECIPE_ETL_VERSITYGW:-$cache/versitygw-$VERSITYGW_VERSION/versitygw}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

docker buildx version >/dev/null 2>&1 || export DOCKER_BUILDKIT=0

say() { printf '%s %s\n' "$(date +%T)" "$*" >&2; }

# $1: a command; $2: its Debian package
need() {
  command -v "$1" >/dev/null && return
  say "installing $2"
  { apt-get install -y -qq --no-install-recommends "$2" ||
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$2"; }; } >"$work/log" 2>&1 ||
    { cat "$work/log" >&2; say "$1 is needed: install Debian's package $2"; return 1; }
}

public_name() {
  case $1 in
  debian) echo debian:bookworm-slim ;;
  node) echo node:24-bookworm-slim ;;
  postgres) echo postgres:15-bookworm ;;
  object-store) echo "versity/versitygw:$VERSITYGW_VERSION" ;;
  kafka) echo "apache/kafka:$KAFKA_VERSION" ;;
  haproxy) echo haproxy:2.6-bookworm ;;
  *) say "unknown image $1: debian, node, postgres, kafka, object-store or haproxy"; return 2 ;;
  esac
}

# $1: a public name. True where there is nothing left to do.
there() { ../pull-image.sh "$1"; }

# $1: our name of the image; $2: folder of its Dockerfile. The output is shown where it fails only.
build() {
  local tag
  tag=$(public_name "$1")
  docker build -t "$tag" "$2" >"$work/log-$1" 2>&1 || { cat "$work/log-$1" >&2; say "$tag could not be built"; return 1; }
}

# Certificates that the distribution's bundle lacks become one file each, which is how Java's hook wants them, and
# which outlives a later install of ca-certificates. $1: root of the file system
trust_host_certificates() {
  [ -s "$HOST_CERTIFICATES" ] || return 0
  awk -v folder="$1/usr/local/share/ca-certificates" '
    /BEGIN CERT/ { pem = "" }
    { pem = pem $0 "\n" }
    /END CERT/ { if (NR == FNR) known[pem]; else if (!(pem in known)) printf "%s", pem > (folder "/host-" ++n ".crt") }
  ' "$1/etc/ssl/certs/ca-certificates.crt" "$HOST_CERTIFICATES"
  chroot "$1" update-ca-certificates >/dev/null 2>&1
}

debian() {
  local root=$work/debian
  # Without the hook apt settles the merge of /usr by a package that brings all of Perl.
  mmdebstrap --quiet --mode=root --variant=minbase \
    --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr --include=ca-certificates,usr-is-merged \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --customize-hook='rm -f "$1"/etc/hostname "$1"/etc/resolv.conf' \
    bookworm "$root" >"$work/log" 2>&1 || { cat "$work/log" >&2; return 1; }
  trust_host_certificates "$root"
  # As in the public image: an install keeps no package files and does not flush each file to disk.
  echo 'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/*.bin || true"; };' >"$root/etc/apt/apt.conf.d/docker-clean"
  echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/docker-apt-speedup"
  rm -rf "$root"/var/{cache/apt,lib/apt/lists,log}/*
  local bundle=/etc/ssl/certs/ca-certificates.crt
  # No time of today and sorted names: the same packages make the same image.
  tar -C "$root" --sort=name --mtime=@0 -c . | docker import \
    -c "ENV SSL_CERT_FILE=$bundle PIP_CERT=$bundle REQUESTS_CA_BUNDLE=$bundle NODE_EXTRA_CA_CERTS=$bundle" \
    -c 'CMD ["bash"]' - debian:bookworm-slim >/dev/null
}

node() {
  local folder=$work/node root=$work/node/root arch=x64
  [ "$(uname -m)" = aarch64 ] && arch=arm64
  mkdir -p "$root"/usr/local/{bin,lib/node_modules/npm}
  (cd "$folder" && npm pack --silent "node-linux-$arch@$NODE_VERSION" "npm@$NPM_VERSION" >/dev/null)
  tar -xzf "$folder"/node-linux-*.tgz -C "$root/usr/local/bin" --strip-components=2 package/bin/node
  tar -xzf "$folder"/npm-*.tgz -C "$root/usr/local/lib/node_modules/npm" --strip-components=1
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
  printf '%s\n' 'FROM debian:bookworm-slim' 'COPY root /' \
    'RUN groupadd -g 1000 node && useradd -u 1000 -g node -s /bin/bash -m node' 'CMD ["node"]' >"$folder/Dockerfile"
  build node "$folder"
}

postgres() { build postgres postgres; }
kafka() { build kafka kafka; }
haproxy() { build haproxy haproxy; }

make_versitygw() {
  local partial
  mkdir -p "$(dirname "$versitygw")"
  partial=$(mktemp -d "$cache/partial-XXXXXX")
  say 'building versitygw (about 90 s, once)'
  GOBIN=$partial CGO_ENABLED=0 GOFLAGS=-modcacherw \
    go install "github.com/versity/versitygw/cmd/versitygw@$VERSITYGW_VERSION" >"$work/log-go" 2>&1 ||
    { cat "$work/log-go" >&2; rm -rf "$partial"; return 1; }
  mv "$partial/versitygw" "$versitygw"
  rm -rf "$partial"
}

object-store() {
  [ -x "$versitygw" ] || make_versitygw
  mkdir "$work/versitygw"
  cp versitygw/Dockerfile "$work/versitygw/"
  cp "$versitygw" "$work/versitygw/versitygw"
  build object-store "$work/versitygw"
}

if [ "${1:-}" = --names ]; then
  for name in "${ALL[@]}"; do public_name "$name"; done
  exit 0
fi
[ $# -gt 0 ] || set -- "${ALL[@]}"
missing=()
for name in "$@"; do
  image=$(public_name "$name")
  if [ -n "${FORCE:-}" ] || ! there "$image"; then
    say "$image: making a stand-in"
    missing+=("$name")
  fi
done
[ ${#missing[@]} -gt 0 ] || exit 0

is_missing() { case " ${missing[*]} " in *" $1 "*) ;; *) return 1 ;; esac; }
# All others are made of it, and of nothing of each other.
is_missing debian || there debian:bookworm-slim || missing+=(debian)
# Installed one after the other: they lock each other out.
! is_missing debian || need mmdebstrap mmdebstrap
! is_missing node || need npm npm
! is_missing object-store || [ -x "$versitygw" ] || need go golang-go

! is_missing debian || debian
makers=()
for name in "${missing[@]}"; do
  [ "$name" != debian ] || continue
  "$name" &
  makers+=($!)
done
failed=''
for maker in ${makers[@]+"${makers[@]}"}; do wait "$maker" || failed=yes; done
[ -z "$failed" ]
