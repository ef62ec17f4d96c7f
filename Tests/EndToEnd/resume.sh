#!/usr/bin/env bash
# Kills `distill-bilstm train` at random moments of the whole chain, runs the same command again, and compares teacher,
# augmented corpus, logits and student byte by byte with a run that nobody disturbed. Every other attempt runs on two
# threads.
# usage: resume.sh FOLDER_WITH_THE_COMMANDS [KILLS=3] [SEED]
set -euo pipefail
bin=$(cd "$1" && pwd)
kills=${2:-3}
RANDOM=${3:-$$}
echo "resume: $kills kills, seed ${3:-$$}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() { echo "resume: $1" >&2; exit 1; }
milliseconds() { date +%s%3N; }
pause() { sleep "$(($1 / 1000)).$(printf %03d $(($1 % 1000)))"; }
# same RUN: all artefacts of the run are those of the undisturbed one
same() {
  local file
  for file in augmented.conll teacher/model.safetensors student/model.safetensors student/config.json \
    $(cd whole && ls logits/*); do
    cmp "whole/$file" "$1/$file" || fail "$file differs"
  done
  [ -z "$(find "$1" -name '*.tmp' -o -name '*.checkpoint' -o -name 'partial.json')" ] || fail "$1 keeps leftovers"
}

"$bin/augment" --n-iter 0 --with-original -q | awk -v RS= -v ORS='\n\n' '{
  print > (NR <= 60 ? "train.conll" : NR <= 80 ? "dev.conll" : NR <= 100 ? "test.conll" : "rest.conll") }'
train=("$bin/distill-bilstm" train --train train.conll --dev dev.conll --test test.conll --n-iter 2
  --teacher-epochs 1 --epochs 3 --average-weights --checkpoint-minutes 0)

begin=$(milliseconds)
"${train[@]}" --run whole -q > /dev/null
duration=$(($(milliseconds) - begin))

killed=0 runs=0
while [ "$killed" -lt "$kills" ]; do
  runs=$((runs + 1))
  attempts=0
  while true; do
    attempts=$((attempts + 1))
    # No attempt outlives a run that is not disturbed, and each gives the ones before it the time to get on.
    delay=$((duration * (5 + 3 * attempts + RANDOM % 50) / 100))
    "${train[@]}" --resume --run "run-$runs" --threads $((1 + attempts % 2)) -q > /dev/null &
    process=$!
    pause "$delay"
    kill -9 "$process" 2> /dev/null || true
    status=0
    wait "$process" 2> /dev/null || status=$?
    [ "$status" -ne 0 ] || break
    [ "$status" -eq 137 ] || fail "train ended with $status"
    killed=$((killed + 1))
  done
  same "run-$runs"
  rm -rf "run-$runs"
done

# asked STAGE SIGNAL CODE: a signal while the stage trains ends the step, keeps the training and says how to go on
asked() {
  local status=0 process
  # A shell makes its background processes ignore SIGINT.
  env --default-signal=INT "${train[@]}" --run asked -q > /dev/null 2> asked.txt &
  process=$!
  until [ -e "asked/$1.checkpoint" ] || ! kill -0 "$process" 2> /dev/null; do sleep 0.01; done
  kill "-$2" "$process"
  wait "$process" || status=$?
  [ "$status" -eq "$3" ] || fail "SIG$2 ended train with $status, not $3: $(cat asked.txt)"
  grep -q 'To go on, run the same command again' asked.txt || fail "train did not say how to go on: $(cat asked.txt)"
}
asked teacher TERM 143
asked student INT 130
"${train[@]}" --run asked --epochs 1 > /dev/null 2> other.txt
grep -q 'asked/student.checkpoint belongs to another training and is left out' other.txt ||
  fail "a checkpoint with another key was not left out: $(cat other.txt)"
"${train[@]}" --run asked -q > /dev/null
same asked

echo "resume: $killed kills in $runs runs, all artefacts the same to the byte"
