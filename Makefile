# make demo: set up, index the sample, serve the page.  make test: set up, pass every test.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000

.PHONY: demo test soak pictures clean

demo: .venv/ready
	$(BIN)/timhtx rebuild corpus/sample --data var || [ $$? -eq 1 ]
	$(BIN)/timhtx serve --data var --port $(PORT)

test: .venv/ready-to-test
	$(BIN)/python -m pytest $(ARGS)

soak: .venv/ready-to-test
	$(BIN)/python -m pytest -m soak $(ARGS)

.venv/ready: setup.cfg pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/ready-to-test: .venv/ready
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	tests/get-browser.sh $(BIN)/python
	touch $@

clean:
	rm -rf .venv var build dist *.egg-info
