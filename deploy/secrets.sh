#!/usr/bin/env bash
# Makes the keys, certificates and passwords of a site that runs by compose, each once.
#
#   deploy/secrets.sh <folder>
#
# One folder for each container, with what it may know and no more. The folders are readable and
# the whole is not: containers run as users this machine does not know.
set -euo pipefail
folder=$1
services=(registry consultation financing notification)
mkdir -p "$folder/authority"
chmod 0700 "$folder"

if [ ! -e "$folder/authority/ca.key" ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \
    -subj "/CN=kkr" -keyout "$folder/authority/ca.key" -out "$folder/authority/ca.crt" 2>/dev/null
fi

certificate() {  # For the container $1, which others know by the name $2.
  local own=$folder/$1
  mkdir -p "$own"
  cp "$folder/authority/ca.crt" "$own/ca.crt"
  [ -e "$own/tls.crt" ] && return 0
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$2" \
    -keyout "$own/tls.key" -out "$own/tls.csr" 2>/dev/null
  openssl x509 -req -in "$own/tls.csr" -days 365 -CA "$folder/authority/ca.crt" \
    -CAkey "$folder/authority/ca.key" -set_serial "0x$(openssl rand -hex 16)" \
    -extfile <(printf 'subjectAltName=DNS:%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$2") \
    -out "$own/tls.crt" 2>/dev/null
  rm "$own/tls.csr"
}

password() {  # Known to the service's container as $2/$3 and to the server's as $1.
  local of_server=$folder/$1 of_service=$folder/$2/$3
  # A letter first: nats-server reads a word that begins with a digit as a number.
  [ -e "$of_server" ] || printf 'p%s' "$(openssl rand -hex 32)" >"$of_server"
  cp "$of_server" "$of_service"
}

certificate postgres kkr-postgres
certificate nats kkr-nats
for service in "${services[@]}"; do
  certificate "$service" "kkr-$service"
  password "postgres/$service" "$service" postgres
  password "nats/$service" "$service" nats
done
certificate gateway kkr-gateway
password nats/gateway gateway nats
find "$folder" -mindepth 1 -type d -exec chmod 0755 {} +
find "$folder" -type f -exec chmod 0444 {} +
chmod 0400 "$folder/authority/ca.key"
