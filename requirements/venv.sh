#!/bin/sh
# Makes the virtual environment named by $1 with the first Python 3.12 or later that answers.
set -eu
for candidate in "${PYTHON:-python3}" python3.13 python3.14 python3.12 python3 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then
        "$candidate" -m venv "$1" && exit 0
        rm -rf "$1"
    fi
done
found=$(python3 --version 2>&1 || echo "no python3")
echo "plumbline: needs Python 3.12 or later with venv; found $found. Set PYTHON to one." >&2
exit 1
