#!/usr/bin/env bash
# Makes the student that tags parts of speech again: the same bytes on the same kernels.
# usage: make.sh FOLDER_WITH_THE_COMMANDS      a few minutes on two cores
set -euo pipefail
bin=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# The part of speech as the tag, and as the column by which words are swapped.
for split in train dev test; do
  awk '!NF { print ""; next } $1 != "-DOCSTART-" { print $1, $2, "B-" $2 }' \
    "$here/../Gazette/gazette.$split.conll" > pos.$split.conll
done
# Sentences of other kinds, for the teacher to tag.
awk -F '\t' 'FNR > 1 { print $2 }' "$here/../Verdict/verdict.train.tsv" > more.txt
awk -F '\t' 'FNR > 1 { print $2; print $3 }' "$here/../Echo/echo.train.tsv" >> more.txt

"$bin/distill-bilstm" train --train pos.train.conll --dev pos.dev.conll --test pos.test.conll \
  --columns word=0,pos=1,tag=2 --n-iter 5 --unlabelled more.txt \
  --no-crf --piece-dimension 30 --hidden-size 100 --run run
"$bin/distill-bilstm" compact run/student -o student
cp student/* "$here/student/"
