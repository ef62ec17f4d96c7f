#!/usr/bin/env bash
# Runs one check of `make test`, prints its time and what it said, and says once more at the end if it failed.
# usage: check.sh NAME COMMAND...
name=$1
shift
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
"$@" > "$log" 2>&1 || status=$?
echo "--- $name, $SECONDS s"
cat "$log"
[ "$status" -eq 0 ] || echo "✘ $name failed with $status: $(tail -n 5 "$log" | tr '\n' ' ')"
exit "$status"
