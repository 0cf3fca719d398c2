# Plumbline's entry points. `make run` and `make test` need only git, make and Python 3.12 or later.
.DEFAULT_GOAL := help
.PHONY: help run test test-faults bench check format lock clean

VENV := .venv
PYTHON := $(VENV)/bin/python

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(VENV)/base ## Start everything, with the demonstration desk (PORT, DATA_DIR)
	@exec $(PYTHON) manage.py up

test: $(VENV)/dev ## Run every test but those that kill processes (TESTS=… for some)
	@$(PYTHON) -m pytest $(or $(TESTS),-m "not faults")

test-faults: $(VENV)/dev ## Run the tests that kill processes
	@$(PYTHON) -m pytest -m faults tests/faults

bench: $(VENV)/dev ## Measure how costs grow (half an hour)
	@$(PYTHON) -m tests.benchmarks

check: $(VENV)/dev ## Lint, format, types, room direction, migrations, templates, API
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/djade --check --target-version 6.1 $$(git ls-files 'templates/*.html')
	@$(VENV)/bin/lint-imports --no-cache
	@$(VENV)/bin/mypy
	@$(PYTHON) manage.py check --fail-level WARNING
	@$(PYTHON) manage.py makemigrations --check --dry-run
	@$(PYTHON) manage.py check_templates
	@$(PYTHON) manage.py spectacular --validate --fail-on-warn --file /dev/null

format: $(VENV)/dev ## Format code and templates
	@$(VENV)/bin/ruff check --fix-only --quiet .
	@$(VENV)/bin/ruff format --quiet .
	@$(VENV)/bin/djade --target-version 6.1 $$(git ls-files 'templates/*.html') || true

lock: ## Pin dependencies again (needs uv)
	@sh requirements/lock.sh

clean: ## Remove the environment and every database in var/
	rm -rf $(VENV) var

$(VENV)/bin/python:
	@sh requirements/venv.sh $(VENV)

$(VENV)/base: requirements/base.txt | $(VENV)/bin/python
	@echo "Installing the requirements …"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/dev: requirements/dev.txt | $(VENV)/bin/python
	@echo "Installing the requirements for tests …"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@ $(VENV)/base
