#!/bin/sh
# Runs nats-server with the passwords of its users, each read from a file.
set -eu
for user in registry consultation financing notification gateway; do
  name=KKR_NATS_$(echo "$user" | tr '[:lower:]' '[:upper:]')_PASSWORD
  export "$name=$(cat "/run/secrets/$user")"
done
exec /usr/sbin/nats-server --config /etc/nats/nats.conf
