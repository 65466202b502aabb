# Each target makes its own virtual environment, so that a managed system Python is no obstacle.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test coverage kill check lint clean

run: $(VENV)/.run
	$(BIN)/python -m bot

test: $(VENV)/.dev
	$(BIN)/python -m pytest

# The tests with branch coverage of bot/, and its floor (fail_under in pyproject.toml).
coverage: $(VENV)/.dev
	$(BIN)/python -m pytest --cov

# Processes killed 200 times on each database, at each step of sending; `make test` does it 20 times.
kill: $(VENV)/.dev
	KILLS=200 $(BIN)/python -m pytest tests/kill

check: $(VENV)/.run
	$(BIN)/python -m bot check

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/vulture

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 " + "...")'
	$(PYTHON) -m venv $(VENV) || { echo "No venv module here: on Debian or Ubuntu, apt-get install python3-venv"; exit 1; }

$(VENV)/.run: pyproject.toml | $(BIN)/python
	@echo "Installing what the bot needs into $(VENV): about a minute, once."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@echo "Installing what the tests need into $(VENV): a minute or two, once."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV)
