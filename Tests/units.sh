#!/usr/bin/env bash
# Runs the unit tests that are built, those of the kernels and of what computes with them once more on the portable kernels.
# usage: units.sh SWIFT
set -euo pipefail
test=("$1" test -c release --disable-testable-imports --skip-build)
"${test[@]}"
DISTILL_KERNELS=portable "${test[@]}" --filter '^(Kernels|Layers|Networks|StudentFormat|Tagger|Training)Tests\.'
