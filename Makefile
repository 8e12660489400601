# Everything a fresh clone needs: `make run` serves the app, `make test` runs every test.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: run test lint format bench torture screenshots lock wheelhouse seed chromium clean

run: seed
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/.dev chromium lint
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not browser" tests
	$(BIN)/python -m pytest -m browser tests/browser

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev chromium
	$(BIN)/python -m bench

# Kills processes, fills disks (a small one of its own, as root), turns the clock, tears files: a table, and exit code 1 when something is lost.
torture: $(VENV)/.run
	$(BIN)/python -m torture

# Every page in every size and on both grounds, in var/screenshots: to be looked at.
screenshots: $(VENV)/.dev chromium
	$(BIN)/python -m tests.browser.screenshots

seed: $(VENV)/.run
	$(BIN)/python -m lib seed

chromium:
	sh tests/browser/install_chromium.sh

# Needs `uv` on the machine; only for whoever changes requirements*.in.
lock:
	uv pip compile --universal --python-version 3.11 --no-header -q requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --no-header -q requirements-dev.in -o requirements-dev.txt

# Wheels and the tree for a machine without internet, tried out, in var/wheelhouse (docs/deployment.md).
wheelhouse:
	sh deploy/wheelhouse.sh $(PYTHON)

$(VENV)/.run: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, found " + sys.version)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) var
