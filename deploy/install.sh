#!/bin/sh
# Puts a wheelhouse beside the versions that are there and makes it the current one: sh install.sh WHEELHOUSE [FOLDER] [PYTHON]
# FOLDER (/opt/duibiao) gets releases/<version> and the link `current`. Nothing that runs is touched: restart the service afterwards.
set -eu
HOUSE=$(cd "$1" && pwd)
FOLDER=${2:-/opt/duibiao}
PYTHON=${3:-python3.11}
(cd "$HOUSE" && sha256sum --quiet -c SHA256SUMS)
TREE=$(ls "$HOUSE"/duibiao-*.tar.gz)
NAME=$(basename "$TREE" .tar.gz)
PLACE=$FOLDER/releases/$NAME
test ! -e "$PLACE" || { echo "$PLACE is there already" >&2; exit 2; }
mkdir -p "$PLACE"
tar -xzf "$TREE" -C "$PLACE" --strip-components=1
"$PYTHON" -m venv "$PLACE/.venv"
"$PLACE/.venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --no-index --find-links "$HOUSE/wheels" -r "$PLACE/requirements.txt"
(cd "$PLACE" && .venv/bin/python -m compileall -q lib pages app.py)
ln -sfn "releases/$NAME" "$FOLDER/current"
echo "$NAME is current"
