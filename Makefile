# The commands of Trede. `make run` and `make test` are all a newcomer needs.
.DEFAULT_GOAL := help
PYTHON ?= python3
UV := .uv/bin/uv
BIN := .venv/bin
export DJANGO_SETTINGS_MODULE ?= tests.settings
# Compiled once and kept: every test session and every `trede` starts sooner.
unexport PYTHONDONTWRITEBYTECODE

# .venv/bin/trede runs from everywhere; this clone is not installed as a package.
define TREDE_COMMAND
printf '#!/bin/sh\nPYTHONPATH="%s" exec "%s" -m trede "$$@"\n' "$(CURDIR)" "$(CURDIR)/$(BIN)/python" > $(BIN)/trede && chmod +x $(BIN)/trede
endef

.PHONY: help run setup test check types manners suite browser messages vendor lock bench shots

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/.run ## set up and serve the demo on 127.0.0.1:8000
	@DJANGO_SETTINGS_MODULE=trede.settings $(BIN)/python -m trede run $(ARGS)

setup: .venv/.test ## make the environment for developers

test: setup ## every check and every test
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory suite
	@$(MAKE) --no-print-directory browser

check: setup ## style, types, order of the journey, texts, sizes (a minute)
	@$(MAKE) --no-print-directory -j 2 --output-sync types manners

# As long as all the rest together, so beside it.
types: setup
	$(BIN)/mypy

manners: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --config pyproject.toml
	$(BIN)/djlint trede --lint --quiet
	$(BIN)/bandit -q -r trede -c pyproject.toml
	$(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=tests.settings_deploy $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python tools/messages.py --check
	@if git grep -nIE 'https?://[^ ]*(pypi|pythonhosted|npmjs|debian)\.' -- 'requirements*.txt' pyproject.toml Makefile .ci 'frontend/*.json'; then echo "no host name of a registry may stand in a committed file"; exit 1; fi

suite: setup ## the tests without a browser
	$(BIN)/pytest -n 2 --dist loadfile --ignore=tests/browser $(WITHOUT)

browser: setup ## the journey of each role in Chromium, where there is one
	@if $(BIN)/python tools/chromium.py; then $(BIN)/pytest -n 2 --dist loadfile tests/browser; \
	else echo "No Chromium found: the browser journeys were not run. Install the package chromium to run them."; fi

messages: setup ## join the Dutch texts of all apps into one catalogue
	$(BIN)/python tools/messages.py

vendor: setup ## copy the front end out of frontend/node_modules
	cd frontend && npm install --no-audit --no-fund && cd .. && $(BIN)/python tools/vendor.py

lock: $(UV) ## resolve the dependencies anew
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements.txt pyproject.toml --group dev -o requirements-dev.txt

bench: setup ## speed, by hand: prints figures, fails on nothing
	@for file in bench/[a-z]*.py; do echo "== $$file"; PYTHONPATH=. $(BIN)/python $$file; done

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit("Trede needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'
	@echo "Making the environment (once) ..."
	@$(PYTHON) -m venv .uv
	@.uv/bin/pip install -q --disable-pip-version-check uv==0.13.9

# Only whether it is there counts: the interpreter it points to is older than all this.
$(BIN)/python: | $(UV)
	@$(UV) venv -q --python $(PYTHON) .venv

.venv/.run: requirements.txt | $(BIN)/python
	@echo "Installing what Trede needs ..."
	@test -e .venv/.test || $(UV) pip sync -q --python $(BIN)/python --require-hashes requirements.txt
	@$(TREDE_COMMAND)
	@touch $@

.venv/.test: requirements-dev.txt | $(BIN)/python
	@echo "Installing what developing needs ..."
	@$(UV) pip sync -q --python $(BIN)/python --require-hashes requirements-dev.txt
	@$(TREDE_COMMAND)
	@touch $@
