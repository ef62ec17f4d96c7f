#!/usr/bin/env bash
# Compares the help text of every command with the file in Tests/EndToEnd/Help that holds it.
# usage: help.sh FOLDER_WITH_THE_COMMANDS [--update]    with --update, writes the files anew
set -euo pipefail
bin=$(cd "$1" && pwd)
snapshots=$(cd "$(dirname "$0")" && pwd)/Help
export COLUMNS=80
now=$(mktemp -d)
trap 'rm -rf "$now"' EXIT

# The names of a command's subcommands, as its help lists them.
subcommands() { awk '/^SUBCOMMANDS:/ { list = 1; next } list && /^  [a-z]/ { print $1 } list && /^$/ { exit }'; }

for command in augment distill-bilstm compare-students; do
  "$bin/$command" --help > "$now/$command.txt"
  for subcommand in $(subcommands < "$now/$command.txt"); do
    "$bin/$command" "$subcommand" --help > "$now/$command-$subcommand.txt"
  done
done

if [ "${2:-}" = --update ]; then
  mkdir -p "$snapshots"
  rm -f "$snapshots"/*.txt
  cp "$now"/*.txt "$snapshots"
elif ! diff -r "$snapshots" "$now"; then
  echo "help: a help text has changed; if it should have: make update-help" >&2
  exit 1
fi
echo "help: $(ls "$now" | wc -l) texts"
