# Without make: python3 dev.py run|test|check|bench|burden
PYTHON ?= python3

.PHONY: run test check bench burden fmt coverage screenshots

run:
	@exec $(PYTHON) dev.py run

test:
	@exec $(PYTHON) dev.py test

check:
	@exec $(PYTHON) dev.py check

bench:
	@exec $(PYTHON) dev.py bench

burden:
	@exec $(PYTHON) dev.py burden

fmt:
	@.venv/bin/ruff check --fix --select I .; .venv/bin/ruff format .
	@.venv/bin/djangofmt check --fix templates; .venv/bin/djangofmt templates

coverage:
	@.venv/bin/coverage run -m pytest -q && .venv/bin/coverage combine -q && .venv/bin/coverage report

screenshots:
	@.venv/bin/python -m tools.screenshots
