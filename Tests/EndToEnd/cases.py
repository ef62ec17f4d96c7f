"""Runs the commands on small inputs as real files have them and holds exit code, output and messages to the tables in cases/.

usage: cases.py FOLDER_WITH_THE_COMMANDS [WORDS...]    only the cases whose names hold one of the words

Each file of cases/ holds one kind of input and lists its cases in CASES. A case runs in a folder of its own.
"""

import importlib
import os
import pkgutil
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import cases
import tiny_models as tiny
from bad_input import shell


def kinds():
    """The modules in cases/, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(cases.__path__))
    return {name: importlib.import_module(f"cases.{name}") for name in names}


def problem(case, folder):
    """What is wrong with how a case ended; None if nothing is."""
    os.mkdir(folder)
    tiny.write(case.files, folder)
    try:
        done = shell(case.command, folder)
    except Exception as error:
        return f"it did not end: {error}"
    output, messages = (text.decode(errors="replace") for text in (done.stdout, done.stderr))
    both = f"--- output\n{output[:1500]}\n--- messages\n{messages[:1500]}"
    if done.returncode != case.code:
        return f"it ended with {done.returncode}, not {case.code}\n{both}"
    if case.output is not None and output != case.output:
        return f"its output is not\n{case.output}\n{both}"
    for text in case.says:
        if text not in output + messages:
            return f"it does not say {text!r}\n{both}"
    for text in case.never:
        if text in output + messages:
            return f"it says {text!r}\n{both}"
    found = case.check(done, folder) if case.check else None
    return f"{found}\n{both}" if found else None


def main(bin, *words):
    os.environ["PATH"] = f"{os.path.abspath(bin)}:{os.environ['PATH']}"
    table = [(f"{kind}: {case.name}", case) for kind, module in kinds().items() for case in module.CASES]
    assert len({name for name, _ in table}) == len(table), "two cases have one name"
    table = [entry for entry in table if not words or any(word in entry[0] for word in words)]
    work = tempfile.mkdtemp()
    try:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            problems = list(pool.map(
                lambda entry: problem(entry[1][1], f"{work}/{entry[0]}"), enumerate(table)))
    finally:
        shutil.rmtree(work)
    failed = [f"{name}: {text}" for (name, _), text in zip(table, problems) if text]
    for text in failed:
        print(f"cases: {text}", file=sys.stderr)
    print(f"cases: {len(table) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
