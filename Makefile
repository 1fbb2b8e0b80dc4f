# make demo    the demo organisation, scanned (makes its own environment first)
# make demo-web  the service with the demo organisation, carried through its year, at http://127.0.0.1:8300; Ctrl-C ends it
# make pictures  the pictures of its pages in docs/pictures/web
# make test    every quick test, in parallel
# make test-slow  the others; make test-all both, which starts and shares out once
# make test-spark  the tests on a Spark cluster in this machine, left out where there is no Java
# make tools   other programs that some tests need: a browser, readers of PDF, PostgreSQL, modules of Node.js
# make check   format, lint, types, import contracts, register, quality of recognition, screening and reading, spelling
# make quality precision, recall and calibration of recognition, and what it missed; then of screening names and reading papers
# make bench   the timings that the documents quote
# make accept  rewrite generated files and snapshots after a change that was meant

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
WHO ?= us/reseller
WHEN ?= 2024-09-29
# What an installed copy is made of; folders too, so that a removed file counts.
SOURCES := $(shell find src register -not -name '*.pyc' -not -name __pycache__)
# An editable installation runs the sources themselves, and no copy may take its place.
READY := $(if $(wildcard $(VENV)/developed),$(VENV)/developed,$(VENV)/installed)
SERVING := $(if $(wildcard $(VENV)/developed),$(VENV)/developed,$(VENV)/serving)

# What is compiled of a module is kept: hundreds of tests start programs, which would compile all of it again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo demo-web pictures developed tools test test-slow test-all test-spark check quality accept bench clean

demo: $(READY)
	@echo "The demo organisation on $(WHEN), as $(WHO) (make demo WHO=us/company WHEN=2024-07-19 asks otherwise):"
	@$(BIN)/debar scan examples/estate --on $(WHEN) --as $(WHO) --fail-on none

demo-web: $(SERVING)
	@$(BIN)/python examples/service/year.py build/demo-web
	@exec $(BIN)/debar serve --store build/demo-web/portfolio --listen 127.0.0.1:8300 --quiet

pictures: $(SERVING) tools
	@$(BIN)/python examples/service/pictures.py build/demo-web docs/pictures/web

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade pip

$(VENV)/installed: $(VENV)/bin/python pyproject.toml constraints.txt $(SOURCES)
	$(PIP) install --constraint constraints.txt .
	@touch $@

$(VENV)/serving: $(VENV)/installed
	$(PIP) install --constraint constraints.txt '.[serve]'
	@touch $@

$(VENV)/developed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --group dev --editable .
	@touch $(VENV)/installed $@

developed: $(VENV)/developed

test: $(VENV)/developed
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not slow"

test-slow: $(VENV)/developed
	$(BIN)/python -m pytest -n auto --dist worksteal -m slow

# Tests on Spark are made by test-spark alone.
test-all: $(VENV)/developed
	$(BIN)/python -m pytest -n auto --dist worksteal

# Spark has an environment of its own: no other test or check may depend on what it brings, such as pandas.
$(VENV)/spark/installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PYTHON) -m venv --without-pip $(VENV)/spark
	$(PIP) --python $(VENV)/spark/bin/python install --constraint constraints.txt --group dev --editable '.[spark]'
	@touch $@

# Tests that need what is missing say so and are left out.
tools: $(VENV)/bin/python
	@.ci/tools $(VENV)/node

ifneq ($(JAVA_HOME)$(shell command -v java 2>/dev/null),)
test-spark: $(VENV)/spark/installed
	$(VENV)/spark/bin/python -m pytest -m slow tests/engine/test_spark.py
else
test-spark:
	@echo "The tests on Spark are left out: Java is not installed (install Java 17 or newer, or set JAVA_HOME)."
endif

check: $(VENV)/developed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/debar register check register
	$(BIN)/python -m quality --check --brief
	$(BIN)/typos

quality: $(VENV)/developed
	$(BIN)/python -m quality --check --misses

accept: $(VENV)/developed
	$(BIN)/ruff format .
	$(BIN)/python -m pytest -q -m "not slow" --accept

bench: $(VENV)/developed
	$(BIN)/python -m bench

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
