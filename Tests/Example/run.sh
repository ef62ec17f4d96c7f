#!/usr/bin/env bash
# Builds the examples, holds them to the command `tag`, to their articles and to the libraries they may link.
# usage: run.sh FOLDER_WITH_THE_COMMANDS
set -euo pipefail
bin=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
build=.build-example
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "example: $1" >&2; exit 1; }

swift build --package-path Tests/Example --scratch-path $build -c release > "$work/log" 2>&1 ||
  fail "$(tail "$work/log")"
tag=$build/release/tag-string
classify=$build/release/classify-text
python3 -c 'import sys; sys.path.insert(0, "Tests/EndToEnd"); import tiny_models as tiny
tiny.write(tiny.student(), sys.argv[1])
tiny.write(tiny.classifier(), sys.argv[1] + "/classifier")' "$work"

text=$(sed -n 's/.*in: "\(.*\)").*/\1/p' Tests/Example/Sources/tag-string/main.swift)
printf %s "$text" | "$bin/distill-bilstm" tag --model "$work/student" --format json -q |
  python3 -c 'import json, sys
for entity in (e for line in sys.stdin for e in json.loads(line)["entities"]):
    print(entity["type"], entity["text"], "{start}..<{end}".format(**entity))' > "$work/command.txt"
"$tag" "$work/student" > "$work/example.txt" || fail "it does not run"
[ -s "$work/example.txt" ] || fail "it finds nothing"
diff "$work/command.txt" "$work/example.txt" >&2 || fail "it does not find what the command finds"

"$classify" "$work/classifier/student" > "$work/label.txt" || fail "classify-text does not run"
grep -qE '^(good|bad) (0\.[5-9][0-9]*|1\.0)$' "$work/label.txt" ||
  fail "classify-text prints no label with its probability: $(cat "$work/label.txt")"

# Each article shows a program, which begins with its import and is the first one there to do so.
holds_to_article() {
  awk '/^```swift/ { on = 1; next } /^```/ { if (found) exit; on = 0 } on && /^import Tagger/ { found = 1 } found' \
    "Sources/Tagger/Tagger.docc/$1.md" | diff - "Tests/Example/Sources/$2/main.swift" >&2 ||
    fail "the article $1.md shows another program"
}
holds_to_article TagAString tag-string
holds_to_article ClassifyAText classify-text

for example in "$tag" "$classify"; do
  ! ldd "$example" | grep -iE 'blas|foundation|python' >&2 || fail "it links too much"
  # OpenBLAS is opened at run time, which ldd does not show; the modules that open it, download or train would have symbols.
  nm "$example" > "$work/symbols"
  grep -q '\$s6Tagger' "$work/symbols" || fail "nm shows no symbols of Tagger"
  ! grep -E '\$s(4BLAS|6Layers|7Augment|7Corpora|8Networks|8Teachers|8Training|12Distillation)' "$work/symbols" >&2 ||
    fail "it holds code that trains, downloads or opens OpenBLAS"
  ! grep -aq openblas "$example" || fail "it names OpenBLAS"
done
echo "example: $(wc -l < "$work/example.txt") entities, label $(cat "$work/label.txt"), $(du -k "$tag" | cut -f1) kB"
