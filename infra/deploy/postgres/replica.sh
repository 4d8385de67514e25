#!/usr/bin/env bash
# A copy of the primary at the first start, a follower of it ever after.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  chown postgres "$PGDATA"
  chmod 700 "$PGDATA"
  gosu postgres pg_basebackup --host=database --username=replicator --pgdata="$PGDATA" \
    --write-recovery-conf --wal-method=stream --checkpoint=fast
fi
exec docker-entrypoint.sh postgres -c max_standby_streaming_delay=30s -c hot_standby_feedback=on
