# What is done with this project, each by one word. `make help` lists them.

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test stress bench proof pictures lint format messages lock clean

help: ## this list
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  make \1\t\2/p' Makefile | expand -t 20

run: .venv/for-use ## a newsroom with its demo stories on this machine (HOST, PORT, DATABASE_URL)
	@exec $(BIN)/python -m newsroom.run

test: .venv/for-work ## the whole suite on SQLite and PostgreSQL, in a browser too (ARGS go to pytest)
	@exec tests/run $(ARGS)

stress: .venv/for-work ## many clients at once, on both databases
	@exec tests/run -n 0 -m stress $(ARGS)

bench: .venv/for-use .venv-bench/for-use ## how fast it is beside its peers: a table (ARGS, as in ARGS="--quick")
	@exec tests/bench/run $(ARGS)

proof: .venv/for-work ## the readers' pages by Lighthouse, axe-core, html-validate and the Nu checker
	@exec tests/proof/run $(ARGS)

pictures: .venv/for-work ## the pictures of docs/pages.md and docs/screens.md, taken of the demo newsroom
	@exec $(BIN)/python -m tests.proof.pictures

lint: export NEWSROOM_DEBUG = 1
lint: .venv/for-work ## style, types, layers, templates, migrations, and the settings of production
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	.ci/check-production

format: .venv/for-work ## puts the Python files in their form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

messages: .venv/for-work ## gathers the texts to translate, and compiles the translations
	$(BIN)/python manage.py makemessages --all --no-obsolete --no-wrap --add-location file
	$(BIN)/python manage.py compilemessages --ignore '.venv*' --verbosity 0

lock: .venv/for-work ## newest versions within pyproject.toml, written to uv.lock and both requirement files
	$(BIN)/uv lock --upgrade
	$(BIN)/uv export --quiet --no-emit-project --no-dev -o requirements.txt
	$(BIN)/uv export --quiet --no-emit-project -o requirements-dev.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		tests/bench/requirements.in -o tests/bench/requirements.txt

clean: ## removes what can be made again; keeps the database, the pictures and the demo password
	rm -rf .venv .venv-* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis staticfiles
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@python=$$(.ci/find-python 11) && rm -rf .venv && $$python -m venv .venv

.venv-bench/bin/python:
	@python=$$(.ci/find-python 11) && rm -rf .venv-bench && $$python -m venv .venv-bench

# A stamp is older than its requirements when they have changed since they were installed.
.venv/for-use: requirements.txt | .venv/bin/python
	@echo "Installing what the newsroom needs…"
	@$(PIP) -r requirements.txt && touch $@

.venv/for-work: requirements-dev.txt | .venv/bin/python
	@echo "Installing what work on the newsroom needs…"
	@$(PIP) -r requirements-dev.txt && touch $@

.venv-bench/for-use: tests/bench/requirements.txt | .venv-bench/bin/python
	@echo "Installing what the newsroom is compared with…"
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $< && touch $@
