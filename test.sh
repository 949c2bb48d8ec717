#!/usr/bin/env bash
# Installs what is missing, builds everything and runs every test.
#
#   ./test.sh [--sanitize=address|thread] [--long] [ctest arguments, such as -R name]
#   ./test.sh --lint [path...]
#   ./test.sh --containers [images_test|compose_test|kube_play_test]...
#
# --sanitize=thread   builds and runs the tests labelled tsan only
# --long              runs the tests at their full numbers, and those labelled long
# --lint              only clang-tidy, over the tests too and with clang's analyzer (slow), or
#                     over the sources at the paths; the tests themselves lint the programs only.
#                     Without paths it also compiles each source by itself
# --containers        only the images, compose and the manifests, in real containers of Debian 12
#                     and 13 (as root; slow: it compiles twice); $KKR_RELEASES names fewer
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

name=release
target=all
lint=no
containers=no
left_out=long  # Labels.
passed_on=()
for argument in "$@"; do
  case "$argument" in
    --sanitize=address) name=address ;;
    --sanitize=thread) name=thread target=tsan_tests ;;
    --sanitize=*) echo "test.sh: the sanitizers are address and thread" >&2; exit 2 ;;
    --long) export KKR_LONG=1; left_out= ;;
    --lint) lint=yes ;;
    --containers) containers=yes ;;
    *) passed_on+=("$argument") ;;
  esac
done
# What reads sources instead of running them says the same under a sanitizer.
[ "$name" = release ] || left_out+="|lint"
select=(-LE "^(${left_out#|})\$")
if [ "$name" = thread ]; then select+=(-L '^tsan$'); fi

if [ "$containers" = yes ]; then
  "$root/scripts/install.sh" --with-tests --with-containers
  [ "${#passed_on[@]}" -gt 0 ] || passed_on=(images_test compose_test kube_play_test)
  cd "$root/tests/containers"
  exec env PYTHONDONTWRITEBYTECODE=1 python3 -m unittest -v "${passed_on[@]}"
fi

"$root/scripts/install.sh" --with-tests
"$root/scripts/build.sh" "$name" "$target"

if [ "$lint" = yes ]; then
  [ "${#passed_on[@]}" -gt 0 ] || "$root/scripts/build.sh" alone all
  exec python3 "$root/tests/tidy/lint.py" --everything "$root" "$root/build/$name" \
    "${passed_on[@]}"
fi

export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS=suppressions=$root/tests/tsan.supp:halt_on_error=1:second_deadlock_stack=1
exec ctest --test-dir "$root/build/$name" --parallel 2 --output-on-failure --no-tests=error \
  --output-junit "$root/build/$name/junit.xml" "${select[@]}" "${passed_on[@]}"
