"""tag: text in, entities with offsets out; and from words to tags, beside the same student in other runtimes."""
import json

import corpus
from harness import Comparison, Measure
from paths import agreement, costs, precisions
from paths.choices import counted

# The same student in other runtimes.
RIVALS = {"PyTorch": "tag_pytorch.py", "ONNX Runtime": "tag_onnxruntime.py"}
INT8 = ("int8: against ONNX Runtime's dynamic quantisation of the LSTM, and the faster of PyTorch's "
        "and its fp32.")
# The share of words that must have the label of the others.
LEAST = {"fp32": 0.999, "int8": 0.995}


def comparison(bench, inputs):
    work = bench.work
    here = precisions.of_student(bench, inputs)
    ways = {rival: [] for rival in RIVALS}

    def ours():
        figures = {}
        for precision in here:
            for threads, cores in ((1, ""), (bench.threads, ", all cores")):
                done = bench.summary("distill-bilstm", "tag", inputs.text, "--model", inputs.student, "--input", "text",
                                     "--format", "json", "--precision", precision, "--threads", threads)
                figures[f"tag, text {precision}{cores}"] = inputs.text_words / done["seconds"]
            bench.command("compare-students", "measure", inputs.student, "--corpus", inputs.test, "-o", "speed.json",
                          "--precision", precision, "--threads", bench.threads)
            done = json.loads((work / "speed.json").read_text())
            figures[f"tag, words {precision}"] = done["words_per_second"]
            figures[f"tag, words {precision}, all cores"] = done["words_per_second_all_threads"]
        return figures

    def spacy():
        figures = {}
        for processes, cores in ((1, ""), (bench.threads, ", all cores")):
            speed = bench.rival("tag_spacy.py", inputs.text, processes, threads=1)["words_per_second"]
            figures |= {f"tag, text {precision}{cores}": speed for precision in here}
        return figures

    def student(rival, precision):
        done = bench.rival(RIVALS[rival], inputs.student, inputs.test, tags_of(rival, precision), precision, threads=1)
        ways[rival].append(f"{precision} {done['batch_size']}{' of one length' if done['one_length'] else ''}")
        return {f"tag, words {precision}": done["words_per_second"]}

    def pytorch():
        figures = {}
        for precision in here:
            figures |= student("PyTorch", precision)
        if "int8" in here:
            figures["tag, words int8"] = max(figures["tag, words fp32"], figures["tag, words int8"])
        return figures

    contestants = {"ours": ours, "spacy": spacy, "pytorch": pytorch,
                   "onnxruntime": lambda: student("ONNX Runtime", "fp32")}
    if "int8" in here:
        contestants["onnxruntime-int8"] = lambda: student("ONNX Runtime", "int8")

    def check():
        notes = [f"{rival}'s batches; rounds: {counted(ways[rival])}." for rival in RIVALS]
        for precision in here:
            output, _ = bench.command(
                "distill-bilstm", "tag", inputs.test, "--model", inputs.student, "--input", "conll", "--format",
                "conll", "--precision", precision, "-q")
            tags = [[line.split()[-1] for line in block.splitlines()] for block in output.strip().split("\n\n")]
            for rival in RIVALS:
                # Ours repairs what no IOB2 sequence can be; theirs is raw. All are held to PyTorch's and ONNX's fp32.
                theirs = [corpus.iob2(t) for t in json.loads((work / tags_of(rival, "fp32")).read_text())]
                notes.append(f"{precision}: " + agreement.note(tags, theirs, rival, LEAST[precision]))
        for rival in RIVALS if "int8" in here else ():
            both = [json.loads((work / tags_of(rival, precision)).read_text()) for precision in here]
            notes.append(f"{rival}'s int8 agrees with its fp32 on {agreement.share(*both):.3%} of the words.")
        return notes

    flops = costs.student_forward(inputs.student)
    measures = {}
    for precision in here:
        measures[f"tag, text {precision}"] = Measure(f"words/s of text, {precision}", flops=flops, threads=1)
        measures[f"tag, text {precision}, all cores"] = Measure(
            f"words/s of text, {precision}, {bench.threads} threads", flops=flops, threads=bench.threads)
        measures[f"tag, words {precision}"] = Measure(f"words/s, {precision}", flops=flops, threads=1)
        measures[f"tag, words {precision}, all cores"] = Measure(
            f"words/s, {precision}, {bench.threads} threads", flops=flops, threads=bench.threads)
    return Comparison(
        measures=measures,
        contestants=contestants,
        notes=[
            f"Text: {inputs.text_words:,} words of training sentences, a line each; ours is the whole command, from its "
            "start to JSON with entities, offsets and probabilities; spaCy's small model with its entities alone, in the "
            "fastest batch size, without its start, a process for each thread.",
            "Words: the default student without its CRF on one thread over test sentences from words to tags, again "
            "and again; theirs sorted by length, in the fastest batch size of 32 to 256, of mixed lengths or of one, nothing "
            "computed for words that they have seen, which holds for ours as well. The limit is that of fp32.",
            "PyTorch is eager: torch.compile does not look into nn.LSTM, and the rest is one linear layer.",
            *precisions.about("int8", here, INT8),
        ], check=check)


def tags_of(rival, precision):
    """The file with a rival's tags."""
    return f"tags of {rival} in {precision}.json"
