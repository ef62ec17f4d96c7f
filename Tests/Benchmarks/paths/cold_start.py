"""cold-start: one sentence, the whole process."""
import subprocess
import sys
import time

from harness import HERE, Comparison, Measure

SENTENCE = b"Ada Nwosu moved from Berlin to Porto.\n"
# The files are in memory after the first start, as on a machine where the program is used.
STARTS = 3


def comparison(bench, inputs):
    def milliseconds(*arguments):
        times = []
        for _ in range(STARTS):
            start = time.perf_counter()
            subprocess.run([str(a) for a in arguments], input=SENTENCE, env=bench.environment, capture_output=True,
                           check=True)
            times.append(1000 * (time.perf_counter() - start))
        return {"cold-start": min(times)}

    return Comparison(
        measures={"cold-start": Measure("ms", threads=1, lower_is_better=True)},
        contestants={
            "ours": lambda: milliseconds(bench.bin / "distill-bilstm", "tag", "--model", inputs.student),
            "spacy": lambda: milliseconds(sys.executable, HERE / "rivals/tag_spacy.py"),
        },
        notes=[f"From the start of the process to its end, files in the page cache: the best of {STARTS} starts a "
               "round; spaCy with its small model, entities alone."])
