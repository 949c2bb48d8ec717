#!/bin/sh
# Runs PostgreSQL in its container: a database `kkr`, and for each service a role that may make a
# schema in it. The passwords are read from /run/secrets at every start.
set -eu
umask 077
data=/var/lib/postgresql/data
PATH=$(echo /usr/lib/postgresql/*/bin):$PATH
sockets=/tmp

[ -s "$data/PG_VERSION" ] ||
  initdb --pgdata="$data" --username=postgres --auth-local=peer --auth-host=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 >/dev/null
cat >"$data/pg_hba.conf" <<'RULES'
local all postgres peer
hostssl kkr all all scram-sha-256
RULES
# PostgreSQL takes no key that others may read.
cp /run/secrets/tls.crt /run/secrets/tls.key "$sockets/"

pg_ctl --pgdata="$data" --wait --silent --options="-c listen_addresses='' -k $sockets" start
sql() { psql --host="$sockets" --username=postgres --no-psqlrc --quiet --tuples-only \
  --set=ON_ERROR_STOP=1 "$@"; }
[ -n "$(sql --command="SELECT 1 FROM pg_database WHERE datname = 'kkr'")" ] ||
  sql --command='CREATE DATABASE kkr'
sql --command='REVOKE ALL ON DATABASE kkr FROM PUBLIC'
for service in registry consultation financing notification; do
  [ -n "$(sql --command="SELECT 1 FROM pg_roles WHERE rolname = 'kkr_$service'")" ] ||
    sql --command="CREATE ROLE kkr_$service LOGIN"
  echo "ALTER ROLE kkr_$service PASSWORD :'password';
        GRANT CREATE, CONNECT, TEMPORARY ON DATABASE kkr TO kkr_$service" |
    sql --set=password="$(cat "/run/secrets/$service")"
done
pg_ctl --pgdata="$data" --wait --silent stop

exec postgres -D "$data" -k "$sockets" -c listen_addresses='*' -c ssl=on \
  -c ssl_cert_file="$sockets/tls.crt" -c ssl_key_file="$sockets/tls.key" \
  -c synchronous_commit=on -c idle_in_transaction_session_timeout=2s -c tcp_user_timeout=2s \
  -c max_connections=200
