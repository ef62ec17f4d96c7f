#!/usr/bin/env bash
# Kills `distill-bilstm train` and the `compare-students run` behind it at random moments of the whole chain, runs the same
# commands again, and compares teacher, augmented corpus, logits and students byte by byte with a run that nobody
# disturbed. Every other attempt runs on two threads.
# usage: resume.sh FOLDER_WITH_THE_COMMANDS [KILLS=20] [SEED]
#   TEACHER=DIR  instead of a tiny one with random weights
set -euo pipefail
bin=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
kills=${2:-20}
RANDOM=${3:-$$}
echo "resume: $kills kills, seed ${3:-$$}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() { echo "resume: $1" >&2; exit 1; }
milliseconds() { date +%s%3N; }
pause() { sleep "$(($1 / 1000)).$(printf %03d $(($1 % 1000)))"; }
# same RUN FILES: these files of the run are those of the undisturbed one
same() {
  local run=$1 file
  shift
  for file in "$@"; do
    cmp "whole/$file" "$run/$file" || fail "$file differs"
  done
  [ -z "$(find "$run" -name '*.tmp' -o -name '*.checkpoint' -o -name 'partial.json')" ] || fail "$run keeps leftovers"
}

"$bin/augment" --n-iter 0 --with-original -q | awk -v RS= -v ORS='\n\n' '{
  print > (NR <= 60 ? "train.conll" : NR <= 80 ? "dev.conll" : NR <= 100 ? "test.conll" : "rest.conll") }'
if [ -z "${TEACHER:-}" ]; then
  TEACHER=teacher
  PYTHONPATH=$here python3 -c 'import tiny_models as tiny; tiny.write(tiny.untrained_teacher())'
fi
corpus=(--train train.conll --dev dev.conll --test test.conll --teacher "$TEACHER" --n-iter 2 --teacher-epochs 2
  --epochs 3 --checkpoint-minutes 0)
train=("$bin/distill-bilstm" train "${corpus[@]}" --average-weights)
compare=("$bin/compare-students" run "${corpus[@]}" --average-weights --measuring-rounds 1
  --students bert-first-1,bilstm:direct)
# chain RUN THREADS: all stages, in a process group of their own
chain() {
  "${train[@]}" --run "$1" --threads "$2" -q > /dev/null && "${compare[@]}" --run "$1" --threads "$2" -q > /dev/null
}
artefacts() {
  (cd whole && echo augmented.conll && ls teacher/*.safetensors student/{model.safetensors,config.json} logits/* \
    students/*/seed-*/{model.safetensors,config.json})
}

begin=$(milliseconds)
chain whole 1
duration=$(($(milliseconds) - begin))
mapfile -t artefacts < <(artefacts)

killed=0 runs=0
while [ "$killed" -lt "$kills" ]; do
  runs=$((runs + 1))
  attempts=0
  while true; do
    attempts=$((attempts + 1))
    # No attempt outlives a run that is not disturbed, and each gives the ones before it the time to get on.
    delay=$((duration * (5 + 3 * attempts + RANDOM % 50) / 100))
    setsid bash -c "$(declare -p train compare bin; declare -f chain); chain run-$runs $((1 + attempts % 2))" &
    process=$!
    pause "$delay"
    kill -9 -- "-$process" 2> /dev/null || true
    status=0
    wait "$process" 2> /dev/null || status=$?
    # The shell has ended; the command below it may still be dying.
    while kill -0 -- "-$process" 2> /dev/null; do sleep 0.01; done
    [ "$status" -ne 0 ] || break
    [ "$status" -eq 137 ] || fail "the chain ended with $status"
    killed=$((killed + 1))
  done
  same "run-$runs" "${artefacts[@]}"
  rm -rf "run-$runs"
done

# asked STAGE SIGNAL CODE COMMAND: a signal while the stage trains ends the step, keeps the training and says how to go on
asked() {
  local status=0 process stage=$1 signal=$2 code=$3
  shift 3
  touch begun
  # A shell makes its background processes ignore SIGINT.
  env --default-signal=INT,HUP "$@" --run asked -q > /dev/null 2> asked.txt &
  process=$!
  # A checkpoint may be there from before; the signal must meet the training, not a shell that has yet to start it.
  until [ "asked/$stage.checkpoint" -nt begun ] || ! kill -0 "$process" 2> /dev/null; do sleep 0.01; done
  kill "-$signal" "$process"
  wait "$process" || status=$?
  [ "$status" -eq "$code" ] || fail "SIG$signal ended $stage with $status, not $code: $(cat asked.txt)"
  grep -q 'To go on, run the same command again' asked.txt || fail "$stage did not say how to go on: $(cat asked.txt)"
}
asked teacher TERM 143 "${train[@]}"
asked student HUP 129 "${train[@]}"
asked student INT 130 "${train[@]}"
"${train[@]}" --run asked --epochs 1 > /dev/null 2> other.txt
grep -q 'asked/student.checkpoint belongs to another training and is left out' other.txt ||
  fail "a checkpoint with another key was not left out: $(cat other.txt)"
"${train[@]}" --run asked -q > /dev/null
asked students/bilstm-direct/seed-1 INT 130 "${compare[@]}"
"${compare[@]}" --run asked -q > /dev/null
same asked "${artefacts[@]}"

echo "resume: $killed kills in $runs runs, all artefacts the same to the byte"
