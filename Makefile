# Two commands do everything on a fresh machine:  make report   and   make test
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
PERIOD ?=
AUDIT  := .venv-audit
SEED   ?= 1
# LOCK=1: only files whose hashes are in requirements.lock are installed.
# COVERAGE=1: with the branches that the tests take; fails below the floor in pyproject.toml.
COVERED := $(if $(COVERAGE),--cov --cov-report=term:skip-covered)
INSTALL := $(if $(LOCK),--require-hashes -r requirements.lock,-r requirements.txt)
INSTALL_TESTS := $(if $(LOCK),--require-hashes -r requirements-test.lock,-r requirements-test.txt)

.PHONY: report test coverage test-all nightly lint house fonts lab bench lock sbom audit licences clean help

help:
	@echo "make report    set up, then the newest sample period's report (PERIOD=2021-04 for another)"
	@echo "make test      set up, then the tests (under ten minutes)"
	@echo "make test-all  the long suites too (kill tests, large lists, the whole mess benchmark)"
	@echo "make nightly   a thousand kills of processes, then ten thousand spoilt files; hours (SEED=7 for others)"
	@echo "make lint      style, the rooms' contract, types"
	@echo "make coverage  the default tests with the branches they take (about twice as long)"
	@echo "make house     the floor plan in figures"
	@echo "make lab       JupyterLab on the project"
	@echo "make fonts     Debian's free look-alikes of the official fonts (needs root)"
	@echo "make bench     the benchmarks' tables"
	@echo "make lock      requirements.lock anew: every file of every pinned package by its hash"
	@echo "make sbom      sbom.json, the bill of materials (CycloneDX) of the environment"
	@echo "make audit     known vulnerabilities of what is pinned (needs PyPI's own service)"
	@echo "make licences  docs/licences.md anew"

$(VENV)/.ready: requirements.txt pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11, 5) and '需要 Python 3.11.5 或更新的版本，现在是 %d.%d.%d：请用 make PYTHON=python3.12 … (tally needs Python 3.11.5 or newer)' % sys.version_info[:3])"
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check $(INSTALL)
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.ready-tests: $(VENV)/.ready requirements-test.txt requirements-s3.txt
	$(PY) -m pip install --quiet --disable-pip-version-check $(INSTALL_TESTS)
	@touch $@

report: $(VENV)/.ready
	$(PY) pipeline.py run $(PERIOD)

test: $(VENV)/.ready-tests
	$(PY) -m ruff check .
	$(VENV)/bin/lint-imports
	$(PY) -m mypy
	$(PY) -m pytest -m "not slow" -n 2 $(COVERED)

coverage:
	$(MAKE) test COVERAGE=1

test-all: $(VENV)/.ready-tests
	$(PY) -m pytest -n 2

nightly: $(VENV)/.ready-tests
	TALLY_KILLS=1000 TALLY_SEED=$(SEED) $(PY) -m pytest tests/kills/test_nightly.py tests/kills/test_disturbances.py
	$(PY) -m benchmarks.fuzz 10000 --seed $(SEED) --keep fuzz-failures
	TALLY_FLIPS=1000 $(PY) -m pytest tests/hostile

$(AUDIT)/.ready: requirements-audit.txt
	$(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-audit.txt
	@touch $@

COMPILE = $(AUDIT)/bin/uv pip compile --quiet --universal --python-version 3.11.9 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links

lock: $(AUDIT)/.ready
	$(COMPILE) requirements.txt -o requirements.lock
	$(COMPILE) requirements.txt requirements-test.txt -o requirements-test.lock

sbom: $(VENV)/.ready $(AUDIT)/.ready
	$(AUDIT)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-format JSON -o sbom.json $(PY)

audit: $(AUDIT)/.ready
	$(AUDIT)/bin/pip-audit --strict --require-hashes --disable-pip -r requirements.lock

licences: $(VENV)/.ready $(AUDIT)/.ready
	$(PY) docs/licences.py $(AUDIT)/bin/pip-licenses

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
	$(PY) -m benchmarks.cpu

clean:
	rm -rf $(VENV) $(AUDIT) sbom.json .pytest_cache .hypothesis .ruff_cache
