#!/bin/sh
# Finds or installs what the browser tests need: a Chromium and a font with Chinese glyphs (Debian's packages).
set -eu
need=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || need="chromium"
if ! command -v fc-list >/dev/null 2>&1 || [ -z "$(fc-list :lang=zh-cn family 2>/dev/null | head -n 1)" ]; then
  need="$need fontconfig fonts-noto-cjk"
fi
[ -n "$need" ] || exit 0
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
command -v apt-get >/dev/null 2>&1 || { echo "please install:$need" >&2; exit 1; }
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $need >/dev/null
