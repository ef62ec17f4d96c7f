"""tag-one: one sentence of fourteen words, warm: text in, entities with offsets out."""
import json
import subprocess
import time

import numpy

import corpus
from harness import Comparison, Measure
from paths import precisions
from paths.tag import INT8, RIVALS

WORDS = 14
TIMINGS = 10_000
# Of the time on the pipe; inside the process the first answers count as all others.
WARM_UP = 50


def comparison(bench, inputs):
    # One sentence a line: nothing that the splitter might take for the end of one stands within.
    here = precisions.of_student(bench, inputs)
    lines = [" ".join(s.words) for s in corpus.read(inputs.test)
             if len(s.words) == WORDS and not any(mark in word for word in s.words[:-1] for mark in ".!?")][:100]

    def ours():
        figures = {}
        for precision in here:
            piped = answered(bench, [
                "tag", "--model", inputs.student, "--input", "text", "--format", "json", "--precision", precision,
                "--summary", "answers.json"], lines)
            done = json.loads((bench.work / "answers.json").read_text())
            for p in ("p50", "p99"):
                figures[f"tag-one, {precision} {p}"] = done[f"answer_{p}_ms"]
                figures[f"tag-one, {precision} {p}, on a pipe"] = piped[p]
        return figures

    def latencies(done, *numbers):
        return {f"tag-one, {precision} {p}": done[f"latency_{p}_ms"] for precision in numbers for p in ("p50", "p99")}

    def student(rival, precision):
        return latencies(bench.rival(RIVALS[rival], inputs.student, inputs.test, "tags.json", precision, threads=1),
                         precision)

    def pytorch():
        figures = {}
        for precision in here:
            figures |= student("PyTorch", precision)
        if "int8" in here:
            for p in ("p50", "p99"):
                figures[f"tag-one, int8 {p}"] = min(figures[f"tag-one, fp32 {p}"], figures[f"tag-one, int8 {p}"])
        return figures

    contestants = {
        "ours": ours, "spacy": lambda: latencies(bench.rival("tag_spacy.py", inputs.text, 1, threads=1), *here),
        "pytorch": pytorch, "onnxruntime": lambda: student("ONNX Runtime", "fp32"),
    }
    if "int8" in here:
        contestants["onnxruntime-int8"] = lambda: student("ONNX Runtime", "int8")
    return Comparison(
        measures={f"tag-one, {precision} {p}{pipe}": Measure(f"ms, {p}, {precision}{pipe}", threads=1, lower_is_better=True)
                  for precision in here for p in ("p50", "p99") for pipe in ("", ", on a pipe")},
        contestants=contestants,
        notes=[
            f"Sentences of {WORDS} words that were seen before. Ours: `distill-bilstm tag`, a line of text in, a line of "
            f"JSON out, {TIMINGS:,} times, from the line read to the answer written, as its summary tells; on a pipe: from "
            "writing the line to having the answer in another process. spaCy: text to entities inside one Python process; "
            "PyTorch and ONNX Runtime: words to tags inside one.",
            *precisions.about("int8", here, INT8),
        ])


def answered(bench, arguments, lines):
    """The median and the 99th percentile, in ms, from writing a line to having read the answer."""
    times = []
    with subprocess.Popen(
            [str(bench.bin / "distill-bilstm"), *map(str, arguments), "-q"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, env=bench.environment, cwd=bench.work, bufsize=0) as process:
        for turn in range(WARM_UP + TIMINGS):
            line = lines[turn % len(lines)].encode() + b"\n"
            start = time.perf_counter()
            process.stdin.write(line)
            answer = process.stdout.readline()
            times.append(1000 * (time.perf_counter() - start))
            if not answer:
                raise RuntimeError("distill-bilstm tag ended before its input did")
        process.stdin.close()
    warm = times[WARM_UP:]
    return {"p50": float(numpy.median(warm)), "p99": float(numpy.percentile(warm, 99))}
