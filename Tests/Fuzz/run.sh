#!/usr/bin/env bash
# Fuzzes each reader, beginning with what is in Corpus; an input that fails is left in .build-fuzz/found.
# usage: run.sh PROGRAM SECONDS [READER...]
set -euo pipefail
program=$(realpath "$1")
seconds=$2
corpus=$(cd "$(dirname "$0")" && pwd)/Corpus
shift 2
[ $# -gt 0 ] || set -- $(ls "$corpus")
# Swift's own report of a trap hangs under AddressSanitizer; libFuzzer's is enough.
export SWIFT_BACKTRACE=enable=no
found=$(dirname "$(dirname "$program")")/../found
mkdir -p "$found"
failed=
for reader in "$@"; do
  mkdir -p "$found/$reader"
  if "$program" "$reader" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=3000 \
    -artifact_prefix="$found/$reader-" "$found/$reader" "$corpus/$reader" > "$found/$reader.log" 2>&1; then
    echo "fuzz: $reader: $(tail -n 1 "$found/$reader.log")"
  else
    echo "fuzz: $reader failed; see $found/$reader.log" >&2
    failed=yes
  fi
done
[ -z "$failed" ]
