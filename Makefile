# Two commands are all the set-up there is: make run, make test.
# The tests of index and search run a second time with whoosh3, the living fork,
# in the place of whoosh-reloaded, so that we can move.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
HOME_FOLDER ?= sample-home
PORT ?= 8000
DOCUMENTS ?= 20000
# A file of tests stays in one process, and so do the archives that it shares.
PYTEST := $(BIN)/pytest -q -n auto --maxprocesses 4 --dist loadfile
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
	$(PYTEST) --cov --cov-report=term --ignore=tests/quality
	$(PYTEST) tests/quality
	PYTHONPATH=$(VENV)/whoosh3 $(PYTEST) tests/index tests/search

format: $(VENV)/.installed-test
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

bench: $(VENV)/.installed-test
	$(BIN)/pip install --quiet --disable-pip-version-check --upgrade 'pip>=24'
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m tests.bench.bench_search
	$(BIN)/python -m tests.bench.bench_extractors
	$(BIN)/python -m tests.bench.bench_hostile
	$(BIN)/python -m tests.bench.bench_duplicates
	$(BIN)/python -m tests.bench.bench_precedents --documents $(DOCUMENTS)
	$(BIN)/python -m tests.bench.bench_engines --corpora ../shared/corpora --documents $(DOCUMENTS)

clean:
	rm -rf $(VENV) $(HOME_FOLDER)

$(VENV)/.installed-run: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m search.warm_up
	touch $@

$(VENV)/.installed-test: pyproject.toml $(VENV)/.installed-run
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	rm -rf $(VENV)/whoosh3
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps \
		--target $(VENV)/whoosh3 'whoosh3>=3.54'
	touch $@
