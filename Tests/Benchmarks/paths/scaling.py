"""scaling: ten times the corpus, against ten times the time of the corpus."""
import statistics

from harness import Comparison, Measure

TIMES = 10


def comparison(bench, inputs):
    memory, seconds = {}, {}

    def figures(name, labelled, corpus, factor):
        runs = {
            "label": ("distill-bilstm", "label", labelled, "--teacher", inputs.teacher, "-o", f"scaling-{name}",
                      "--no-resume", "--threads", bench.threads),
            "augment": ("augment", corpus, "-o", "scaling.conll", "--threads", bench.threads),
            "tag": ("distill-bilstm", "tag", corpus, "--model", inputs.student, "--input", "conll"),
        }
        result = {}
        for command, arguments in runs.items():
            done = bench.summary(*arguments)
            memory[command, name] = done["peak_memory_bytes"] / 1e6
            seconds.setdefault((command, name), []).append(done["seconds"])
            result[f"scaling, {command}"] = done["seconds"] * factor
        return result

    def check():
        notes = []
        for command in ("label", "augment", "tag"):
            times = [ten / one for one, ten in zip(seconds[command, "one"], seconds[command, "ten"])]
            notes.append(
                f"{command}: {statistics.median(times):.2f} times the time, start-up counted in both; peak memory "
                f"{memory[command, 'one']:,.0f} MB, with ten times the corpus {memory[command, 'ten']:,.0f} MB.")
        return notes

    return Comparison(
        measures={f"scaling, {command}": Measure(f"s of {command}, ten times the corpus", lower_is_better=True)
                  for command in ("label", "augment", "tag")},
        contestants={
            "ours": lambda: figures("ten", inputs.few, inputs.train, 1),
            "self": lambda: figures("one", inputs.tenth_of_few, inputs.tenth, TIMES),
        },
        notes=["Ours: the whole command over all training sentences, label over 2,000 of them; self: ten times its time "
               "over every tenth of the same; goal: at most 10.3 times the time, a ratio of at least 0.97, and memory flat."],
        check=check)
