#!/bin/sh
# Everything for a machine without internet, in var/wheelhouse: the wheels of requirements.txt and the tree itself, tried out by
# installing from there alone. Run it (make wheelhouse) on a machine with internet, of the same kind as the one it is for:
# the same system, processor and Python. Wheels that only another system needs are not among them.
set -eu
PYTHON=$1
OUT=var/wheelhouse
rm -rf "$OUT"
mkdir -p "$OUT/wheels"
"$PYTHON" -m pip wheel --quiet --disable-pip-version-check -r requirements.txt -w "$OUT/wheels"
VERSION=$(git rev-parse --short HEAD)
git archive --prefix="duibiao-$VERSION/" -o "$OUT/duibiao-$VERSION.tar.gz" HEAD
(cd "$OUT" && sha256sum wheels/*.whl ./*.tar.gz > SHA256SUMS)
# Without a network at all where the system can do that, else only without an index.
if unshare -rn true 2>/dev/null; then
    unshare -rn sh deploy/try_wheelhouse.sh "$PYTHON" "$OUT"
    echo "tried without any network"
else
    sh deploy/try_wheelhouse.sh "$PYTHON" "$OUT"
    echo "tried without an index, but the network was there: this system cannot take it away"
fi
du -sh "$OUT"
