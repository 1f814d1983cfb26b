# Two commands do everything on a fresh machine:  make report   and   make test
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
PERIOD ?=

.PHONY: report test test-all lint house fonts lab bench clean help

help:
	@echo "make report    set up, then the newest sample period's report (PERIOD=2021-04 for another)"
	@echo "make test      set up, then the tests (under ten minutes)"
	@echo "make test-all  the long suites too (kill tests, large lists, the whole mess benchmark)"
	@echo "make lint      style, the rooms' contract, types"
	@echo "make house     the floor plan in figures"
	@echo "make lab       JupyterLab on the project"
	@echo "make fonts     Debian's free look-alikes of the official fonts (needs root)"
	@echo "make bench     the benchmarks' tables"

$(VENV)/.ready: requirements.txt pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and '需要 Python 3.11 或更新的版本，现在是 %d.%d：请用 make PYTHON=python3.11 … (tally needs Python 3.11 or newer)' % sys.version_info[:2])"
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.ready-tests: $(VENV)/.ready requirements-test.txt requirements-s3.txt
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-test.txt
	@touch $@

report: $(VENV)/.ready
	$(PY) pipeline.py run $(PERIOD)

test: $(VENV)/.ready-tests
	$(PY) -m ruff check .
	$(VENV)/bin/lint-imports
	$(PY) -m mypy
	$(PY) -m pytest -m "not slow" -n 2

test-all: $(VENV)/.ready-tests
	$(PY) -m pytest -n 2

lint: $(VENV)/.ready-tests
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(VENV)/bin/lint-imports
	$(PY) -m mypy

house: $(VENV)/.ready-tests
	$(PY) docs/house.py

lab: $(VENV)/.ready
	$(PY) pipeline.py lab

fonts:
	apt-get install -y fonts-noto-cjk fonts-lxgw-wenkai texlive-lang-chinese

bench: $(VENV)/.ready-tests
	$(PY) -m benchmarks.silently_wrong
	-$(PY) -m benchmarks.kinds
	$(PY) -m benchmarks.localisation
	$(PY) -m benchmarks.lists
	$(PY) -m benchmarks.engine

clean:
	rm -rf $(VENV) .pytest_cache .hypothesis .ruff_cache
