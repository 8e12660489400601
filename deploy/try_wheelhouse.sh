#!/bin/sh
# Installs from a wheelhouse into an empty folder with an empty home, fills a database and checks it.
set -eu
PYTHON=$1
HOUSE=$(cd "$2" && pwd)
TRY=$(mktemp -d)
trap 'rm -rf "$TRY"' EXIT
(cd "$HOUSE" && sha256sum --quiet -c SHA256SUMS)
mkdir "$TRY/home"
tar -xzf "$HOUSE"/duibiao-*.tar.gz -C "$TRY" --strip-components=1
cd "$TRY"
HOME=$TRY/home
export HOME
unset PYTHONPATH DUIBIAO_DB PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_FIND_LINKS 2>/dev/null || true
"$PYTHON" -m venv --clear .venv
PIP_CONFIG_FILE=/dev/null .venv/bin/python -m pip install --quiet --disable-pip-version-check \
    --no-index --find-links "$HOUSE/wheels" -r requirements.txt
.venv/bin/python -m lib seed
.venv/bin/python -m lib check
.venv/bin/python -c "import app"
