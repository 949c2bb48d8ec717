#!/usr/bin/env bash
# Runs a command with the npm tools (buf, redocly, prism) on its PATH, on a node that is new enough.
#   scripts/tool.sh redocly lint openapi.json
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
case "$(uname -m)" in
  aarch64) buf=buf-linux-aarch64 ;;
  *) buf=buf-linux-x64 ;;
esac
own_node="$root/tools/.node/node_modules/node/bin"  # Absent where the machine's node serves.
PATH="$own_node:$root/tools/node_modules/.bin:$root/tools/node_modules/@bufbuild/$buf/bin:$PATH"
export PATH REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
exec "$@"
