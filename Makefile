# make setup | run | test | check | fix | audit | messages | migrations | bench | lock | nightly
# Every target sets up what it needs: Python packages in .venv, the front end in node_modules, both from locks.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
PACKAGES := .venv/.whole
NODE_PACKAGES := node_modules/.whole
FRONT := alongside/design/static/build/alongside.css
FRONT_FROM := $(wildcard alongside/design/scss/*.scss alongside/design/js/*.js alongside/design/js/*/*.js) alongside/design/build.mjs alongside/design/icons.mjs
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --root-user-action=ignore
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --extra build
# Catalogues of other languages, compiled from what is kept.
WORDS_FROM := $(wildcard alongside/locale/*/LC_MESSAGES/django.po)
WORDS := $(WORDS_FROM:.po=.mo)
# How many tests at a time: `make test SIDE_BY_SIDE=4`. One room's: `make test TESTS=alongside/story`.
SIDE_BY_SIDE ?= 2
TESTS ?=
# Whose migration is made anew: `make migrations ROOM=story`; without it, of every room whose models changed.
ROOM ?=

.PHONY: help setup run test check fix audit messages migrations bench lock nightly

help:
	@sed -n '1,2s/^# //p' Makefile

setup: $(PACKAGES) $(FRONT) $(WORDS)
	@command -v chromium >/dev/null || echo "For the browser tests as well: apt-get install -y --no-install-recommends chromium"

run: $(PACKAGES) $(FRONT) $(WORDS)
	@$(BIN)/alongside demo

test: $(PACKAGES) $(FRONT) $(WORDS)
	$(BIN)/pytest -n $(SIDE_BY_SIDE) -m "not slow" $(TESTS)

nightly: $(PACKAGES) $(FRONT) $(WORDS)
	HYPOTHESIS_PROFILE=nightly $(BIN)/pytest -n $(SIDE_BY_SIDE) $(TESTS)

# All of it, also when the first of it finds something.
check: $(PACKAGES) $(FRONT) $(WORDS)
	@failed=0; export ALONGSIDE_NO_DATABASE=1; \
	for each in "ruff check ." "ruff format --check ." mypy lint-imports; do \
	  echo "$$each"; $(BIN)/$$each || failed=1; \
	done; \
	$(BIN)/python -m tests.house.audit --when-reachable || failed=1; \
	unset ALONGSIDE_NO_DATABASE; $(BIN)/pytest -q tests/house || failed=1; \
	exit $$failed

# What is known against the packages of the locks; needs a network.
audit: $(PACKAGES)
	@$(BIN)/python -m tests.house.audit

fix: $(PACKAGES)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Every string of code and templates into the catalogues: what is new has no translation yet, what is gone goes.
messages: $(PACKAGES)
	@$(BIN)/alongside language update

migrations: $(PACKAGES)
	@$(BIN)/python -m tests.house.migrations $(ROOM)

bench: $(PACKAGES) $(FRONT) $(WORDS)
	$(BIN)/python -m bench

# Resolve anew. Locks carry hashes and no address, so they hold whichever index a machine uses.
lock: $(PACKAGES)
	$(COMPILE) --upgrade --output-file requirements.txt
	$(COMPILE) --upgrade --extra dev --output-file requirements-dev.txt
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund
	node -e 'const fs = require("fs"), lock = JSON.parse(fs.readFileSync("package-lock.json")); for (const each of Object.values(lock.packages)) { delete each.funding; delete each.resolved } fs.writeFileSync("package-lock.json", JSON.stringify(lock, null, 2) + "\n")'

$(PACKAGES): requirements-dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
	  echo "Alongside needs Python 3.11 or newer, and there is no '$(PYTHON)' here: apt-get install -y python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Alongside needs Python 3.11 or newer, and '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python here cannot make an environment of its own yet: apt-get install -y python3-venv" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements-dev.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(WORDS): $(WORDS_FROM) | $(PACKAGES)
	@$(BIN)/alongside language compile
	@touch $(WORDS)

$(NODE_PACKAGES): package-lock.json package.json .npmrc
	@command -v node >/dev/null && command -v npm >/dev/null || { \
	  echo "Alongside needs Node 20 or newer with npm to build its pages: apt-get install -y nodejs npm" >&2; exit 1; }
	@node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' || { \
	  echo "Alongside needs Node 20 or newer, and this is Node $$(node --version)." >&2; exit 1; }
	npm ci --no-audit --no-fund
	@touch $@

$(FRONT): $(NODE_PACKAGES) $(FRONT_FROM)
	npm run --silent build
