"""Holds every command to its limits of memory and time, whatever the text: hostile corpora, a bounded address space.

usage: limits.py FOLDER_WITH_THE_COMMANDS [WORDS...]    only the cases whose names hold one of the words

The teacher has the default teacher's width, heads and positions and one of its layers, so that its batches are as large and
are read in a sixth of the time. The peak is that of the resident memory of the process, as the system reports it at its end.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import tiny_models as tiny

MEGABYTE = 1 << 20
# Of one layer; all six of the default teacher end below 1.5 GB.
MOST_MEMORY = 500 * MEGABYTE
MOST_SECONDS = 60

WORDS = ["Ada NNP B-PER", "moved VBD O", "to IN O", "Porto NNP B-LOC", ". . O"]
DATA = "--dev dev.conll --teacher teacher --threads 2 -q"


class Case(NamedTuple):
    name: str
    command: str
    code: int = 0
    message: str = ""


def sentence(words):
    return "\n".join(WORDS[n % len(WORDS)] for n in range(words)) + "\n\n"


def texts():
    """Corpora that no one would write, and a part of each that is usual, so that there are labels and entities."""
    usual = tiny.CORPUS * 3
    rest = usual + "{0} NN O\n\nto IN O\n{0} NN O\n. . O\n\n"
    return {
        "dev.conll": usual,
        "punctuation.conll": rest.format("a." * (MEGABYTE // 2)),
        "letters.conll": rest.format("a" * MEGABYTE),
        "sentence.conll": sentence(60_000) + usual,
        "shorter.conll": sentence(12_000) + usual,
        "single.conll": "Ada NNP B-PER\n\nmoved VBD O\n\n" * 50_000,
        "line.conll": usual + "a" * (50 * MEGABYTE) + " NN O\n\n",
        "sentence.txt": "Ada moved to Porto " * 15_000,
        "line.txt": "a." * (25 * MEGABYTE),
    }


def cases():
    found = []
    for text in ["punctuation", "letters", "sentence", "single"]:
        corpus = f"{text}.conll"
        trained = "shorter.conll" if text == "sentence" else corpus
        found += [
            Case(f"augment {text}", f"augment {corpus} -o out --n-iter 2 --threads 2 -q"),
            Case(f"encode {text}", f"distill-bilstm encode {corpus} --teacher teacher --max-len 16 -o out -q"),
            Case(f"label {text}", f"distill-bilstm label {corpus} --teacher teacher -o out --threads 2 -q"),
            Case(f"vectors {text}", f"distill-bilstm vectors {corpus} --teacher teacher -o out --dimension 4 "
                 "--min-count 1 --threads 2 -q"),
            Case(f"evaluate student {text}", f"distill-bilstm evaluate {corpus} --model student --threads 2 -q"),
            Case(f"tag {text}", f"distill-bilstm tag {corpus} --model student --threads 2 -q > out"),
            Case(f"measure {text}", f"compare-students measure student --test {corpus} -o out --threads 2"),
        ]
        if text != "single":
            found += [
                Case(f"evaluate {text}", f"distill-bilstm evaluate {trained} --model teacher --threads 2 -q"),
                Case(f"finetune {text}", f"distill-bilstm finetune -o out --train {trained} --epochs 1 {DATA}"),
                Case(f"train {text}", f"distill-bilstm train --run out --train {trained} --n-iter 1 --epochs 1 "
                     f"--test dev.conll {DATA}"),
            ]
    loads = "bash -c 'LD_DEBUG=libs LD_DEBUG_OUTPUT=libraries {}; cat libraries.* | grep -c openblas'"
    for command in ["augment dev.conll -o out -q", "distill-bilstm --help", "distill-bilstm info teacher -q",
                    "distill-bilstm info student -q",
                    "distill-bilstm encode dev.conll --teacher teacher -o out -q",
                    "distill-bilstm tag dev.conll --model student -q"]:
        # grep -c ends with 1 where it counts none.
        found.append(Case(f"{command.split(' -o ')[0]} loads no OpenBLAS", loads.format(command), 1))
    found.append(Case("label loads OpenBLAS", loads.format(
        "distill-bilstm label dev.conll --teacher teacher -o out -q")))
    # It works or says what it lacks; a product must not ask for memory for ever.
    for kilobytes in [350_000, 450_000]:
        for threads in [1, 2]:
            label = f"distill-bilstm label dev.conll --teacher teacher -o out --threads {threads} -q"
            found.append(Case(
                f"label in {kilobytes} KB with {threads} threads",
                f"bash -c 'ulimit -v {kilobytes}; timeout -s KILL 30 {label} 2> said; code=$?; cat said >&2; "
                "test $code = 0 || test $code -lt 128 -a -s said'"))
    found.append(Case("help in little memory", "bash -c 'ulimit -v 120000; distill-bilstm --help'"))
    tag = "distill-bilstm tag {} --model student --threads 2 -q > out"
    too_long = "a line of more than 16777216 bytes"
    return found + [
        Case("tag sentence as text", tag.format("sentence.txt")),
        Case("tag a line of 50 MB as text", tag.format("line.txt"), 65, f"line.txt:1: {too_long}"),
        Case("augment a line of 50 MB", "augment line.conll -o out -q", 65, f"line.conll:19: {too_long}"),
    ]


def write_inputs(folder):
    tiny.write(texts() | tiny.student(), folder)
    tiny.HIDDEN, tiny.INTERMEDIATE, tiny.POSITIONS = 384, 1536, 512
    tiny.write(tiny.teacher(config_json=tiny.teacher_config(
        hidden_size=384, intermediate_size=1536, max_position_embeddings=512, num_attention_heads=12)), folder)


def peak_of(command, folder):
    """Runs a command line; its exit code, what it said, its seconds and its peak of memory in bytes."""
    start = time.monotonic()
    with open(f"{folder}/errors", "wb") as errors:
        process = subprocess.Popen(
            ["timeout", "-s", "KILL", str(MOST_SECONDS), "bash", "-c", f"ulimit -v 6000000 -c 0; exec {command}"],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    with open(f"{folder}/errors", errors="replace") as errors:
        return process.returncode, errors.read(), time.monotonic() - start, usage.ru_maxrss * 1024


def problem(case, work):
    """What is wrong with how a case ended; None if nothing is."""
    folder = f"{work}/{case.name.replace(' ', '-')}"
    os.mkdir(folder)
    for name in os.listdir(f"{work}/given"):
        os.symlink(f"{work}/given/{name}", f"{folder}/{name}")
    code, message, seconds, peak = peak_of(case.command, folder)
    if os.environ.get("SHOW_PEAKS"):
        print(f"{case.name}: {peak / MEGABYTE:.0f} MB, {seconds:.1f} s", flush=True)
    if code != case.code or case.message not in message:
        return f"it ended with {code}, not {case.code}, after {seconds:.0f} s: {message[-400:]}"
    if peak > MOST_MEMORY:
        return f"it took {peak / MEGABYTE:.0f} MB"
    return None


def main(bin, *words):
    os.environ["PATH"] = f"{os.path.abspath(bin)}:{os.environ['PATH']}"
    chosen = [case for case in cases() if not words or any(word in case.name for word in words)]
    with tempfile.TemporaryDirectory() as work, ThreadPoolExecutor(2) as pool:
        # A process of its own, as what this one holds counts in the peaks of those that it starts.
        writer = multiprocessing.Process(target=write_inputs, args=(f"{work}/given",))
        writer.start()
        writer.join()
        problems = list(pool.map(lambda case: problem(case, work), chosen))
    failed = [f"{case.name}: {text}" for case, text in zip(chosen, problems) if text]
    for text in failed:
        print(f"limits: {text}", file=sys.stderr)
    print(f"limits: {len(chosen) - len(failed)} of {len(chosen)} cases passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
