# The verbs of quietlegs. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
ROOMS := .venv-rooms
BENCH := .venv-bench
DEBIAN := chromium-headless-shell libatomic1
CLUSTERS := /etc/postgresql-common/createcluster.d
AS_ROOT := $(if $(filter 0,$(shell id -u)),,sudo)
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1

.PHONY: help setup run test check slow fix bench docs words rooms browser database audit sbom attack harm

help: ## list the verbs
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 14

# Debian's own pip refuses to install beside the system, and a bare Debian has no ensurepip:
# so the environment is made without pip, and the system's pip only puts uv into it.
$(UV):
	@echo "Making $(VENV) ..."
	@python3 -m venv --without-pip $(VENV)
	@python3 -m pip --python $(BIN)/python install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.run: pyproject.toml uv.lock | $(UV)
	@echo "Installing quietlegs (a minute the first time) ..."
	@$(UV) sync --quiet --locked --inexact --compile-bytecode
	@touch $@

$(VENV)/.test: pyproject.toml uv.lock | $(UV)
	@echo "Installing what the tests need ..."
	@$(UV) sync --quiet --locked --inexact --compile-bytecode --group test
	@touch $@ $(VENV)/.run

# Node comes as a wheel, so that no machine needs one of its own; npm trusts the certificates that the machine trusts.
$(VENV)/.node: pyproject.toml uv.lock package.json package-lock.json .npmrc | $(UV)
	@echo "Installing what checks the scripts ..."
	@$(UV) sync --quiet --locked --inexact --compile-bytecode --group test --group node
	@PATH="$(CURDIR)/$(BIN):$$PATH" NODE_USE_SYSTEM_CA=1 npm ci --loglevel=error
	@touch $@

setup: $(VENV)/.test browser database ## install everything that working on quietlegs needs

# The browser tests need a browser, and the Node inside Playwright needs libatomic, which a bare Debian lacks.
browser:
	@dpkg -s $(DEBIAN) >/dev/null 2>&1 || { echo "Installing Debian's $(DEBIAN) ..."; \
	  $(AS_ROOT) apt-get update -qq && $(AS_ROOT) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(DEBIAN) >/dev/null; }

# The tests start a server of their own, in a folder of its own; Debian's would start one for the whole machine as well.
database:
	@dpkg -s postgresql >/dev/null 2>&1 || { echo "Installing Debian's postgresql ..."; \
	  $(AS_ROOT) mkdir -p $(CLUSTERS) && echo "create_main_cluster = false" | $(AS_ROOT) tee $(CLUSTERS)/quietlegs.conf >/dev/null; \
	  $(AS_ROOT) apt-get update -qq && $(AS_ROOT) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null; \
	  done=$$?; $(AS_ROOT) rm $(CLUSTERS)/quietlegs.conf; exit $$done; }

run: $(VENV)/.run ## start quietlegs at http://127.0.0.1:8000 (PORT=... for another port)
	@exec $(BIN)/quietlegs serve --port $(or $(PORT),8000)

test: setup ## run all tests but the slow ones and the sweeps
	@$(BIN)/pytest -n 4 --dist worksteal -q -m "not slow and not sweep"

check: setup $(VENV)/.node rooms ## what CI checks beside the tests: lint, types, floors, sizes, lock, and sweeps over every page and address
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/bandit -q -c pyproject.toml -r src
	@$(BIN)/mypy
	@$(BIN)/node node_modules/typescript/bin/tsc --project tsconfig.json
	@$(BIN)/node node_modules/typescript/bin/tsc --project tsconfig.worker.json
	@$(BIN)/pytest -q tests/formats/test_fhir_judged.py
	@$(BIN)/pytest -n 4 --dist worksteal -q -m "sweep and not slow"
	@$(BIN)/lint-imports
	@$(UV) lock --check --quiet
	@$(BIN)/python bench/house.py

rooms: $(VENV)/.test ## run the rooms' tests where Django is not installed
	@UV_PROJECT_ENVIRONMENT=$(ROOMS) $(UV) sync --quiet --locked --only-group rooms
	@! $(ROOMS)/bin/python -c "import django" 2>/dev/null || { echo "Django is installed in $(ROOMS)"; exit 1; }
	@PYTHONPATH=src $(ROOMS)/bin/python -m pytest -q tests/records tests/library tests/formats tests/trials tests/cues tests/plan tests/report tests/sheet tests/words/test_language.py tests/test_day.py

slow: setup ## run the slow tests too, and the truth: simulated people whose answer is known (hours; can be stopped)
	@$(BIN)/pytest -n 2 -q -m "slow or not slow"
	@$(BIN)/python -m tests.browser.sync_run
	@$(BIN)/python -m tests.reliability.held
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.truth.onset --anew
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.truth.run

fix: $(VENV)/.test ## let the tools mend what they can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.test $(VENV)/.node browser ## measure sizes, speed, axe's and Lighthouse's points, and hold the answers against NUTS and SARIMAX (half an hour)
	@$(BIN)/python bench/house.py
	@$(BIN)/python bench/start.py
	@$(BIN)/python bench/report.py
	@$(BIN)/python bench/export.py
	@$(BIN)/python bench/imports.py
	@$(BIN)/python bench/devices.py
	@$(BIN)/python bench/flat.py
	-@$(BIN)/python -m bench.load sqlite postgres
	-@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.pages
	-@PYTHONPATH=. $(BIN)/python bench/phone.py
	-@PYTHONPATH=. $(BIN)/python bench/timer.py
	-@PYTHONPATH=docs/using:. $(BIN)/python bench/axe.py
	@$(BIN)/python bench/lighthouse.py
	@UV_PROJECT_ENVIRONMENT=$(BENCH) $(UV) sync --quiet --locked --only-group bench
	@OPENBLAS_NUM_THREADS=1 PYTHONPATH=src:. $(BENCH)/bin/python bench/trials.py

# It asks PyPI of each package by its exact version; where that cannot be, or one is not known there, it fails.
audit: | $(UV) ## ask PyPI for known weaknesses in what quietlegs installs (needs a network, and fails without)
	@mkdir -p build
	@$(UV) export --quiet --locked --no-dev --no-emit-project --all-extras --format requirements-txt --output-file build/requirements.txt >/dev/null
	@$(UV) tool run --from pip-audit==2.10.1 pip-audit --strict --disable-pip --require-hashes -r build/requirements.txt

sbom: | $(UV) ## write what quietlegs is made of into build/quietlegs.cdx.json (CycloneDX 1.5, with hashes)
	@mkdir -p build
	@$(UV) export --quiet --locked --no-dev --all-extras --format cyclonedx1.5 --output-file build/quietlegs.cdx.json >/dev/null
	@echo "Written: build/quietlegs.cdx.json"

attack: $(VENV)/.test $(VENV)/.node ## let wapiti and sqlmap loose on a running quietlegs, one person's and a group's, and ask MDN's Observatory (an hour and more)
	@PYTHONPATH=. $(BIN)/python bench/observatory.py
	@PYTHONPATH=. $(BIN)/python bench/attack.py

docs: $(VENV)/.test ## write the commands' own help into docs/using/commands.md
	@$(BIN)/python docs/using/write_commands.py

words: $(VENV)/.test ## gather the words people read, merge them into every language, compile them
	@$(BIN)/python -m tests.words.gather
