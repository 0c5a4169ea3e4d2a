# zhihuan 智环: every task of the project. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
UV := .tools/bin/uv
BIN := .venv/bin
NODE_PATH_FIRST := PATH="$(CURDIR)/.tools/bin:$$PATH"
WORKERS ?= 2
export UV_PYTHON_DOWNLOADS := never
# every process of a test run would compile the whole house anew
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test test-python test-standards test-postgres test-frontend lint format types bench \
        bench-quick bench-few fuzz api-fuzz crash sync-faults axe-roles clocks wheel try-one-machine try-many lock clean

help: ## list the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

## ---- a working checkout ----
setup: .make/python .make/frontend ## .venv with the zhihuan command, and the built front end

.make/tools: requirements/tools.lock scripts/bootstrap_tools.py
	$(PYTHON) scripts/bootstrap_tools.py
	@mkdir -p $(@D) && touch $@

.make/python: .make/tools requirements/dev.lock pyproject.toml
	@test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) .venv
	$(UV) pip sync --quiet --compile-bytecode --require-hashes --python $(BIN)/python requirements/dev.lock
	$(UV) pip install --quiet --no-deps --python $(BIN)/python --editable .
	@touch $@

.make/npm: .make/tools frontend/package-lock.json
	cd frontend && $(NODE_PATH_FIRST) npm ci --no-audit --no-fund
	@touch $@

FRONTEND_SOURCES := $(shell find frontend/src frontend/*.ts frontend/*.json -type f 2>/dev/null)
.make/frontend: .make/npm $(FRONTEND_SOURCES)
	cd frontend && $(NODE_PATH_FIRST) npm run --silent build
	@touch $@

## ---- running it ----
demo: setup ## the synthetic city, live, on embedded engines
	@$(BIN)/zhihuan demo

## ---- proving it ----
# Tests sync to disk as often as an installation does, and keep nothing: in memory where it has room for them.
ROOM_KIB := $(shell df --output=avail /dev/shm 2>/dev/null | tail -n 1)
IN_MEMORY := $(if $(ROOM_KIB),$(shell test $(ROOM_KIB) -ge 6000000 && echo TMPDIR=/dev/shm))

test: setup lint test-standards test-python test-postgres test-frontend ## everything that must pass

test-python: setup ## the suite on embedded engines (SQLite, chDB), Chromium and the cluster
	$(IN_MEMORY) $(BIN)/pytest -n $(WORKERS) --dist loadgroup --durations 40 --ignore tests/standards $(PYTEST_ARGS)

# A room of its own: the standards' tests run once, and they are what the coverage gate measures.
test-standards: setup ## the standards, at least 98 % of their lines and branches covered
	$(BIN)/pytest -n $(WORKERS) tests/standards --cov zhihuan.standards --cov-branch \
		--cov-report=term:skip-covered --cov-fail-under 98 $(PYTEST_ARGS)

# Floors that know no database (import-linter holds that) have been proven by the targets above.
NO_DATABASE := tests/standards tests/hj212 tests/evaluation tests/telemetry tests/supervision tests/bureau/discretion tests/bureau/lenience
# What asks pages and declarations of every role or step asks the same of both engines, and is dear.
ASKED_ONCE := tests/browser tests/bench tests/web/test_permission.py tests/web/api/test_document.py tests/bureau/matters/test_every_procedure.py tests/cli/test_documents.py
test-postgres: setup ## what knows a database once more, on a PostgreSQL started for it
	$(IN_MEMORY) $(BIN)/python scripts/with_postgres.py $(BIN)/pytest -n $(WORKERS) --dist loadgroup \
		--only-database -m "not cluster and not crash and not trial" $(NO_DATABASE:%=--ignore %) $(ASKED_ONCE:%=--ignore %) $(PYTEST_ARGS)

test-frontend: setup ## the islands' own tests
	cd frontend && $(NODE_PATH_FIRST) npm test --silent

lint: setup ## ruff, mypy, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup ## mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## all figures, one table (takes long; docs/evidence.md keeps the latest)
	$(BIN)/python -m bench

bench-quick: setup ## the same table from small doses
	$(BIN)/python -m bench --quick

bench-few: setup ## every bench in its smallest dose, those of PostgreSQL, Chromium and the gateway too: do they run?
	ZHIHUAN_EVERY_BENCH=1 $(BIN)/pytest -x tests/bench

fuzz: setup ## a million mutated frames through the decoder
	ZHIHUAN_FUZZ_FRAMES=1000000 $(BIN)/pytest -x tests/hj212/test_fuzz.py -s --timeout 3600

api-fuzz: setup ## a hundred good and a hundred bad calls of every operation, against the document
	ZHIHUAN_FUZZ_CALLS=100 $(BIN)/pytest -x tests/web/api/test_document.py --timeout 3600

wheel: setup ## a release: dist/*.whl with the built front end inside
	$(UV) build --quiet --wheel --out-dir dist .

try-one-machine: setup ## docs/deploy-one.md tried: PostgreSQL, nginx, the units' lines, backup and restore
	$(BIN)/python scripts/try_one_machine.py

clocks: setup ## a million generated histories of legal clocks against a naive reckoning
	ZHIHUAN_CLOCK_HISTORIES=1000000 $(BIN)/pytest -x tests/bureau/clock/test_reckoning_against_oracle.py --timeout 7200

try-many: setup ## docs/deploy-many.md tried: a gateway, a replica, a web process and the primary are killed
	$(BIN)/python scripts/try_many.py

crash: setup ## twenty rounds of kill -9 under load
	ZHIHUAN_CRASH_ROUNDS=20 $(BIN)/pytest -x -m crash -s --timeout 3600

sync-faults: setup ## ten thousand syncs of phones with something wrong in each
	ZHIHUAN_SYNC_FAULTS=10000 $(BIN)/pytest -x -s --timeout 14400 tests/web/offline/test_faults.py

axe-roles: setup ## axe on every page of every role, light and elder, though another role has the same
	ZHIHUAN_AXE_EVERY_PAGE=1 $(BIN)/pytest -s tests/browser/test_every_role.py

## ---- keeping it ----
lock: .make/tools ## renew the lock files
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url requirements/tools.in -o requirements/tools.lock
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url pyproject.toml --group dev -o requirements/dev.lock
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url -c requirements/dev.lock pyproject.toml -o requirements/base.lock

clean: ## away with what was built (your data folder ./var stays)
	rm -rf .venv .tools .make frontend/node_modules src/zhihuan/web/static/dist
