#!/usr/bin/env bash
# Builds images of KKR with podman from the present commit.
#
#   scripts/images.sh [--base image] [--tag tag] [--fresh] program...
#
# --base       the Debian they are built on and from (docker.io/library/debian:bookworm-slim)
# --tag        localhost/<program>:<tag>; `latest` unless given
# --fresh      every step anew, nothing out of podman's cache
#
# All programs are compiled together, once; KKR_IMAGE_PROGRAMS names more to be compiled with them.
# What the compiler was asked before is kept in the folder KKR_IMAGE_CCACHE (.cache/images here).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
base=docker.io/library/debian:bookworm-slim
tag=latest
cached=(--layers)
programs=()
while [ $# -gt 0 ]; do
  case "$1" in
    --base) base=$2; shift ;;
    --tag) tag=$2; shift ;;
    --fresh) cached=(--no-cache) ;;
    -*) echo "images.sh: unknown argument '$1'" >&2; exit 2 ;;
    *) programs+=("$1") ;;
  esac
  shift
done
[ "${#programs[@]}" -gt 0 ] || { echo "images.sh: which programs?" >&2; exit 2; }

revision=$(git -C "$root" rev-parse HEAD)
[ -z "$(git -C "$root" status --porcelain)" ] || revision+=-changed
epoch=$(git -C "$root" log -1 --format=%ct)
created=$(date -u -d "@$epoch" +%Y-%m-%dT%H:%M:%SZ)
ccache=${KKR_IMAGE_CCACHE:-$root/.cache/images}
mkdir -p "$ccache"
# podman 4.3 takes a LABEL from its cache though the argument in it has changed: --label is sure.
for program in "${programs[@]}"; do
  podman build "${cached[@]}" --format docker --file "$root/deploy/Containerfile" \
    --volume "$ccache:/var/cache/ccache" \
    --build-arg BASE="$base" --build-arg PROGRAMS="${KKR_IMAGE_PROGRAMS:-${programs[*]}}" \
    --build-arg PROGRAM="$program" --build-arg REVISION="$revision" \
    --build-arg SOURCE_DATE_EPOCH="$epoch" \
    --build-arg CREATED="$created" \
    --label org.opencontainers.image.revision="$revision" \
    --label org.opencontainers.image.version="$revision" \
    --label org.opencontainers.image.created="$created" \
    --tag "localhost/$program:$tag" "$root"
done
