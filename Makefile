# Portal KIM. `make run` and `make test` do all the set-up by themselves.
PYTHON ?= $(shell for python in python3.12 python3.11 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$python; break; }; done)
BIN = .venv/bin
STACK = $(BIN)/python -m kimportal.stack
# Settings of production with made-up values: what `check --deploy` looks at.
PRODUCTION = env DJANGO_ENV=production SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
	DATABASE_URL=postgres://portal@localhost/portal REDIS_URL=redis://localhost:6379/0 \
	ALLOWED_HOSTS=portal.example PORTAL_URL=https://portal.example EMAIL_URL=smtp://localhost:25

.DEFAULT_GOAL := help
.PHONY: help run test check format messages bench-fanout bench-mail bench-inbox bench-killing bench-newsroom bench-photos bench-registry \
	manage clean setup python

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'
	@echo '  PORT=8001 make run         another port'
	@echo '  DEMO=no make run           without demo data'
	@echo '  PYTHON=python3.12 make     another Python, 3.11 or newer'

run: setup ## Run the portal: web, worker, beat, PostgreSQL and Redis
	@exec $(STACK) run

test: python ## Run every test, browser journeys included (ARGS="tests/articles -x" for some)
	@$(PYTHON) -I kimportal/stack/bootstrap.py --browser
	$(STACK) exec -- $(BIN)/python -m pytest -n 2 --dist worksteal --create-db $(ARGS)

check: setup ## Check format, lint, types, imports, migrations, translations, production settings
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m kimportal.catalog check
	$(STACK) exec -- $(BIN)/python manage.py makemigrations --check --dry-run
	@$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

format: setup ## Format the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: setup ## Collect the strings to translate into locale/
	$(BIN)/python -m kimportal.catalog extract

bench-fanout: setup ## Measure a fan-out against the bare INSERT … SELECT (ARGS="--followers 1000000")
	$(STACK) exec -- $(BIN)/python -m benchmarks.fanout $(ARGS)

bench-registry: setup ## Measure the registry with a KIM in each village (ARGS="--communities 5000")
	$(STACK) exec -- $(BIN)/python -m benchmarks.registry $(ARGS)

bench-newsroom: setup ## Measure news, corrections, reports and inboxes (ARGS="--articles 100000 --only desk")
	$(STACK) exec -- $(BIN)/python -m benchmarks.newsroom $(ARGS)

bench-mail: setup ## Measure mails against a bare smtplib loop (ARGS="--mails 10000 --senders 2")
	$(STACK) exec -- $(BIN)/python -m benchmarks.mail $(ARGS)

bench-inbox: setup ## Measure the header and the inbox with fifty million rows (ARGS="--rows 5000000")
	$(STACK) exec -- $(BIN)/python -m benchmarks.header_count $(ARGS)

bench-killing: setup ## Kill workers, Redis and PostgreSQL while 20,000 are told (ARGS="--people 2000 --kills 4")
	$(BIN)/python -m benchmarks.killing $(ARGS)

bench-photos: setup ## Measure a worker's memory over photos of every kind and fault
	$(STACK) exec -- $(BIN)/python -m benchmarks.photos $(ARGS)

manage: setup ## Run one of Django's commands: make manage ARGS="shell"
	@$(STACK) exec -- $(BIN)/python manage.py $(ARGS)

clean: ## Remove what the set-up and the portal have made: data, .venv, caches
	@[ ! -x $(BIN)/python ] || $(STACK) remove
	rm -rf .local .venv staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup: python
	@$(PYTHON) -I kimportal/stack/bootstrap.py

python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed: apt-get install python3 python3-venv"; exit 1; }
