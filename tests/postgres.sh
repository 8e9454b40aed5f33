#!/bin/sh
# A private, throw-away PostgreSQL for the tests: no port, no password, no leftovers.
#
#   eval "$(tests/postgres.sh start)"    starts it and sets TEST_POSTGRES_URL
#   tests/postgres.sh stop               stops it and removes every file of it
#   tests/postgres.sh run COMMAND ...    starts it, runs the command, stops it
#
# It listens on a Unix socket in a temporary folder of its own, so no other
# server is in the way and nobody else can reach it. Root may run this: the
# server then runs as the user `postgres`, because PostgreSQL refuses root.
# The server forgets its data when the machine stops (fsync is off): tests only.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
state=$here/.tools/postgres.folder

say() { printf '%s\n' "postgres.sh: $*" >&2; }
die() { say "$*"; exit 1; }

# The newest installed server whose folder has what is needed.
binaries() {
    for found in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rV) \
        "$(pg_config --bindir 2>/dev/null || true)" \
        "$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")"; do
        if [ -x "$found/initdb" ] && [ -x "$found/pg_ctl" ] && [ -x "$found/psql" ]; then
            printf '%s\n' "$found"
            return
        fi
    done
    die "no PostgreSQL server found; on Debian: apt-get install postgresql"
}

# Runs a command of the server: as `postgres` when we are root.
as_server() {
    if [ "$(id -u)" != 0 ]; then
        "$@"
    elif command -v runuser >/dev/null 2>&1; then
        runuser -u postgres -- "$@"
    else
        su postgres -s /bin/sh -c 'exec "$@"' -- sh "$@"
    fi
}

url() {
    printf 'postgres://postgres@/postgres?host=%s\n' "$(printf '%s' "$1" | sed 's,/,%2F,g')"
}

# Stops the server in folder $1, if it runs, and removes the folder.
clear_folder() {
    if [ -d "$1" ] && [ -f "$1/postgres-of-pathways-tests" ]; then
        if [ -f "$1/data/postmaster.pid" ]; then
            (cd "$1" && as_server "$bin/pg_ctl" stop -D "$1/data" -m immediate -w -t 30) \
                >/dev/null 2>&1 || say "the server in $1 was already gone"
        fi
        rm -rf "$1"
    fi
}

stop() {
    if [ -f "$state" ]; then
        clear_folder "$(cat "$state")"
        rm -f "$state"
    fi
}

answers() {
    [ -f "$state" ] || return 1
    folder=$(cat "$state")
    [ -d "$folder" ] || return 1
    "$bin/psql" -qAtX -h "$folder" -U postgres -d postgres -c 'select 1' >/dev/null 2>&1
}

start() {
    if ! answers; then
        stop
        folder=$(mktemp -d "${TMPDIR:-/tmp}/pathways-pg.XXXXXX")
        trap 'clear_folder "$folder"; rm -f "$state"' EXIT
        trap 'exit 130' INT
        trap 'exit 143' TERM HUP
        # A socket's whole path may have about 100 characters.
        [ "${#folder}" -le 80 ] || die "the temporary folder's path is too long: $folder"
        : >"$folder/postgres-of-pathways-tests"
        if [ "$(id -u)" = 0 ]; then
            id postgres >/dev/null 2>&1 || die "root needs a user named postgres to run the server"
            chown -R postgres "$folder"
        fi
        cd "$folder"
        as_server "$bin/initdb" -D "$folder/data" -U postgres --auth=trust --no-sync \
            --encoding=UTF8 --locale=C >"$folder.out" 2>&1 || failed initdb
        as_server "$bin/pg_ctl" start -D "$folder/data" -w -t 60 -l "$folder/log" -o \
            "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off \
             -c full_page_writes=off -c synchronous_commit=off -c max_connections=200" \
            </dev/null >"$folder.out" 2>&1 || failed "the server"
        rm -f "$folder.out"
        mkdir -p "$(dirname "$state")"
        printf '%s\n' "$folder" >"$state"
        trap - EXIT INT TERM HUP
    fi
    printf "export TEST_POSTGRES_URL='%s'\n" "$(url "$folder")"
}

failed() {
    cat "$folder.out" "$folder/log" >&2 2>/dev/null || true
    rm -f "$folder.out"
    die "$1 did not start"
}

run() {
    trap stop EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    # In a shell of its own: `start` sets and clears traps.
    lines=$(start)
    eval "$lines"
    "$@"
}

case "${1:-}" in
    start | stop | run)
        bin=$(binaries)
        "$@"
        ;;
    *)
        sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
esac
