#!/usr/bin/env bash
# Runs the whole system on this machine in containers, by podman-compose or docker compose.
#
#   deploy/compose.sh up        makes keys and passwords, builds the images, starts them, waits
#   deploy/compose.sh down      stops; the data stay in their volumes
#   deploy/compose.sh <other>   is handed on, such as `ps` or `logs kkr-registry`
#
# KKR_BASE, KKR_TAG, KKR_PORT and KKR_DEMO_CLOCK: see compose.yaml. KKR_BUILD=no starts the images
# that are there.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
base=${KKR_BASE:-docker.io/library/debian:bookworm-slim}
tag=${KKR_TAG:-latest}
programs=(kkr-registry kkr-consultation kkr-financing kkr-notification kkr-gateway)
servers=(postgres nats redis prometheus)
cd "$root/deploy"

if command -v podman-compose >/dev/null; then
  compose=(podman-compose --project-name kkr --file compose.yaml)
elif docker compose version >/dev/null 2>&1; then
  compose=(docker compose --file compose.yaml)
else
  echo "compose.sh: podman-compose or docker compose is needed" >&2
  exit 1
fi

build() {
  if [ "${compose[0]}" = docker ]; then
    "${compose[@]}" build
    return
  fi
  "$root/scripts/images.sh" --base "$base" --tag "$tag" "${programs[@]}"
  local server
  for server in "${servers[@]}"; do
    podman build --format docker --file servers/Containerfile --build-arg BASE="$base" \
      --target "$server" --tag "localhost/kkr-$server:$tag" "$root"
  done
}

wait_until_ready() {  # Each process says so itself; the gateway is ready without the services.
  local program left=180
  for program in "${programs[@]}"; do
    until "${compose[0]%-compose}" exec "$program" /usr/bin/program probe --ready \
      >/dev/null 2>&1; do
      left=$((left - 1))
      [ "$left" -gt 0 ] || { echo "compose.sh: $program is not ready" >&2; return 1; }
      sleep 1
    done
  done
  echo "KKR is ready at http://127.0.0.1:${KKR_PORT:-8080}"
}

case "${1:-}" in
  up)
    ./secrets.sh "$root/deploy/.secrets"
    [ "${KKR_BUILD:-yes}" = no ] || build
    "${compose[@]}" up --detach --no-build
    wait_until_ready
    ;;
  '') sed -n '2,9p' "${BASH_SOURCE[0]}"; exit 2 ;;
  *) exec "${compose[@]}" "$@" ;;
esac
