#!/usr/bin/env bash
# Every check of the project, from a fresh clone:
#
#   bash tests/all.sh
#
# Needs Rust. Whatever else is missing (a C compiler, curl, PostgreSQL, Chromium, Node)
# is installed from the system's packages, with sudo where you are not root. The
# database, the served site and all files of the run are gone at the end. Exits
# with 0 only if every step passed.
set -u
cd "$(dirname "$0")/.." || exit 1

# The day on which the content was last checked: what passes its review date later
# is for the partnership to mend (`pathways check`), not a fault of the program.
CONTENT_DAY=2026-11-23

work=$(mktemp -d "${TMPDIR:-/tmp}/pathways-all.XXXXXX") || exit 1
service=
database=
passed=()
failed=()
begun=$SECONDS

cleanup() {
    trap - EXIT
    if [ -n "$service" ]; then
        kill -TERM "$service" 2>/dev/null
        wait "$service" 2>/dev/null
    fi
    [ -z "$database" ] || tests/postgres.sh stop
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

has() { command -v "$1" >/dev/null 2>&1; }

say() { printf '\n== %s\n' "$*"; }

# step NAME COMMAND ...: runs a command and notes how it ended.
step() {
    local name=$1 from=$SECONDS
    shift
    say "$name"
    if "$@"; then
        passed+=("$name ($((SECONDS - from)) s)")
    else
        failed+=("$name")
        printf '%s\n' "-- $name: FAILED" >&2
    fi
}

# ---- what the machine must have

have_postgres() {
    has initdb && has pg_ctl && return
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

browser_path() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif has sudo; then
        sudo "$@"
    else
        return 1
    fi
}

install_system_packages() {
    local wanted=()
    has cc || wanted+=(gcc libc6-dev)
    has curl || wanted+=(curl)
    has make || wanted+=(make)
    has perl || wanted+=(perl)
    have_postgres || wanted+=(postgresql)
    browser_path >/dev/null || wanted+=(chromium)
    has node || wanted+=(nodejs)
    has npm || wanted+=(npm)
    [ ${#wanted[@]} -eq 0 ] && return
    echo "missing: ${wanted[*]}"
    if ! has apt-get; then
        echo "please install these with your system's packages, then run this again" >&2
        return 1
    fi
    if ! as_root true; then
        echo "please run as root: apt-get install ${wanted[*]}" >&2
        return 1
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update &&
        as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get -q install -y --no-install-recommends "${wanted[@]}"
}

install_rust_parts() {
    if ! has cargo; then
        echo "please install Rust (rustup.rs), then run this again" >&2
        return 1
    fi
    cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt || return 1
    cargo clippy --version >/dev/null 2>&1 || rustup component add clippy
}

# ---- the steps

documents() { RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --locked; }

start_database() {
    if [ -n "${TEST_POSTGRES_URL:-}" ]; then
        echo "using the PostgreSQL of TEST_POSTGRES_URL"
        return
    fi
    local lines
    lines=$(tests/postgres.sh start) || return 1
    database=ours
    eval "$lines"
}

# One run for both databases: the tests of the store and the program try SQLite
# always and PostgreSQL where TEST_POSTGRES_URL names one. A snapshot that differs
# fails; tests/it/architecture.rs refuses one that no test has.
tests() { INSTA_UPDATE=no cargo test --locked; }

# The binary that the tests were run with: building it again would find other
# features of its libraries and begin anew.
program_path() {
    cargo metadata --no-deps --format-version 1 --locked |
        sed -n 's,.*"target_directory":"\([^"]*\)".*,\1/debug/pathways,p'
}

program() { "$(program_path)" "$@"; }

supply_chain() {
    if cargo deny --version >/dev/null 2>&1; then
        cargo deny check --config .cargo/deny.toml bans licenses sources
    else
        echo "not tried: cargo-deny is not installed"
    fi
}

start_service() {
    local binary
    binary=$(program_path) || return 1
    "$binary" serve --demo --listen 127.0.0.1:0 --rate-limit 0 --data "$work/data" \
        >"$work/ready" 2>"$work/log" &
    service=$!
    until site=$(sed -n 's/^Pathways is ready at \(.*\)$/\1/p' "$work/ready") && [ -n "$site" ]; do
        if ! kill -0 "$service" 2>/dev/null; then
            service=
            cat "$work/log" >&2
            return 1
        fi
        sleep 0.1
    done
}

browser() {
    # The two packages of Node that it uses it fetches itself, into tests/.tools.
    start_service && CHROMIUM=$(browser_path) sh tests/browser/run.sh "$site"
}

step "system packages" install_system_packages
step "rust" install_rust_parts
step "format" cargo fmt --check
step "lints" cargo clippy --all-targets --locked -- -D warnings
step "documents" documents
step "supply chain" supply_chain
step "database" start_database
step "tests, SQLite and PostgreSQL" tests
step "content" program check --on $CONTENT_DAY
step "contract" program openapi --check
step "browser" browser

say "summary after $((SECONDS - begun)) s"
printf 'passed  %s\n' "${passed[@]}"
if [ ${#failed[@]} -gt 0 ]; then
    printf 'FAILED  %s\n' "${failed[@]}"
    exit 1
fi
echo "Everything passed."
