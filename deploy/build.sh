#!/bin/sh
# Makes a fetched release ready to run: as root, in its own folder, first and after every update.
set -eu
cd "$(dirname "$0")/.."
test -x .venv/bin/python || python3 -m venv .venv
PIP=".venv/bin/python -m pip --disable-pip-version-check install --quiet --root-user-action=ignore"
$PIP --require-hashes -r requirements.txt
$PIP --no-deps --no-build-isolation --editable .
npm ci --no-audit --no-fund
npm run --silent build
# Words in other languages; a scratch folder, so that nothing of a place is touched.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
ALONGSIDE_DATA="$scratch" .venv/bin/alongside language compile
# What the pages were built with is not needed to serve them.
rm -rf node_modules
