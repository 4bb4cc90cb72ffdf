# shellcheck shell=bash
# The same list into PostgreSQL: COPY into a temporary table, then an upsert. Sourced by run.sh,
# and only where PostgreSQL is installed. A private cluster in a temporary folder, reached by a
# Unix socket alone, stopped by its own process id. Functions only; pg_start comes first.

pg_bin=
pg_dir=
pg_pid=

pg_as() {
    if [ "$(id -u)" -eq 0 ]; then
        runuser -u "$pg_user" -- "$@"
    else
        "$@"
    fi
}

pg_psql() {
    psql -X -q -v ON_ERROR_STOP=1 -h "$pg_dir" -U bench -d postgres "$@"
}

# Starts a cluster; fails where that is impossible here.
pg_start() {
    local dir
    for dir in /usr/lib/postgresql/*/bin; do
        [ -x "$dir/postgres" ] && pg_bin=$dir
    done
    [ -n "$pg_bin" ] && command -v psql > /dev/null || return 1
    pg_user=postgres
    id "$pg_user" > /dev/null 2>&1 || pg_user=nobody
    pg_dir=$(mktemp -d) || return 1
    if [ "$(id -u)" -eq 0 ]; then
        chown "$pg_user" "$pg_dir" || return 1
    fi
    pg_as "$pg_bin/initdb" -D "$pg_dir/data" -U bench -A trust -E UTF8 --locale=C \
        > initdb.log 2>&1 || return 1
    (cd "$pg_dir" && pg_as "$pg_bin/pg_ctl" -D "$pg_dir/data" -l "$pg_dir/log" -w \
        -o "-c listen_addresses= -c unix_socket_directories=$pg_dir" start) \
        > /dev/null 2>&1 || return 1
    pg_pid=$(head -n 1 "$pg_dir/data/postmaster.pid")
}

pg_stop() {
    # The server removes this file last.
    [ -n "$pg_pid" ] && kill -INT "$pg_pid" && while [ -e "$pg_dir/data/postmaster.pid" ]; do
        sleep 0.1
    done
    [ -n "$pg_dir" ] && rm -rf "$pg_dir"
    pg_pid='' pg_dir=''
}

pg_columns='iin bigint, last_name text, first_name text, middle_name text, birth_date date,
    sex text, category text, agency text, special_rank text, sponsor_iin bigint, relation text,
    coresident text, residence integer, service_place integer, service_id text, valid_from date'

# The table, empty.
pg_create() {
    pg_psql -c 'DROP TABLE IF EXISTS people' \
        -c "CREATE TABLE people ($pg_columns, PRIMARY KEY (iin))" 2> /dev/null
}

# pg_load FILE: one transaction; unchanged rows are not written.
pg_load() {
    pg_psql <<END
BEGIN;
CREATE TEMP TABLE list ($pg_columns) ON COMMIT DROP;
\\copy list FROM '$1' WITH (FORMAT csv, HEADER)
INSERT INTO people SELECT * FROM list
ON CONFLICT (iin) DO UPDATE SET
    (last_name, first_name, middle_name, birth_date, sex, category, agency, special_rank,
     sponsor_iin, relation, coresident, residence, service_place, service_id, valid_from)
  = (EXCLUDED.last_name, EXCLUDED.first_name, EXCLUDED.middle_name, EXCLUDED.birth_date,
     EXCLUDED.sex, EXCLUDED.category, EXCLUDED.agency, EXCLUDED.special_rank,
     EXCLUDED.sponsor_iin, EXCLUDED.relation, EXCLUDED.coresident, EXCLUDED.residence,
     EXCLUDED.service_place, EXCLUDED.service_id, EXCLUDED.valid_from)
WHERE people.* IS DISTINCT FROM EXCLUDED.*;
COMMIT;
END
}
