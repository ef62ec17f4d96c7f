"""augment: twenty rounds over the corpus, written to a file."""
from harness import Comparison, Measure

ROUNDS = 20


def comparison(bench, inputs):
    def ours():
        done = bench.summary("augment", inputs.train, "--n-iter", ROUNDS, "-o", "ours.conll",
                             "--threads", bench.threads)
        return {"augment": done["examples_per_second"] * done["rows_written"] / done["examples_made"]}

    def python():
        done = bench.rival("augment_python.py", inputs.train, ROUNDS, "theirs.conll")
        return {"augment": done["rows_per_second"]}

    def check():
        """Random draws differ, so the number of rows may, a little."""
        rows = [(bench.work / name).read_text().count("\n\n") for name in ("ours.conll", "theirs.conll")]
        if abs(rows[0] / rows[1] - 1) > 0.02:
            raise RuntimeError(f"{rows[0]} rows, Python's script writes {rows[1]}")
        return [f"{rows[0]:,} rows written, {rows[1]:,} by Python's script."]

    return Comparison(
        measures={"augment": Measure("sentences/s", threads=bench.threads)},
        contestants={"ours": ours, "python": python},
        notes=[
            f"{len(inputs.train_sentences):,} sentences, n_iter {ROUNDS}, all three operators, duplicates dropped; "
            "from the corpus file to the augmented file. Ours on both cores, the script on one.",
        ], check=check)
