"""tag-one: one sentence of fourteen words, warm: text in, entities with offsets out."""
import subprocess
import time

import numpy

import corpus
from harness import Comparison, Measure
from paths.tag import PRECISIONS

WORDS = 14
TIMINGS = 1000
WARM_UP = 50


def comparison(bench, inputs):
    lines = [" ".join(s.words) for s in corpus.read(inputs.test) if len(s.words) == WORDS][:100]

    def ours():
        figures = {}
        for precision in PRECISIONS:
            p50, p99 = answered(bench, [
                "tag", "--model", inputs.student, "--input", "text", "--format", "json", "--precision", precision], lines)
            figures |= {f"tag-one, {precision} p50": p50, f"tag-one, {precision} p99": p99}
        return figures

    def both(done):
        return {f"tag-one, {precision} {p}": done[f"latency_{p}_ms"] for precision in PRECISIONS for p in ("p50", "p99")}

    def student(script):
        return both(bench.rival(script, inputs.student, inputs.test, "tags.json", threads=1))

    return Comparison(
        measures={f"tag-one, {precision} {p}": Measure(f"ms, {p}, {precision}", threads=1, lower_is_better=True)
                  for precision in PRECISIONS for p in ("p50", "p99")},
        contestants={
            "ours": ours,
            "spacy": lambda: both(bench.rival("tag_spacy.py", inputs.text, 1, threads=1)),
            "pytorch": lambda: student("tag_pytorch.py"),
            "onnxruntime": lambda: student("tag_onnxruntime.py"),
        },
        notes=[
            f"Sentences of {WORDS} words that were seen before. Ours: `distill-bilstm tag` on a pipe, a line of text in, "
            f"a line of JSON out, the pipe's own time included, {TIMINGS:,} times; spaCy: text to entities inside one "
            "Python process; PyTorch and ONNX Runtime: words to tags inside one.",
        ])


def answered(bench, arguments, lines):
    """The median and the 99th percentile, in ms, from writing a line to reading the answer."""
    times = []
    with subprocess.Popen(
            [str(bench.bin / "distill-bilstm"), *map(str, arguments), "-q"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, env=bench.environment, bufsize=0) as process:
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
    return float(numpy.median(warm)), float(numpy.percentile(warm, 99))
