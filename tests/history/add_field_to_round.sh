#!/usr/bin/env bash
# Adds a field to `Round` by a patch of the proto, one domain file and its test, and nothing else,
# in a copy of the repository; then builds and runs what touches a round there.
#
#   add_field_to_round.sh --check   only looks whether the patch still applies, to those files only
#   add_field_to_round.sh           does all of it; takes minutes
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
patch=$root/tests/history/add_field_to_round.patch

wanted="proto/kkr/consultation/v1/round.proto
services/consultation/domain/round_content.cc
services/consultation/domain/round_content_test.cc"
touched=$(git apply --numstat "$patch" | cut -f3 | sort)
if [ "$touched" != "$wanted" ]; then
  echo "The patch touches other files than it may:" "$touched" >&2
  exit 1
fi

# The files as they stand, also those not committed yet.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git -C "$root" ls-files -z --cached --others --exclude-standard |
  (cd "$root" && tar --null --ignore-failed-read -T - -cf -) | tar -C "$copy" -xf -
(cd "$copy" && git apply --verbose "$patch")
[ "${1:-}" = --check ] && exit 0

ln -s "$root/tools/node_modules" "$copy/tools/node_modules"
cmake -S "$copy" -B "$copy/build" -G Ninja -DCMAKE_BUILD_TYPE=Debug >"$copy/configure.log" ||
  { cat "$copy/configure.log" >&2; exit 1; }
tests="consultation_domain_test consultation_app_test"
# shellcheck disable=SC2086
ninja -C "$copy/build" $tests
for test in $tests; do
  (cd "$copy" && "$(find build -name "$test" -type f)" --gtest_brief=1)
done
echo "A field was added to Round by" $(git apply --numstat "$patch" | cut -f3 | wc -l) "files:"
git apply --numstat "$patch"
