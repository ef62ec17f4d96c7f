#!/usr/bin/env bash
# Makes a web page of the documentation of Tagger and Layers with the toolchain's DocC; a warning of DocC's is an error.
# usage: build.sh FOLDER    in the package's folder, after `make build`
set -euo pipefail
out=$1
graphs=$(mktemp -d)
trap 'rm -rf "$graphs"' EXIT
build=.build/release
target=$(swift -print-target-info | sed -n 's/.*"unversionedTriple" *: *"\(.*\)".*/\1/p')

rm -rf "$out"
mkdir -p "$out"
for module in Tagger Layers; do
  mkdir "$graphs/$module"
  swift symbolgraph-extract -module-name $module -target "$target" -I $build/Modules \
    -Xcc -fmodule-map-file=$build/CKernels.build/module.modulemap -minimum-access-level public \
    -output-dir "$graphs/$module"
  rm -f "$graphs/$module"/*@*
  docc convert "Sources/$module/$module.docc" --additional-symbol-graph-dir "$graphs/$module" \
    --fallback-display-name $module --fallback-bundle-identifier $module --warnings-as-errors \
    --output-path "$out/$module.doccarchive"
done
docc merge "$out"/*.doccarchive --synthesized-landing-page-name distill-bilstm --output-path "$out/site"
echo "documentation: $out/site; to read it: python3 -m http.server -d $out/site"
