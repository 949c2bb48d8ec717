#!/usr/bin/env bash
# Runs KKR on this machine: installs what is missing, builds, and starts the site at
# http://127.0.0.1:8080.
#
#   ./run.sh [serve options]         the site, its data kept in the folder $KKR_DATA (.site here)
#   ./run.sh demo [--exit]           plays the year 2013 on a site of its own with fresh data
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

"$root/scripts/install.sh"
"$root/scripts/build.sh" release kkr
kkr="$root/build/release/services/all/kkr"

if [ "${1:-}" = demo ]; then
  shift
  exec "$kkr" demo "$@"
fi
export KKR_DATA="${KKR_DATA:-$root/.site}"
exec "$kkr" serve "$@"
