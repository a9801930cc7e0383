# make demo: set up, index the sample, serve the page.  make test: set up, pass every test.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000

.PHONY: demo test soak test-whoosh3 pictures audit clean

demo: .venv/ready
	$(BIN)/timhtx rebuild corpus/sample --data var || [ $$? -eq 1 ]
	$(BIN)/timhtx serve --data var --port $(PORT)

test: .venv/ready-to-test
	$(BIN)/python -m pytest $(ARGS)

soak: .venv/ready-to-test
	$(BIN)/python -m pytest -m soak $(ARGS)

.venv/ready: setup.cfg pyproject.toml requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $@

.venv/ready-to-test: .venv/ready
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	tests/get-browser.sh $(BIN)/python
	touch $@

# The way out if Python outgrows Whoosh 2.7.4: the same tests on its successor, in a place of their own.
test-whoosh3: .venv/ready-to-test
	rm -rf .venv-whoosh3 && $(PYTHON) -m venv .venv-whoosh3
	.venv-whoosh3/bin/python -m pip install --quiet --editable '.[test]'
	.venv-whoosh3/bin/python -m pip uninstall --quiet --yes Whoosh
	.venv-whoosh3/bin/python -m pip install --quiet whoosh3==3.54.0
	.venv-whoosh3/bin/python -m pytest $(ARGS)

pictures: .venv/ready-to-test
	$(BIN)/python benchmarks/pictures.py docs/pictures

audit: .venv/ready
	$(BIN)/python -m pip install --quiet pip-audit
	$(BIN)/python -m pip_audit --requirement requirements.txt --disable-pip

clean:
	rm -rf .venv .venv-whoosh3 var build dist *.egg-info
