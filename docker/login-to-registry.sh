#!/bin/bash
# login-to-registry.sh: logs in to REGISTRY (a host) as REGISTRY_USER with REGISTRY_TOKEN. Says which of the settings of
# .github/workflows is missing; IMAGE_PREFIX, where push-images.sh pushes to, must lie in that registry.
set -euo pipefail
for name in REGISTRY IMAGE_PREFIX; do
  [ -n "${!name:-}" ] || {
    echo "login-to-registry: the repository variable $name is not set: Settings, Secrets and variables, Actions, Variables" >&2
    exit 2
  }
done
for name in REGISTRY_USER REGISTRY_TOKEN; do
  [ -n "${!name:-}" ] || { echo "login-to-registry: $name is not set" >&2; exit 2; }
done
[[ $IMAGE_PREFIX/ == "$REGISTRY"/* ]] || { echo "login-to-registry: IMAGE_PREFIX $IMAGE_PREFIX is not in REGISTRY $REGISTRY" >&2; exit 2; }
printf %s "$REGISTRY_TOKEN" | docker login "$REGISTRY" --username "$REGISTRY_USER" --password-stdin
