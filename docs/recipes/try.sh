#!/bin/sh
# Runs each recipe whose tool is here, against a server with the site `blog` and comments under /pears/ and /pears.html, and says
# whether the built page holds them: docs/recipes/try.sh http://127.0.0.1:8788 "words of a comment"
set -eu

server=$1
words=$2
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cp -R "$here/." "$folder"
find "$folder" -type f -exec sed -i "s|https://comments.example|$server|g" {} +

holds() {
  if grep -q '<template shadowrootmode="open">' "$2" && grep -qF "$words" "$2"; then
    echo "$1: the page holds the thread"
  else
    echo "$1: the page does not hold the thread"
    failed=1
  fi
}

failed=
cd "$folder/curl" && ./build.sh && holds "curl $(curl --version | head -1 | cut -d' ' -f2)" pears.html

if command -v "${HUGO:=hugo}" > /dev/null; then
  cd "$folder/hugo"
  version=$($HUGO version | sed 's/.*hugo v\([0-9.]*\).*/\1/' | tail -1)
  case $version in 0.[0-9].* | 0.[0-9][0-9].* | 0.1[0-3]*.* | 0.140.*) cp before-0.141/comments.html layouts/partials/ ;; esac
  # Hugo asks no server of this machine unless told to.
  HUGO_SECURITY_HTTP_URLS=".*" $HUGO --quiet && holds "hugo $version" public/pears/index.html
fi

if command -v zola > /dev/null; then
  cd "$folder/zola" && zola build > /dev/null && holds "$(zola --version)" public/pears/index.html
fi

if command -v "${ELEVENTY:=eleventy}" > /dev/null; then
  cd "$folder/eleventy" && $ELEVENTY --quiet && holds "eleventy $($ELEVENTY --version)" _site/pears/index.html
fi

if command -v nginx > /dev/null; then
  cd "$folder/nginx"
  nginx -p "$PWD/" -c nginx.conf 2> log &
  curl --silent --retry 20 --retry-connrefused --retry-delay 1 --output page.html http://127.0.0.1:8080/pears/ || cat log
  kill $!
  holds "$(nginx -v 2>&1 | sed 's/.*: //')" page.html
fi
test -z "$failed"
