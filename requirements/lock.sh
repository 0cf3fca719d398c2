#!/bin/sh
# Pins every dependency of pyproject.toml with hashes, for every supported Python and platform.
# Run with `make lock`. No index line is written: a machine's own settings say where packages come from.
set -eu
cd "$(dirname "$0")/.."
compile() {
    uv pip compile pyproject.toml "$@" --universal --python-version 3.12 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --quiet
}
compile --output-file requirements/base.txt
compile --group dev --output-file requirements/dev.txt
