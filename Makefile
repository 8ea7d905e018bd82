# 灯塔 Dengta. `make run` serves the sample portfolio, `make test` runs every check; both set up first what they need.
# Needs Python >= 3.11 and make; all else comes from the package registries into .venv/ and node_modules/.

PYTHON ?= python3
WORKERS ?= 2
SAMPLE_LANG ?= zh
BIN := .venv/bin
STAMPS := .venv/.stamps
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --no-deps
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent --no-progress
NODE := $(BIN)/node
PYTEST := $(BIN)/pytest -q
TRANSLATIONS := backlog/translations
# One of what each script makes stands for all of it.
CATALOGUES := $(TRANSLATIONS)/zh/LC_MESSAGES/messages.mo
BUNDLES := static/build/app.css
BROWSER_TESTS := $(wildcard tests/browser/test_*.py)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-tests run test lint unit unit-postgresql browser bench screenshots lock docs licences clean

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name text; do printf '  make %-16s %s\n' "$$name" "$$text"; done

setup: $(STAMPS)/project $(STAMPS)/compiled $(BUNDLES) $(CATALOGUES) ## everything that serving needs

setup-tests: setup $(STAMPS)/tests $(STAMPS)/npm-tests .cache/browser/chromium ## and everything that the checks need

run: setup ## the sample portfolio on http://127.0.0.1:8000 (PORT chooses another)
	@$(BIN)/backlog db upgrade && $(BIN)/backlog sample load --lang $(SAMPLE_LANG) --if-empty && exec $(BIN)/backlog serve

test: setup-tests ## lint, all tests on SQLite and PostgreSQL, the browser tests
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory unit
	@$(MAKE) --no-print-directory unit-postgresql
	@$(MAKE) --no-print-directory browser

lint: setup-tests ## style, types, import contracts
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --strict backlog
	@PYTHONPATH=.ci $(BIN)/lint-imports

unit: setup-tests ## all but the browser tests, on SQLite
	@$(PYTEST) -n $(WORKERS) --dist loadgroup -m "not browser"

unit-postgresql: setup-tests ## the same on PostgreSQL, but for what looks at files only
	@BACKLOG_TEST_DATABASE=postgresql $(PYTEST) -n $(WORKERS) --dist loadgroup -m "not browser" --ignore=tests/house --ignore=tests/server

browser: setup-tests ## the tests that drive a browser
	@$(if $(BROWSER_TESTS),$(PYTEST) -n $(WORKERS) --dist loadfile -m browser tests/browser,echo "no browser tests yet")

bench: setup-tests ## the budgets of docs/performance.md, as ratios
	@$(BIN)/python -m tests.bench

screenshots: setup-tests ## the main pages, in both languages, widths and themes, into .cache/screenshots
	@PYTHONPATH=.ci $(BIN)/python -m tests.browser.screenshots

# --- environment: each stamp is newer than what it was made from

$(STAMPS)/venv:
	@command -v $(PYTHON) >/dev/null || { echo "make: no $(PYTHON) found; PYTHON=... names one" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: $(PYTHON) is older than 3.11; PYTHON=... names another" >&2; exit 1; }
	@echo "setting up .venv"
	@$(PYTHON) -m venv .venv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/packages: requirements.lock | $(STAMPS)/venv
	@echo "installing what serving needs"
	@$(PIP) --require-hashes -r requirements.lock
	@touch $@

$(STAMPS)/project: pyproject.toml $(STAMPS)/packages
	@$(PIP) --no-build-isolation --editable .
	@touch $@

$(STAMPS)/tests: requirements-dev.lock $(STAMPS)/packages
	@echo "installing what the checks need"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# The packages of the checks hold those of the pages: whichever came last is what node_modules has.
$(STAMPS)/npm: package.json package-lock.json .npmrc $(STAMPS)/packages
	@$(if $(wildcard $(STAMPS)/npm-tests),$(NPM) && touch $(STAMPS)/npm-tests,$(NPM) --omit=dev)
	@touch $@

$(STAMPS)/npm-tests: | $(STAMPS)/npm
	@$(NPM)
	@touch $@

.cache/browser/chromium: .ci/browser.py .ci/inflate.mjs $(STAMPS)/npm-tests $(STAMPS)/tests
	@$(BIN)/python .ci/browser.py
	@touch $@

# --- what is made from our own files

$(STAMPS)/compiled: $(shell find backlog -name '*.py') | $(STAMPS)/project
	@$(BIN)/python -m compileall -q backlog
	@touch $@

$(BUNDLES): .ci/bundle.mjs $(STAMPS)/npm $(shell find static/js static/css -name '*.js' -o -name '*.css')
	@$(NODE) .ci/bundle.mjs
	@touch $@

$(CATALOGUES): .ci/catalogues.py $(STAMPS)/packages $(wildcard $(TRANSLATIONS)/*/*.po)
	@$(BIN)/python .ci/catalogues.py

# --- now and then

lock: ## choose the newest allowed versions and lock them with hashes
	@$(PYTHON) -m venv .cache/lock && .cache/lock/bin/pip --disable-pip-version-check install --quiet uv
	@sh .ci/lock .cache/lock/bin/uv
	@$(BIN)/npm install --silent --package-lock-only

docs: setup ## write the tables of docs/ from the code
	@$(BIN)/python .ci/docs.py

licences: setup-tests ## write docs/licences.md from what is locked
	@$(BIN)/python .ci/licences.py

clean: ## remove all that was made (data in instance/ stays)
	rm -rf .venv node_modules .cache static/build $(TRANSLATIONS)/*/LC_MESSAGES .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
