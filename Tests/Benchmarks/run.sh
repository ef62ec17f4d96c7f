#!/usr/bin/env bash
# Measures the commands beside what users would otherwise run, and writes RESULTS.md and results.json.
# usage: run.sh FOLDER_WITH_THE_COMMANDS
#   ONLY=label     only that path, or several with commas between them
#   ROUNDS=5       how often each contestant runs
#   SENTENCES=500  only the corpus' first sentences, while developing
set -euo pipefail
bin=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
environment=${XDG_CACHE_HOME:-$HOME/.cache}/distill-bilstm/bench-env

command -v python3 >/dev/null || { echo "python3 is missing. Try: apt-get install python3 python3-venv" >&2; exit 1; }
if ! cmp -s "$here/requirements.txt" "$environment/requirements.txt"; then
  echo "making a Python environment in $environment" >&2
  mkdir -p "$(dirname "$environment")"
  python3 -m venv --clear "$environment" || { echo "Try: apt-get install python3-venv" >&2; exit 1; }
  "$environment/bin/python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements.txt"
  # Copied last, so that an environment that was not finished is made anew.
  cp "$here/requirements.txt" "$environment/requirements.txt"
fi
unset OPENBLAS_CORETYPE
exec "$environment/bin/python" "$here/bench.py" "$bin"
