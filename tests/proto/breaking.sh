#!/usr/bin/env bash
# Compares the protos of a repository with those of its last tag; fails where a client or a stored
# event of that release could no longer be read. Exits 77 when there is no tag with protos.
#   breaking.sh <repository>
set -euo pipefail
repository=$(cd "$1" && pwd)
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

tag=$(git -C "$repository" describe --tags --abbrev=0 2>/dev/null) || exit 77
git -C "$repository" cat-file -e "$tag:buf.yaml" 2>/dev/null || exit 77

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/tagged/tools"
git -C "$repository" archive "$tag" buf.yaml proto | tar -x -C "$work/tagged"
ln -s "$home/tools/node_modules" "$work/tagged/tools/node_modules"

(cd "$work/tagged" && "$home/scripts/tool.sh" buf build -o "$work/tagged.binpb")
(cd "$repository" && "$home/scripts/tool.sh" buf build -o "$work/present.binpb")
"$home/scripts/tool.sh" buf breaking "$work/present.binpb" --against "$work/tagged.binpb" \
  --config '{"version": "v2", "breaking": {"use": ["PACKAGE"]}}'
echo "No breaking change since $tag."
