# Two commands set up everything they need: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test deep lint types bench update clean

demo: $(READY)
	@$(BIN)/python examples/demo.py

# A file of tests stays with one worker: what a module computes once is computed once.
test: $(READY)
	$(BIN)/python -m pytest -n auto --dist loadfile

deep: $(READY)
	$(BIN)/python -m pytest --deep -n auto --dist loadfile

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

bench: $(READY)
	@for script in benchmarks/bench_*.py; do $(BIN)/python $$script || exit 1; done

# Rewrites the golden files; whoever accepts the diff answers for it.
update: $(READY)
	$(BIN)/python -m pytest --update
	@git --no-pager diff --stat -- tests examples 2>/dev/null || true

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch $(READY)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
