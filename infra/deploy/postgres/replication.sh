#!/usr/bin/env bash
# At the primary's first start: the login that the replica copies and follows with.
set -eu
psql --username postgres --set=password="$REPLICATION_PASSWORD" <<'SQL'
create role replicator with replication login password :'password';
SQL
echo "host replication replicator all scram-sha-256" >> "$PGDATA/pg_hba.conf"
