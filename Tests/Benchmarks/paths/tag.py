"""tag: text in, entities with offsets out; and from words to tags, beside the same student in other runtimes."""
import json

import corpus
from harness import Comparison, Measure
from paths import agreement, costs

PRECISIONS = ("fp32", "int8")


def comparison(bench, inputs):
    work = bench.work

    def ours():
        figures = {}
        for precision in PRECISIONS:
            done = bench.summary("distill-bilstm", "tag", inputs.text, "--model", inputs.student, "--input", "text",
                                 "--format", "json", "--precision", precision)
            figures[f"tag, text {precision}"] = done["words"] / done["seconds"]
            bench.command("compare-students", "measure", inputs.student, "--corpus", inputs.test, "-o", "speed.json",
                          "--precision", precision, "--threads", bench.threads)
            done = json.loads((work / "speed.json").read_text())
            figures[f"tag, words {precision}"] = done["words_per_second"]
            figures[f"tag, words {precision}, all cores"] = done["words_per_second_all_threads"]
        return figures

    def spacy():
        one = bench.rival("tag_spacy.py", inputs.text, 1, threads=1)["words_per_second"]
        return {f"tag, text {precision}": one for precision in PRECISIONS}

    def student(script, predictions):
        done = bench.rival(script, inputs.student, inputs.test, predictions, threads=1)
        return {f"tag, words {precision}": done["words_per_second"] for precision in PRECISIONS}

    def check():
        notes = []
        for precision, least in (("fp32", 0.999), ("int8", 0.995)):
            output, _ = bench.command(
                "distill-bilstm", "tag", inputs.test, "--model", inputs.student, "--input", "conll", "--format",
                "conll", "--precision", precision, "-q")
            tags = [[line.split()[-1] for line in block.splitlines()] for block in output.strip().split("\n\n")]
            for rival in ("PyTorch", "ONNX Runtime"):
                # Ours repairs what no IOB2 sequence can be; theirs is raw.
                theirs = [corpus.iob2(t) for t in json.loads((work / f"tags of {rival}.json").read_text())]
                notes.append(f"{precision}: " + agreement.note(tags, theirs, rival, least))
        return notes

    flops = costs.student_forward(inputs.student)
    measures = {}
    for precision in PRECISIONS:
        measures[f"tag, text {precision}"] = Measure(f"words/s of text, {precision}", flops=flops, threads=1)
        measures[f"tag, words {precision}"] = Measure(f"words/s, {precision}", flops=flops, threads=1)
        measures[f"tag, words {precision}, all cores"] = Measure(
            f"words/s, {precision}, {bench.threads} threads", flops=flops, threads=bench.threads)
    return Comparison(
        measures=measures,
        contestants={
            "ours": ours, "spacy": spacy,
            "pytorch": lambda: student("tag_pytorch.py", "tags of PyTorch.json"),
            "onnxruntime": lambda: student("tag_onnxruntime.py", "tags of ONNX Runtime.json"),
        },
        notes=[
            f"Text: {inputs.text_words:,} words of training sentences, a line each, on one thread; ours is the whole "
            "command, from its start to JSON with entities, offsets and probabilities; spaCy's small model with its "
            "entities alone, in batches of 256, without its start.",
            "Words: the default student without its CRF on one thread over test sentences from words to tags, again "
            "and again; theirs sorted by length, in the fastest batch size of 32 to 256, nothing computed for words "
            "that they have seen, which holds for ours as well. The limit is that of fp32.",
        ], check=check)
