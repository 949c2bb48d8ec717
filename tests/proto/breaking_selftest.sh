#!/usr/bin/env bash
# Shows that breaking.sh skips without a tag, accepts an added field and refuses a removed one.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

git -C "$work" init -q
mkdir -p "$work/proto/kkr/sample/v1" "$work/tools"
ln -s "$home/tools/node_modules" "$work/tools/node_modules"
cp "$home/buf.yaml" "$work/"
sample=$work/proto/kkr/sample/v1/sample.proto

write_sample() {  # Writes a message with the given fields.
  printf 'syntax = "proto3";\npackage kkr.sample.v1;\nmessage Sample {\n%s\n}\n' "$1" >"$sample"
}
status_of_comparison() {
  local status=0
  "$here/breaking.sh" "$work" || status=$?
  echo "status $status"
}
expect() {  # expect <what> <status>
  local seen
  seen=$(status_of_comparison 2>&1)
  echo "$seen"
  grep -qx "status $2" <<<"$seen" || { echo "FAILED: $1: expected status $2" >&2; exit 1; }
}

write_sample 'string kept = 1; string removed = 2;'
git -C "$work" add buf.yaml proto
git -C "$work" -c user.name=test -c user.email=test@kkr.example commit -qm 'First'
expect 'without a tag' 77
git -C "$work" tag v1
expect 'unchanged' 0
write_sample 'string kept = 1; string removed = 2; string added = 3;'
expect 'a field added' 0
write_sample 'string kept = 1;'
expect 'a field removed' 100
