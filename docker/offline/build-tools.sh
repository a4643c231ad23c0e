#!/usr/bin/env bash
# `docker compose` and `docker buildx` for a machine where no package of them can be had: built by Go, once, kept in
# ~/.cache/recipe-etl and linked as plugins of the docker command. Does nothing where `docker compose` is there.
#   docker/offline/build-tools.sh [compose|buildx ...]   what is missing (both, or those)
set -euo pipefail

COMPOSE_VERSION=v5.6.0
BUILDX_VERSION=v0.38.2
# An older Go fetches the one that compose wants by itself, unless it is told not to.
: "${GOTOOLCHAIN:=auto}"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/recipe-etl
plugins=${DOCKER_CONFIG:-$HOME/.docker}/cli-plugins
export GOTOOLCHAIN CGO_ENABLED=0 GOFLAGS=-modcacherw

say() { printf '%s %s\n' "$(date +%T)" "$*" >&2; }

go_command() {
  command -v go && return
  [ -x /usr/local/go/bin/go ] && echo /usr/local/go/bin/go && return
  say 'installing golang-go'
  { apt-get install -y -qq --no-install-recommends golang-go ||
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends golang-go; }; } >&2 ||
    { say 'Go is needed to build the plugins of docker: install Go 1.21 or newer'; return 1; }
  command -v go
}

# `go install` refuses compose (its go.mod excludes versions), so an empty module takes it as a tool and builds it.
# $1: name; $2: version; $3: package; $4: variable that holds the version
plugin() {
  local name=$1 version=$2 package=$3 variable=$4
  # A plugin of another folder (/usr/libexec/docker/cli-plugins) is as good.
  docker "$name" version >/dev/null 2>&1 && return
  local folder=$cache/docker-$name-$version
  if [ ! -x "$folder/docker-$name" ]; then
    say "building docker $name $version (two to five minutes, once; this machine's docker lacks it)"
    local go work
    go=$(go_command)
    local started=$SECONDS
    mkdir -p "$folder"
    work=$(mktemp -d "$cache/partial-XXXXXX")
    (cd "$work" && "$go" mod init tool && "$go" get -tool "$package@$version" &&
      "$go" build -trimpath -ldflags "-s -w -X $variable=$version" -o "docker-$name" "$package") >"$work/log" 2>&1 ||
      { tail -20 "$work/log" >&2; rm -rf "$work"; say "docker $name could not be built"; return 1; }
    # Whoever stops it half-way leaves no program that looks whole.
    mv "$work/docker-$name" "$folder/"
    rm -rf "$work"
    say "docker $name took $((SECONDS - started)) s"
  fi
  mkdir -p "$plugins"
  ln -sf "$folder/docker-$name" "$plugins/docker-$name"
  docker "$name" version >&2
}

[ $# -gt 0 ] || set -- compose buildx
for name in "$@"; do
  case $name in
  compose | buildx) docker "$name" version >/dev/null 2>&1 || missing=yes ;;
  *) say "unknown tool $name: compose or buildx"; exit 2 ;;
  esac
done
# Go is installed once, before both look for it.
[ -z "${missing:-}" ] || go_command >/dev/null
builds=()
for name in "$@"; do
  case $name in
  compose) plugin compose "$COMPOSE_VERSION" github.com/docker/compose/v5/cmd github.com/docker/compose/v5/internal.Version & ;;
  buildx) plugin buildx "$BUILDX_VERSION" github.com/docker/buildx/cmd/buildx github.com/docker/buildx/version.Version & ;;
  esac
  builds+=($!)
done
failed=''
for build in "${builds[@]}"; do wait "$build" || failed=yes; done
[ -z "$failed" ]
