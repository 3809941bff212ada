#!/bin/sh
# Builds each NAME.src.html into NAME.html, with the thread of the page /NAME.html in its source.
set -eu

server=https://comments.example
site=blog

for source in *.src.html; do
  page=${source%.src.html}.html
  thread=$(mktemp)
  # Without an answer the page is built all the same, and its script asks for the thread.
  curl --fail --silent --show-error --max-time 10 --output "$thread" --get "$server/v1/thread.html" \
    --data as=declarative --data site="$site" --data lang=en --data-urlencode page="/$page" || :
  sed "/<!-- comments -->/r $thread" "$source" > "$page"
  rm "$thread"
done
