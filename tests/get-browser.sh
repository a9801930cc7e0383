#!/usr/bin/env bash
# Sees to it that there is a browser for the browser tests: one installed, else Debian's, else Playwright's own.
set -u
python=${1:-python3}
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null 2>&1 && exit 0
fi
"$python" -m playwright install chromium >/dev/null 2>&1 && exit 0
echo "NO BROWSER: there is no Chromium or Chrome and none could be installed; the browser tests will be SKIPPED" >&2
