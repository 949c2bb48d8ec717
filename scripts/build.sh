#!/usr/bin/env bash
# Configures build/<name> and builds targets in it.
#   scripts/build.sh <name> <target>... [-- -DX=Y ...]
# The names: release; address, thread: the sanitizer builds; alone: each source compiled by itself
# (see cmake/compile_together.cmake), which finds includes that only a neighbour makes.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
name=$1
shift
targets=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  targets+=("$1")
  shift
done
[ $# -gt 0 ] && shift

case "$name" in
  release) sanitize= ;;
  alone) sanitize=; set -- "$@" -DKKR_UNITY=OFF ;;
  address | thread) sanitize=$name ;;
  *) echo "build.sh: unknown build '$name'" >&2; exit 2 ;;
esac
# Kept quiet when it succeeds: the configuration's chatter says nothing to a user of the site.
if ! log=$(cmake -S "$root" -B "$root/build/$name" -G Ninja --log-level=WARNING \
  -DCMAKE_BUILD_TYPE=Release -DKKR_SANITIZE="$sanitize" "$@" 2>&1); then
  echo "$log" >&2
  exit 1
fi
cmake --build "$root/build/$name" --target "${targets[@]}"
