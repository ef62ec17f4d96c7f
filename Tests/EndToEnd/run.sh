#!/usr/bin/env bash
# Runs the three commands end to end with the default teacher and small settings: artefacts, exit codes, reproducible bytes.
# usage: run.sh FOLDER_WITH_THE_COMMANDS
set -euo pipefail
bin=$(cd "$1" && pwd)
work=$(mktemp -d)
holder= # a process that waits in the background, to be ended with the script
trap 'kill -9 $holder 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"
passed=0

fail() { echo "end to end: $1" >&2; exit 1; }
check() { passed=$((passed + 1)); "${@:2}" || fail "$1"; }
# exits CODE MESSAGE COMMAND...: the command ends with the code and the message is in what it says
exits() {
  local code=$1 message=$2 status=0 output
  output=$("${@:3}" 2>&1 >/dev/null) || status=$?
  passed=$((passed + 1))
  [ "$status" -eq "$code" ] || fail "'${*:3}' ended with $status, not $code: $output"
  case $output in *"$message"*) ;; *) fail "'${*:3}' said: $output" ;; esac
}

# augment: same seed, same bytes, at any number of threads; nothing is lost on a bad corpus
"$bin/augment" -o a.conll --n-iter 3 --threads 1 -q
"$bin/augment" -o b.conll --n-iter 3 --threads 2 -q
check "augment differs between one and two threads" cmp a.conll b.conll
exits 64 "p_mask" "$bin/augment" --p-mask 2
exits 64 "--dropout 1 is not" "$bin/distill-bilstm" train --dropout 1
exits 64 "--piece-dimension 0 is not a whole number from 1 to 1024" "$bin/distill-bilstm" train --piece-dimension 0
exits 64 "--hidden-size 1025 is not a whole number from 1 to 1024" "$bin/distill-bilstm" train --hidden-size 1025
exits 64 "--original-repeats 0 is not a whole number from 1 to 100" "$bin/distill-bilstm" train --original-repeats 0
exits 66 "no-such-file" "$bin/augment" no-such-file
printf 'EU NNP B-ORG\nrejects\n' > bad.conll
exits 65 "bad.conll:2" "$bin/augment" bad.conll -o kept.conll
check "a file was left of a failed run" test ! -e kept.conll
exits 74 "cannot write" "$bin/augment" -o missing/out.conll

# a small corpus, so that the whole chain takes a minute: 60 sentences to learn from, 20 each to choose and to judge by
"$bin/augment" --n-iter 0 --with-original -q > whole.conll
awk -v RS= -v ORS='\n\n' '{
  print > (NR <= 60 ? "train.conll" : NR <= 80 ? "dev.conll" : NR <= 100 ? "test.conll" : "rest.conll") }' whole.conll
data=(--train train.conll --dev dev.conll --test test.conll)
small=("${data[@]}" --n-iter 2 --teacher-epochs 1 --epochs 1 -q)

"$bin/distill-bilstm" train "${small[@]}" --run one --threads 1 --summary train.json > train.txt
for file in run.json teacher/model.safetensors augmented.conll logits/index.json student/config.json \
  student/model.safetensors student/README.md metrics.jsonl; do
  check "train left no $file" test -s "one/$file"
done
check "train printed no score" grep -q '^all ' train.txt
check "no summary" grep -q '"test_f1"' train.json
check "OpenBLAS overlooks what this CPU can do" \
  test "$(grep -cE '"blas_core": "Prescott"|"kernels": "(avx2|avx512)"' train.json)" -lt 2
cp one/student/model.safetensors first.safetensors
"$bin/distill-bilstm" train "${small[@]}" --run two --threads 2 > /dev/null
check "the teacher differs between one and two threads" cmp one/teacher/model.safetensors two/teacher/model.safetensors
check "the student differs between one and two threads" cmp one/student/model.safetensors two/student/model.safetensors
"$bin/distill-bilstm" train "${data[@]}" --n-iter 2 --teacher-epochs 1 --epochs 1 --run one > /dev/null 2> again.txt
check "a stage that was up to date ran again" test "$(grep -c 'is up to date' again.txt)" -eq 4
check "a run that was up to date changed the student" cmp one/student/model.safetensors first.safetensors

# the recipe of the paper is another student, of the same teacher's logits
"$bin/distill-bilstm" train "${data[@]}" --n-iter 2 --teacher-epochs 1 --epochs 1 --run two --recipe paper > /dev/null 2> paper.txt
check "the paper's recipe labelled anew" test "$(grep -c 'is up to date' paper.txt)" -eq 3
check "the paper's student has a CRF" bash -c '! "$1" info two/student | grep -q CRF' - "$bin/distill-bilstm"
check "the default student has no CRF" bash -c '"$1" info one/student | grep -q CRF' - "$bin/distill-bilstm"
# sentences without tags are labelled behind the others, and make another student
awk 'NF { printf "%s ", $1 } !NF { print ""; if (++sentences == 30) exit }' rest.conll > rest.txt
"$bin/distill-bilstm" train "${small[@]}" --unlabelled rest.txt --run two > /dev/null
check "sentences without tags changed nothing" bash -c '! cmp -s two/student/model.safetensors first.safetensors'
exits 66 "no-such-file" "$bin/distill-bilstm" train "${small[@]}" --unlabelled no-such-file.txt --run two
# another width makes another student, and so do another dropout, originals that come twice and narrower pieces
"$bin/distill-bilstm" train "${small[@]}" --hidden-size 45 --run two > /dev/null
check "the student has the usual width" bash -c '"$1" info two/student | grep -q "45 units a side"' - "$bin/distill-bilstm"
cp two/student/model.safetensors narrow.safetensors
"$bin/distill-bilstm" train "${small[@]}" --hidden-size 45 --dropout 0.6 --run two > /dev/null
check "dropout changed nothing" bash -c '! cmp -s two/student/model.safetensors narrow.safetensors'
"$bin/distill-bilstm" train "${small[@]}" --hidden-size 45 --original-repeats 2 --run two > /dev/null
check "repeats changed nothing" bash -c '! cmp -s two/student/model.safetensors narrow.safetensors'
"$bin/distill-bilstm" train "${small[@]}" --hidden-size 45 --piece-dimension 7 --run two > /dev/null
check "pieces have not 7 numbers" grep -q '"piece_dimension": 7' two/student/config.json
# a teacher's word vectors are the same on any number of threads, and a student takes them over
for threads in 1 2; do
  "$bin/distill-bilstm" vectors train.conll rest.txt --layers 1 --dimension 16 -o "vectors-$threads.txt" --threads "$threads" -q
done
check "vectors differ between one and two threads" cmp vectors-1.txt vectors-2.txt
check "the file of vectors has no count" grep -q '^[0-9]* 16$' vectors-1.txt
"$bin/distill-bilstm" train "${small[@]}" --word-vectors vectors-1.txt --run two > /dev/null
check "the student has no word vectors" bash -c '"$1" info two/student | grep -q "word vectors"' - "$bin/distill-bilstm"
exits 64 "--min-count 0 is not" "$bin/distill-bilstm" vectors --min-count 0 -o vectors.txt
exits 65 "enough layers" "$bin/distill-bilstm" vectors train.conll --layers 7 -o vectors.txt
check "a file was left of vectors that failed" test ! -e vectors.txt
"$bin/distill-bilstm" finetune "${data[@]}" --epochs 1 -o teacher -q > /dev/null
check "finetune left no teacher" test -s teacher/model.safetensors
"$bin/augment" train.conll --n-iter 1 -q | "$bin/distill-bilstm" label - --teacher teacher -o logits -q
check "label left no index" test -s logits/index.json
"$bin/distill-bilstm" evaluate test.conll --model one/teacher -q > score.txt
check "evaluate printed no table" grep -q '^all ' score.txt
"$bin/distill-bilstm" evaluate test.conll --predictions test.conll --format json -q > gold.json
check "the gold tags do not score 1" grep -q '"f1": 1' gold.json
"$bin/distill-bilstm" encode test.conll --max-len 128 -q > encoded.jsonl
check "encode did not write a line a sentence" test "$(wc -l < encoded.jsonl)" -eq 20
check "encode wrote types for a plain teacher" bash -c '! grep -q token_type_ids encoded.jsonl'
printf 'sentence1\tsentence2\tlabel\nIt rains .\tThe rain falls and falls .\tsame\nIt rains .\tThe sun shines .\tother\n' > pairs.tsv
"$bin/distill-bilstm" encode pairs.tsv --max-len 10 --summary pairs.json -q > pairs.jsonl
check "encode did not number the labels of pairs" test "$(grep -o '"labels":[01]}' pairs.jsonl | tr -d '\n')" \
  = '"labels":1}"labels":0}'
check "encode did not tell the texts of a pair apart" test \
  "$(grep -c '"token_type_ids":\[0,0,0,0,0,1,1,1,1,1\]' pairs.jsonl)" -eq 2
check "encode did not count what it cut" grep -q '"cut_pieces": 3' pairs.json
exits 64 "--max-len 5 is not in 6" "$bin/distill-bilstm" encode pairs.tsv --max-len 5 -q
# the fine-tuned teacher reads the shapes of words; a plain one is another teacher, as is one beside which a student teaches
"$bin/distill-bilstm" encode test.conll --teacher one/teacher --max-len 128 -q > shapes.jsonl
check "encode left out the shapes of words" test "$(grep -c '"token_type_ids":\[0,' shapes.jsonl)" -eq 20
check "the card keeps silent about shapes" grep -q token_type_ids one/teacher/README.md
check "encode wrote shapes that are none" bash -c '! grep -qE "token_type_ids\":\[[^]]*[6-9]" shapes.jsonl'
"$bin/distill-bilstm" finetune "${data[@]}" --epochs 1 --no-word-shapes -o plain -q > /dev/null
check "a plain teacher reads shapes" bash -c '! grep -q word_shapes plain/config.json'
"$bin/distill-bilstm" label test.conll --teacher one/teacher --further-teacher one/student -o both -q
check "a student cannot teach" test -s both/index.json
"$bin/distill-bilstm" label test.conll --teacher one/student -o alone -q
check "a student cannot teach alone" test -s alone/index.json
"$bin/distill-bilstm" evaluate test.conll --model one/teacher --further-model one/student --format json -q > mean.json
check "evaluate does not name both models" grep -q '"model": "one/teacher + one/student"' mean.json
exits 64 "--further-model goes with --model" "$bin/distill-bilstm" evaluate test.conll --predictions test.conll \
  --further-model one/student
exits 65 "fine-tune it first" "$bin/distill-bilstm" label test.conll \
  --teacher "${XDG_CACHE_HOME:-$HOME/.cache}/distill-bilstm/teachers/minilm-l6" -o none -q
# a folder belongs to the command that uses it, here one that waits for its corpus, until it ends
mkfifo waiting.conll
"$bin/distill-bilstm" train --train train.conll --dev waiting.conll --run held -q > /dev/null 2>&1 &
holder=$!
until [ -d held ] || ! kill -0 "$holder"; do sleep 0.1; done
sleep 0.5
# each waits some seconds for the folder, so they wait together
in_use=()
while read -r -a command; do
  exits 74 "another command is using it" "$bin/${command[0]}" "${command[@]:1}" &
  in_use+=($!)
done <<END
distill-bilstm train ${small[*]} --run held
compare-students run ${small[*]} --run held/
compare-students ablate ${small[*]} --run held
distill-bilstm finetune ${data[*]} -o held -q
distill-bilstm label test.conll --teacher one/teacher -o held -q
END
for process in "${in_use[@]}"; do check "a folder that is used was taken" wait "$process"; done
kill -9 "$holder"
wait "$holder" 2> /dev/null || true
holder=
exits 66 "no-such-file" "$bin/distill-bilstm" train --train no-such-file --dev dev.conll --run held

# one sentence of more pieces than the teacher has positions: nothing is cut
{ cat train.conll dev.conll | grep .; echo; } > long.conll
"$bin/distill-bilstm" encode long.conll --max-len 512 -q > windows.jsonl
labelled=$(sed 's/.*"labels"://' windows.jsonl | grep -o '[-0-9]\+' | grep -vc '^-100$')
check "encode lost words of a long sentence" test "$labelled" -eq "$(grep -c . long.conll)"
"$bin/distill-bilstm" label long.conll --teacher one/teacher -o long-logits -q
check "label lost words of a long sentence" grep -q "\"words\": *$(grep -c . long.conll)" long-logits/index.json
"$bin/distill-bilstm" info one/student -q > info.txt
check "info does not name the student" grep -q 'BiLSTM student' info.txt
"$bin/distill-bilstm" compact one/student -o small -q > sizes.txt
check "compact does not tell the sizes" grep -qE "^small +[0-9.]+ [kM]B +[0-9.]+ [kM]B$" sizes.txt
size() { stat -c %s "$1/model.safetensors"; }
check "the compact student is not small" test $(($(size small) * 10)) -lt $(($(size one/student) * 3))
"$bin/distill-bilstm" evaluate --model small -q > small.txt
check "the compact student does not tag" grep -q '^all ' small.txt
echo "Ada Nwosu moved to Porto." | "$bin/distill-bilstm" tag --model one/student --format conll > tagged.txt
check "tag did not tag six words" test "$(grep -c . tagged.txt)" -eq 6
# a line is answered before the next is written
coproc TAG { "$bin/distill-bilstm" tag --model one/student --format json -q; }
for line in "Ada Nwosu moved to Porto." "She stayed."; do
  echo "$line" >&"${TAG[1]}"
  read -r -t 60 answer <&"${TAG[0]}" || fail "tag left a line of a pipe without an answer"
  check "tag answered '$answer'" test "${answer#*\"text\":\"$line\"}" != "$answer"
done
eval "exec ${TAG[1]}>&-"
wait "$TAG_PID"
# many sentences are cut into parts, one for each thread
cut -d' ' -f1 whole.conll | paste -sd' ' | fold -s -w 300 > lines.txt
for format in text conll json; do
  for file in lines.txt whole.conll; do
    for threads in 1 3; do
      "$bin/distill-bilstm" tag $file --model one/student --format $format --threads $threads > tagged.$threads
    done
    check "tag wrote other $format of $file on three threads than on one" cmp tagged.1 tagged.3
  done
done
check "tag did not take a column file for columns" cmp \
  <("$bin/distill-bilstm" tag test.conll --model one/student --format conll | cut -d' ' -f1) \
  <(awk '$1 != "-DOCSTART-"' test.conll | cat -s | sed '1{/^$/d}' | cut -d' ' -f1)
"$bin/distill-bilstm" tag test.conll --model one/student --format conll > predicted.conll
check "tag and evaluate do not agree on the tags" cmp \
  <("$bin/distill-bilstm" evaluate test.conll --predictions predicted.conll | sed '/^$/,$d') \
  <("$bin/distill-bilstm" evaluate test.conll --model one/student | sed '/^$/,$d')
printf 'good\nna\xefve\n' > bad.txt
exits 65 "bad.txt:2: the byte 0xEF at byte 3" "$bin/distill-bilstm" tag bad.txt --model one/student
exits 66 "no-such-dir" "$bin/distill-bilstm" tag --model no-such-dir
exits 64 "either --model or --predictions" "$bin/distill-bilstm" evaluate

"$bin/compare-students" run "${small[@]}" --run one --students bert-first-1:direct,bilstm,bilstm+aug:distilled \
  --seeds 2 --measuring-rounds 2 > compared.txt
check "the comparison has no teacher" grep -q 'teacher' compared.txt
check "two seeds have no deviation" grep -q 'bilstm.* ± ' compared.txt
check "a claim was decided on twenty sentences" grep -q 'undecided: bilstm: .*20 test sentences are too few' compared.txt
check "a training time is missing" test "$(grep -c '"training_seconds": null' one/report.json)" -eq 0
"$bin/compare-students" run "${data[@]}" --n-iter 2 --teacher-epochs 1 --epochs 1 --run one --seeds 2 \
  --students bilstm:direct --measuring-rounds 1 > /dev/null 2> again.txt
check "a student that was up to date was trained again" test "$(grep -c 'epoch\|judging' again.txt)" -eq 0
check "a training time was lost" test "$(grep -c '"training_seconds": null' one/report.json)" -eq 0
exits 65 "enough for bert-last-9" "$bin/compare-students" run "${small[@]}" --run one --students bert-last-9
exits 66 "no-such-model" "$bin/compare-students" run "${small[@]}" --run one --students bert-small=no-such-model
"$bin/compare-students" report --run one -q > report.txt
for file in report.json report.md report.html students/bert-first-1-direct/seed-2/model.safetensors; do
  check "compare-students left no $file" test -s "one/$file"
done
check "the report has no plot" grep -q '<svg' one/report.html

# an ablation shares teacher, logits and students with the run where they are the same
"$bin/compare-students" ablate "${small[@]}" --run one --vary n-iter=0,2 --vary loss=kl,ce > ablated.txt
check "the ablation does not mark its recipe" test "$(grep -c '^\(2\|kl\) \*' ablated.txt)" -eq 2
check "the ablation has no direct student" grep -q '^trained directly ' ablated.txt
"$bin/compare-students" ablate "${data[@]}" --n-iter 2 --teacher-epochs 1 --epochs 1 --run one \
  --vary n-iter=0,2 --vary loss=kl,ce > ablated-again.txt 2> again.txt
check "a variant that was up to date was trained again" test "$(grep -c 'epoch [0-9]\|judging' again.txt)" -eq 0
check "an ablation that was up to date differs" cmp ablated.txt ablated-again.txt
"$bin/compare-students" report --run one -q > both.txt
check "the report leaves the ablation out" grep -q 'Ablation' one/report.html
check "the ablation is not with the comparison" grep -q '^trained directly ' both.txt
exits 64 "n-iter=-1: -1 is not a whole number from 0 to 1000" "$bin/compare-students" ablate --vary n-iter=-1
exits 64 "NAME=VALUE,VALUE" "$bin/compare-students" ablate --vary depth=3
exits 64 "twice" "$bin/compare-students" ablate --vary crf=yes --vary crf=no
exits 66 "no comparison in it yet" "$bin/compare-students" report

echo "end to end: $passed checks passed"
