# Everything a developer runs. A fresh machine needs Python 3.11+ and make; the rest goes into .venv by itself.

PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11 python,\
	$(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $(p))))
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet

.DEFAULT_GOAL := help
.PHONY: help install demo test check bench fix docs pins clean

help:  ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 10

# Runs again only when the pins or the project file change. The benchmarks' engines are native code without wheels
# for every machine, so that where they are missing only `make bench` suffers.
$(INSTALLED): pyproject.toml requirements/dev.txt requirements/bench.txt
	@test -n "$(PYTHON)" || { echo "telvet needs Python 3.11 or newer; none was found on the PATH" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "install Python's venv module (Debian: python3-venv)" >&2; exit 1; }
	@echo "installing into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@$(PIP) install --require-hashes --only-binary :all: -r requirements/bench.txt 2>/dev/null || echo "no wheels for the 'bench' extra here: skipped"
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

install: $(INSTALLED)  ## make .venv with telvet (editable) and every tool

demo: $(INSTALLED)  ## judge the example inventory on two dates, and decide what of a feed may go to a partner
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh scripts/demo.sh

test: $(INSTALLED)  ## run the tests
	@$(BIN)/python -m pytest -q

check: $(INSTALLED)  ## everything that must hold before a change is merged
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh scripts/check.sh

bench: $(INSTALLED)  ## measure telvet, and the engines it is compared with
	@$(BIN)/python benchmarks/run.py

fix: $(INSTALLED)  ## format, and mend what the linter can
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .

docs: $(INSTALLED)  ## write the generated pages, the output of shown commands and the pictures anew
	@$(BIN)/python scripts/build_reference.py
	@$(BIN)/python scripts/build_console.py
	@$(BIN)/python scripts/build_pictures.py

pins: $(INSTALLED)  ## raise requirements/*.txt to the newest releases
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh scripts/pin.sh

clean:  ## remove what the tools made
	@rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .coverage htmlcov
	@find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
