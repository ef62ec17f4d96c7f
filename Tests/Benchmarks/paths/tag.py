"""tag, tag-one: a finished student on one thread, in bulk and on one sentence at a time."""
import json

import corpus
from harness import Comparison, Measure
from paths import agreement, costs


def comparison(bench, inputs):
    work = bench.work

    def ours():
        bench.command("compare-students", "measure", inputs.student, "--corpus", inputs.test, "-o", "speed.json")
        done = json.loads((work / "speed.json").read_text())
        return {"tag": done["words_per_second"], "tag-one": done["latency_p50_ms"]}

    def pytorch():
        done = bench.rival("tag_pytorch.py", inputs.student, inputs.test, "tags.json", threads=1)
        return {"tag": done["words_per_second"], "tag-one": done["latency_p50_ms"]}

    def check():
        output, _ = bench.command("distill-bilstm", "tag", inputs.test, "--model", inputs.student, "--input", "conll",
                                  "--format", "conll", "-q")
        ours = [[line.split()[-1] for line in block.splitlines()] for block in output.strip().split("\n\n")]
        # Ours repairs what no IOB2 sequence can be; theirs is raw.
        theirs = [corpus.iob2(tags) for tags in json.loads((work / "tags.json").read_text())]
        return [agreement.note(ours, theirs, "PyTorch")]

    sentences = corpus.read(inputs.test)
    return Comparison(
        measures={
            "tag": Measure("words/s", flops=costs.student_forward(inputs.student), threads=1),
            "tag-one": Measure("ms, median", threads=1, lower_is_better=True),
        },
        contestants={"ours": ours, "pytorch": pytorch},
        notes=[
            f"The default student in fp32 on one thread over {len(sentences):,} test sentences, from words to tags, "
            "again and again for a second; tag-one: each of the first 500 alone.",
            "Theirs: sorted by length, packed, the fastest batch size of 32 to 256, inference mode. Both keep the "
            "vectors of words that they have seen.",
        ], check=check)
