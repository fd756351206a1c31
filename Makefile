# The two commands of the house are `make run` and `make test`; `make help` lists all.
PORT ?= 8000
PYTHON ?= python3
# Test processes side by side.
JOBS ?= 2
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
STATIC_SOURCES := $(shell find static -type f 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run dev test test-pure test-rest check format demo bench static accounts port

help: ## Shows this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

var/venv-run: requirements.txt
	@sh tools/venv.sh "$(PYTHON)" "$(VENV)" requirements.txt
	@mkdir -p var && touch $@

var/venv-dev: requirements.txt requirements-dev.txt
	@sh tools/venv.sh "$(PYTHON)" "$(VENV)" requirements-dev.txt
	@mkdir -p var && touch var/venv-run $@

var/static-done: $(STATIC_SOURCES) var/venv-run
	@echo "Gathering static files…"
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@

port:
	@sh tools/port.sh "$(PYTHON)" "$(PORT)"

run: port var/venv-run var/static-done ## Starts the site with its demo on PORT (8000)
	@$(MANAGE) start_embedded
	@echo "The site: http://localhost:$(PORT)/   staff: http://localhost:$(PORT)/quan-tri/   Ctrl+C stops it."
	@export DJANGO_SETTINGS_MODULE=config.settings.dev BASE_URL=$${BASE_URL:-http://localhost:$(PORT)} \
	  BIND=$${BIND:-0.0.0.0:$(PORT)} WEB_CONCURRENCY=1; \
	  $(MANAGE) embedded_timers & exec $(BIN)/gunicorn --config site/gunicorn.conf.py

dev: port var/venv-dev ## Starts the site with debug pages and reloading
	@DEBUG=1 $(MANAGE) migrate --verbosity 0
	@DEBUG=1 $(MANAGE) runserver $(PORT)

demo: var/venv-run ## Loads the demo college (again changes nothing)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo

test: var/venv-dev ## Runs all tests on the database of DATABASE_URL (SQLite by default)
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup

test-pure: var/venv-dev
	@$(BIN)/python -m pytest -m pure

test-rest: var/venv-dev
	@$(BIN)/python -m pytest -m "not pure" -n $(JOBS) --dist loadgroup

check: var/venv-dev ## Lint, templates, types, import contracts, Django's checks, missing migrations
	@sh tools/check.sh "$(BIN)"

format: var/venv-dev ## Formats Python and templates
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .
	@find templates -name '*.html' | xargs $(BIN)/djade --target-version 5.2 || true

bench: var/venv-dev var/static-done ## Measures speed and weight; prints figures, fails on nothing
	@$(BIN)/python tools/bench.py
	@$(BIN)/python tools/bench_units.py
	@$(BIN)/python tools/bench_activities.py
	@$(BIN)/python tools/bench_library.py
	@$(BIN)/python tools/bench_import.py
	@$(BIN)/python tools/bench_pack.py
	@$(BIN)/python tools/bench_registration.py
	@$(BIN)/python tools/bench_reports.py
	@$(BIN)/python tools/bench_awards.py
