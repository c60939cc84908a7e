# On a fresh machine `make run` serves the site and `make test` passes, neither needing the other.
# Override: PORT=8000 VENV=.venv PYTHON=python3.12 DATA_DIR=var
PORT ?= 8000
VENV ?= .venv
DATA_DIR ?= var
export DATA_DIR := $(abspath $(DATA_DIR))
SITE_URL ?= http://127.0.0.1:$(PORT)
BIN := $(VENV)/bin
LOCK := uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock"

.PHONY: run test check lock bench openapi messages clean

run: $(VENV)/run.done
	@deploy/secret_key $(DATA_DIR)
	@SITE_URL=$(SITE_URL) $(BIN)/python manage.py first_start
	@SITE_URL=$(SITE_URL) $(BIN)/gunicorn portal.wsgi --config deploy/gunicorn.py --bind 127.0.0.1:$(PORT)

test: $(VENV)/test.done
	$(BIN)/pytest -n auto --dist loadscope --no-loadscope-reorder -m "not browser"

check: $(VENV)/dev.done
	PATH="$(abspath $(BIN)):$$PATH" .ci/check

lock: $(VENV)/dev.done
	$(BIN)/$(LOCK) pyproject.toml -o requirements/run.txt
	$(BIN)/$(LOCK) --extra postgres --extra redis pyproject.toml -o requirements/large.txt
	$(BIN)/$(LOCK) --extra test pyproject.toml -o requirements/test.txt
	$(BIN)/$(LOCK) --extra test --extra dev pyproject.toml -o requirements/dev.txt

bench: $(VENV)/test.done
	$(BIN)/python -m bench

openapi: $(VENV)/test.done
	$(BIN)/python manage.py openapi --write

messages: $(VENV)/test.done
	$(BIN)/python manage.py makemessages --locale en --no-obsolete --no-wrap --no-location --ignore '.venv/*' --ignore 'tests/*'
	$(BIN)/python manage.py compilemessages --ignore .venv --ignore var

clean:
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# A stamp for each lock file: installed again only when the lock changed.
$(VENV)/%.done: requirements/%.txt deploy/venv
	@deploy/venv $(VENV) requirements/$*.txt
	@touch $@
