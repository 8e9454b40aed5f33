#!/bin/sh
# Looks at the pages of a running service in a real browser.
#
#   tests/browser/run.sh http://127.0.0.1:8080 [FOLDER FOR SCREENSHOTS]
#
# Needs node and Chromium (CHROMIUM=/path, by default /usr/bin/chromium). The two
# packages it uses are fetched once into tests/.tools, which git ignores. Ends
# non-zero if anything failed; the last line is `N passed, N failed`.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tools="$here/../.tools"
if [ $# -lt 1 ]; then
    echo "usage: tests/browser/run.sh BASE_URL [FOLDER]" >&2
    exit 2
fi
if [ ! -d "$tools/node_modules/playwright-core" ] || [ ! -d "$tools/node_modules/axe-core" ]; then
    mkdir -p "$tools"
    cp "$here/package.json" "$tools/package.json"
    (cd "$tools" && npm install --no-fund --no-audit --silent)
fi
exec node "$here/look.mjs" "$@"
