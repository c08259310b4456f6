# Two commands are all the set-up there is: make run, make test.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
HOME_FOLDER ?= sample-home
PORT ?= 8000
SOURCES := index crawler search web tests

.PHONY: run test format bench clean

run: $(VENV)/.installed-run
	$(BIN)/python -m tests.sites.sample $(HOME_FOLDER)
	$(BIN)/wensu --home $(HOME_FOLDER) serve --port $(PORT)

test: $(VENV)/.installed-test
	sh tests/e2e/chromium.sh
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/pytest -q --cov --cov-report=term

format: $(VENV)/.installed-test
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

bench: $(VENV)/.installed-test
	$(BIN)/python -m tests.bench.bench_search

clean:
	rm -rf $(VENV) $(HOME_FOLDER)

$(VENV)/.installed-run: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.installed-test: pyproject.toml $(VENV)/.installed-run
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@
