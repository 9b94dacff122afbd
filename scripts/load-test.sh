#!/usr/bin/env bash
# Sends requests to a page at a steady rate, and fails when it does not keep up. Nothing else is measured than this page.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: load-test.sh -u URL [-r RATE] [-d SECONDS] [-c CONNECTIONS] [-l MILLISECONDS]
       load-test.sh -h

Sends requests to a page of your own at a steady rate, and fails when one is refused or answered with an error, or when one in
a hundred takes too long. docs/systems/wordpress-mysql.md says what to watch meanwhile.

  -u  the page, such as http://wordpress.example.org/
  -r  requests per second; default: 10
  -d  for how many seconds; default: 60
  -c  connections at a time; default: 20
  -l  limit for 99 of 100 answers, in milliseconds; default: 1000
TEXT
}

fail() {
  echo "${0##*/}: $*" >&2
  exit 2
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
url='' rate=10 seconds=60 connections=20 limit=1000
if [ $# -eq 0 ]; then
  usage
  exit 0
fi
while getopts ":u:r:d:c:l:h" option; do
  case $option in
    u) url=$OPTARG ;;
    r) rate=$OPTARG ;;
    d) seconds=$OPTARG ;;
    c) connections=$OPTARG ;;
    l) limit=$OPTARG ;;
    h)
      usage
      exit 0
      ;;
    :) fail "-$OPTARG needs a value (-h shows how to call it)" ;;
    *) fail "there is no option -$OPTARG (-h shows how to call it)" ;;
  esac
done
[[ $url =~ ^https?:// ]] || fail "-u wants an address that begins with http:// or https://, got '$url'"
for number in "$rate" "$seconds" "$connections" "$limit"; do
  [[ $number =~ ^[1-9][0-9]*$ ]] || fail "-r, -d, -c and -l want whole numbers from 1, got '$number'"
done
command -v npx >/dev/null || fail "not installed: npm"

cd "$root"
# shellcheck disable=SC2016
npx autocannon --json --no-progress --overallRate "$rate" --duration "$seconds" --connections "$connections" "$url" |
  LIMIT=$limit node -e '
    const result = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
    const { latency, errors, timeouts, non2xx } = result;
    const answered = result["2xx"] + result["3xx"];
    console.log(`${answered} good answers, ${non2xx - result["3xx"]} bad ones, ${errors} errors, ${timeouts} timeouts`);
    console.log(`half within ${latency.p50} ms, 99 of 100 within ${latency.p99} ms, the slowest took ${latency.max} ms`);
    const good = answered > 0 && non2xx === result["3xx"] && errors === 0 && latency.p99 <= Number(process.env.LIMIT);
    console.log(good ? "It kept up." : `It did not keep up: wanted no failure, and 99 of 100 within ${process.env.LIMIT} ms.`);
    process.exit(good ? 0 : 1);
  '
