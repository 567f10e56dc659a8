# Everything a developer or an operator types; a fresh machine needs only Python 3.11+ and make.
PURE := $(foreach name,clock seal reading docket tables typesetting protocol mechanisms,src/fuyuantong/$(name)) $(foreach name,catalogue refusal plans/evidence plans/suggesting plans/periods plans/progress plans/task_table,src/fuyuantong/$(name).py)

.PHONY: setup demo run test lint bench soak

setup:
	@.ci/setup

demo: setup
	@.venv/bin/fyt prepare

run: setup
	@.venv/bin/fyt serve

# three processes on two cores: while one waits for a browser or a killed server, another works
test: setup
	@.ci/browser
	@PYTEST_PLUGINS=tests.measuring .venv/bin/python -m pytest -n 3 --dist worksteal -m "not soak"

lint: setup
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy --strict $(PURE)
	@.venv/bin/lint-imports
	@.venv/bin/python -W ignore::RuntimeWarning -m django makemigrations --check --dry-run --settings fuyuantong.conf.settings

bench: setup
	@.venv/bin/python -m tests.bench

soak: setup
	@.venv/bin/pytest -m soak
