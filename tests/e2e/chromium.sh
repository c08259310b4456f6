#!/bin/sh
# The browser tests need Chromium and a Chinese font, the examples of the README curl;
# installs Debian's where that can be done.
set -eu
if command -v chromium >/dev/null 2>&1 && command -v curl >/dev/null 2>&1; then
  exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    chromium fonts-wqy-microhei curl >/dev/null
  exit 0
fi
echo "the tests need chromium and curl: install them, then run make test again" >&2
exit 1
