"""Gives the commands bad input and holds every message and exit code to the table in bad_input_cases.py.

usage: bad_input.py FOLDER_WITH_THE_COMMANDS [WORDS...]    only the cases whose names hold one of the words

Each case runs in a folder of its own, in which it may leave no file. Exit codes: 64 wrong usage, 65 bad data, 66 no such
input, 74 cannot write. No model is trained but a run folder of a few bytes, once.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import tiny_models as tiny
from bad_input_cases import CASES

TRAIN = ("distill-bilstm train --train train.conll --dev train.conll --teacher teacher --run run "
         "--n-iter 5 --epochs 1 --threads 1 -q")


# A hundred times what any case takes.
MOST_SECONDS = 120


def shell(command, folder):
    """Runs a command line with 6 GB of address space at most, so that a size that lies cannot take the machine down."""
    process = subprocess.Popen(
        ["bash", "-c", f"ulimit -v 6000000 -c 0; set -o pipefail; {command}"], cwd=folder, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        output, messages = process.communicate(timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired:
        # bash and all that it has started, which else would hold the pipes and work on.
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    return subprocess.CompletedProcess(command, process.returncode, output, messages)


def files_in(folder):
    return {os.path.relpath(os.path.join(path, name), folder)
            for path, _, names in os.walk(folder) for name in names}


def prepare_run(work):
    """A run folder whose stages are all up to date, for the cases that damage one."""
    os.mkdir(f"{work}/prepared")
    tiny.write(tiny.teacher() | {"train.conll": tiny.CORPUS + "Porto NNP B-LOC\n. . O\n\n"}, f"{work}/prepared")
    done = shell(TRAIN, f"{work}/prepared")
    assert done.returncode == 0, f"cannot prepare a run: {done.stderr.decode()}"


def problem(case, work):
    """What is wrong with how a case ended; None if nothing is."""
    folder = f"{work}/{case.name.replace(' ', '-').replace('/', '-')}"
    if case.run is None:
        os.mkdir(folder)
    else:
        shutil.copytree(f"{work}/prepared", folder)
    tiny.write(case.files, folder)
    if case.run:
        case.run(f"{folder}/run")
    before = files_in(folder)
    try:
        done = shell(case.command.replace("TRAIN", TRAIN), folder)
    except subprocess.TimeoutExpired:
        return f"it did not end within {MOST_SECONDS} seconds"
    message = done.stderr.decode(errors="replace")
    left = files_in(folder) - before - set(case.leaves)
    shutil.rmtree(folder)
    if done.returncode != case.code:
        return f"it ended with {done.returncode}, not {case.code}: {message[-400:]}"
    if case.message not in message:
        return f"it said: {message[:600]}"
    if case.code == 65 and "; expected " not in message:
        return f"it did not say what was expected: {message[:600]}"
    return f"it left {', '.join(sorted(left))}" if left else None


def main(bin, *words):
    os.environ["PATH"] = f"{os.path.abspath(bin)}:{os.environ['PATH']}"
    cases = [case for case in CASES if not words or any(word in case.name for word in words)]
    assert len({case.name for case in CASES}) == len(CASES), "two cases have one name"
    with tempfile.TemporaryDirectory() as work, ThreadPoolExecutor(os.cpu_count()) as pool:
        prepare_run(work)
        problems = list(pool.map(lambda case: problem(case, work), cases))
    failed = [f"{case.name}: {text}" for case, text in zip(cases, problems) if text]
    for text in failed:
        print(f"bad input: {text}", file=sys.stderr)
    print(f"bad input: {len(cases) - len(failed)} of {len(cases)} cases passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
