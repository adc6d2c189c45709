# All that a person or a machine does here. Each target sets up first what it needs.
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
PORT ?= 8000
PYTHON := .venv/bin/python
# a portal of five processes reads what was compiled once, whatever the machine says
unexport PYTHONDONTWRITEBYTECODE
SERVICES := $(PYTHON) -m mvi_portal.devservices
.PHONY: help setup demo letter manage test coverage check fix lock screenshots bench test-images clean

help: ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' Makefile

setup: ## Python, PostgreSQL and front-end packages in this folder; quick when nothing changed
	@scripts/setup

demo: setup ## the portal with demonstration data at http://127.0.0.1:$(PORT), until Ctrl-C
	@$(SERVICES) demo --port "$(PORT)"

letter: setup ## the progress letter of 2025 as a PDF in var/out, built by a real worker
	@$(SERVICES) letter

manage: setup ## any management command: make manage ARGS="figures --on 2025-01-31 --json"
	@$(SERVICES) manage -- $(ARGS)

test: setup ## all tests; ARGS="-k word" for some
	@$(SERVICES) run -- $(PYTHON) -m pytest -n 2 $(ARGS)

coverage: setup ## all tests once more, telling which lines and branches they miss (half as slow again)
	@$(SERVICES) run -- $(PYTHON) -m pytest -n 2 --cov --cov-report=term $(ARGS)

check: setup ## style, types, layers, templates, migrations, locks
	@$(SERVICES) run -- $(PYTHON) scripts/check.py

fix: setup ## put style right where a machine can
	@$(PYTHON) -m ruff check --fix --quiet . ; $(PYTHON) -m ruff format --quiet .

lock: setup ## the newest requirements that fit pyproject.toml and package.json
	@$(PYTHON) scripts/lock.py

screenshots: setup ## a picture of every page, in two widths, in var/screenshots
	@$(SERVICES) run -- env DJANGO_SETTINGS_MODULE=mvi_portal.settings $(PYTHON) -m tests.e2e.screenshots

bench: setup ## every measured promise, one line each
	@$(SERVICES) run -- $(PYTHON) -m bench $(ARGS)

test-images: setup ## the portal in containers, built and started for real (Debian, as root); apart from make test
	@$(PYTHON) -m tests.images

clean: ## remove what was made here: data, caches, a private database; the next command sets up again
	@scripts/clean
