"""Measures the commands beside what users would otherwise run; started by run.sh.

    python bench.py FOLDER_WITH_THE_COMMANDS
"""
import importlib
import os
import sys
import tempfile
from pathlib import Path

import cpu
from harness import HERE, Bench
from inputs import Inputs
from report import Report

PATHS = ["label", "label-low", "finetune", "train", "tag", "tag-one", "cold-start", "tokenizer", "augment", "workers",
         "scaling"]
CORES = 2


def main():
    only = [name for name in os.environ.get("ONLY", "").split(",") if name]
    unknown = set(only) - set(PATHS)
    if unknown:
        sys.exit(f"ONLY={','.join(sorted(unknown))}: there is {', '.join(PATHS)}")
    # All contestants inherit these cores.
    cores = sorted(os.sched_getaffinity(0))[:CORES]
    os.sched_setaffinity(0, cores)
    report = Report(HERE, PATHS)
    with tempfile.TemporaryDirectory(prefix="distill-bilstm-bench-") as work:
        bench = Bench(sys.argv[1], work, rounds=int(os.environ.get("ROUNDS", 5)), threads=len(cores))
        inputs = Inputs(bench)
        failed = [name for name in only or PATHS if not measured(name, bench, inputs, report)]
    print(report.markdown.read_text() if report.sections else "")
    if failed:
        sys.exit(f"not measured: {', '.join(failed)}")


def measured(name, bench, inputs, report):
    """Measures one path; one that fails does not keep the others from being measured."""
    print(f"{name} on {inputs.name}", file=sys.stderr)
    try:
        comparison = importlib.import_module(f"paths.{name.replace('-', '_')}").comparison(bench, inputs)
        report.add(name, bench.compare(comparison), host(bench, inputs))
    except RuntimeError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return False
    return True


def host(bench, inputs):
    """What the figures were taken on."""
    kernels = bench.summary("distill-bilstm", "encode", inputs.one, "-o", "encoded.jsonl")["kernels"]
    return bench.limit(1) | {"cpu": cpu.name(), "kernels": kernels}


if __name__ == "__main__":
    main()
