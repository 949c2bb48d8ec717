#!/usr/bin/env bash
# Plays upgrade_test.py with real programs of the release before: builds those of the commit before
# the newest kind of fact came in, in a copy, which takes minutes. Exits with 77, skipped, where the
# history does not reach that far.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
brought=$(git -C "$root" log -n1 --format=%H -S'.v1.since) = ' -- 'proto/kkr/*/v1/events.proto' ||
  true)
if [ -z "$brought" ] || ! before=$(git -C "$root" rev-parse --verify --quiet "$brought^"); then
  echo "The history does not reach back to the release before."
  exit 77
fi

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git -C "$root" archive "$before" | tar -C "$copy" -xf -
ln -s "$root/tools/node_modules" "$copy/tools/node_modules"
"$copy/scripts/build.sh" release kkr-registry kkr-consultation kkr-financing kkr-notification \
  kkr-gateway >"$copy/build.log" || { tail -50 "$copy/build.log" >&2; exit 1; }
echo "The old programs are those of $before."
KKR_OLD_PROGRAMS=$copy/build/release python3 "$root/tests/cluster/upgrade_test.py"
