#!/usr/bin/env bash
# Runs the chain for texts and pairs end to end with the default teacher and small settings: same bytes at any number of
# threads, up-to-date stages, resumption after a signal, and the commands that use what it leaves.
# usage: texts.sh FOLDER_WITH_THE_COMMANDS
set -euo pipefail
bin=$(cd "$1" && pwd)
corpora=$(cd "$(dirname "$0")/../../Corpora" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
passed=0

fail() { echo "texts: $1" >&2; exit 1; }
check() { passed=$((passed + 1)); "${@:2}" || fail "$1"; }
# exits CODE MESSAGE COMMAND...: the command ends with the code and the message is in what it says
exits() {
  local code=$1 message=$2 status=0 output
  output=$("${@:3}" 2>&1 >/dev/null) || status=$?
  passed=$((passed + 1))
  [ "$status" -eq "$code" ] || fail "'${*:3}' ended with $status, not $code: $output"
  case $output in *"$message"*) ;; *) fail "'${*:3}' said: $output" ;; esac
}

for corpus in Verdict Echo; do
  name=${corpus,,}
  for part in train dev test; do head -n 41 "$corpora/$corpus/$name.$part.tsv" > "$name.$part.tsv"; done
  small=(--train "$name.train.tsv" --dev "$name.dev.tsv" --test "$name.test.tsv" --operations mask,ngram
    --n-iter 2 --teacher-epochs 1 --epochs 2 --hidden-size 20 --head-size 10)
  "$bin/distill-bilstm" train "${small[@]}" --run "$name" --threads 1 --summary "$name.json" -q > "$name.txt"
  check "train printed no accuracy" grep -q '^accuracy ' "$name.txt"
  check "no summary" grep -q '"test_accuracy"' "$name.json"
  for file in run.json teacher/model.safetensors augmented.tsv logits/index.json student/model.safetensors; do
    check "train left no $file" test -s "$name/$file"
  done
  "$bin/distill-bilstm" train "${small[@]}" --run "$name-2" --threads 2 -q > /dev/null
  for file in teacher/model.safetensors augmented.tsv student/model.safetensors student/config.json; do
    check "$name/$file differs between one and two threads" cmp "$name/$file" "$name-2/$file"
  done
  "$bin/distill-bilstm" train "${small[@]}" --run "$name" > /dev/null 2> again.txt
  check "a stage that was up to date ran again" test "$(grep -c 'is up to date' again.txt)" -eq 4
  # another width of the head is another student of the same teacher
  "$bin/distill-bilstm" train "${small[@]}" --head-size 11 --run "$name-2" > /dev/null 2> again.txt
  check "another head was taken for the same" test "$(grep -c 'is up to date' again.txt)" -eq 3
  # a training that a signal ends goes on to the same bytes
  rm -rf "$name-2/student"
  status=0
  timeout -s TERM 0.6 "$bin/distill-bilstm" train "${small[@]}" --epochs 60 --checkpoint-minutes 0 --run "$name-2" -q \
    > /dev/null 2>&1 || status=$?
  "$bin/distill-bilstm" train "${small[@]}" --epochs 60 --run "$name-2" -q > /dev/null
  "$bin/distill-bilstm" train "${small[@]}" --epochs 60 --run "$name" -q > /dev/null
  check "a training that was ended ($status) came to another student" \
    cmp "$name/student/model.safetensors" "$name-2/student/model.safetensors"
  "$bin/distill-bilstm" evaluate "$name.test.tsv" --model "$name/student" --teacher "$name/teacher" \
    --against "$name/teacher" --columns "group=$([ $name = echo ] && echo kind || echo domain)" > scores.txt
  for text in "^accuracy " "^group " "against $name/teacher: accuracy" "the same label on" "calibration error"; do
    check "evaluate does not say '$text'" grep -q "$text" scores.txt
  done
  "$bin/distill-bilstm" compact "$name/student" -o "$name-int8" -q
  "$bin/distill-bilstm" label "$name.test.tsv" --teacher "$name/student" -o "$name-logits" -q
  check "label left no index" test -s "$name-logits/index.json"
done

# classify: a line in, a line out, in every form and at any number of threads
tail -n +2 "$corpora/Verdict/verdict.test.tsv" | cut -f 2 > reviews.txt
tail -n +2 "$corpora/Echo/echo.test.tsv" | cut -f 2,3 > pairs.txt
for form in text tsv json; do
  for name in verdict echo; do
    input=reviews.txt
    [ $name = verdict ] || input=pairs.txt
    "$bin/distill-bilstm" classify $input --model $name/student --format $form --threads 1 -q > one.txt
    "$bin/distill-bilstm" classify - --model $name/student --format $form --threads 2 -q < $input > two.txt
    check "classify differs between one and two threads" cmp one.txt two.txt
    check "classify left lines out" test "$(wc -l < one.txt)" -eq "$(wc -l < $input)"
  done
done
"$bin/distill-bilstm" classify reviews.txt --model verdict-int8 --format json --top 2 --precision int8 -q > int8.txt
check "--top 2 gives no two labels" python3 -c '
import json
for line in open("int8.txt"):
    answer = json.loads(line)
    labels = answer["labels"]
    assert answer["label"] == labels[0]["label"] and len(labels) == 2, answer
    assert abs(sum(label["probability"] for label in labels) - 1) < 2e-4, answer'
"$bin/distill-bilstm" evaluate "$corpora/Verdict/verdict.test.tsv" --model verdict/student --format json -q > scores.json
"$bin/distill-bilstm" classify reviews.txt --model verdict/student --format tsv -q > labels.tsv
check "classify and evaluate count otherwise" python3 -c '
import json
gold = [line.split("\t")[0] for line in open("'"$corpora"'/Verdict/verdict.test.tsv")][1:]
found = [line.split("\t")[0] for line in open("labels.tsv")]
assert json.load(open("scores.json"))["correct"] == sum(a == b for a, b in zip(gold, found, strict=True))'
printf 'one\n\ntwo' | "$bin/distill-bilstm" classify --model verdict/student > answers.txt 2> log.txt
check "a blank line has an answer, or the last line has none" test "$(wc -l < answers.txt)" -eq 2
check "blank lines are counted wrongly" grep -q '1 blank line is left out' log.txt
printf 'one text\n' > single.txt
exits 65 "single.txt:1: a line without a TAB; expected two texts" "$bin/distill-bilstm" classify single.txt --model echo/student
exits 65 "use it to classify texts" "$bin/distill-bilstm" tag single.txt --model verdict/student
exits 64 "--top 0" "$bin/distill-bilstm" classify single.txt --model verdict/student --top 0
exits 64 "--head-size is for texts and pairs" "$bin/distill-bilstm" train --head-size 5 --run tags
exits 64 "--crf is for sentences whose words have tags" "$bin/distill-bilstm" train --corpus verdict --no-crf --run tags
exits 65 "expected a classifier of pairs" "$bin/distill-bilstm" evaluate echo.test.tsv --model verdict/student
exits 65 "expected texts" "$bin/distill-bilstm" train --train verdict.train.tsv --dev echo.dev.tsv --run mixed
printf 'Some text. More text.\n' > more.txt
exits 65 "expected pairs of texts" "$bin/distill-bilstm" train --train echo.train.tsv --dev echo.dev.tsv --operations mask \
  --unlabelled more.txt --run mixed
exits 65 "echo.train.tsv: pairs" "$bin/distill-bilstm" train --train verdict.train.tsv --dev verdict.dev.tsv --operations mask \
  --unlabelled echo.train.tsv --run mixed
"$bin/distill-bilstm" train --train verdict.train.tsv --dev verdict.dev.tsv --operations mask --n-iter 0 --teacher-epochs 1 \
  --epochs 1 --unlabelled more.txt --run more -q
check "running text was not labelled" grep -q '"sentences": 2,' more/logits/index.json
check "a run was begun that could not be made" test ! -e mixed/teacher
echo "texts: $passed checks passed"
