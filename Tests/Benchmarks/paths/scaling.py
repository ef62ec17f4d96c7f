"""scaling: ten times the corpus, against ten times the time of the corpus."""
from harness import Comparison, Measure

TIMES = 10


def comparison(bench, inputs):
    memory = {}

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
            result[f"scaling, {command}"] = done["seconds"] * factor
        return result

    def check():
        return [f"Peak memory of {command}: {memory[command, 'one']:,.0f} MB, with ten times the corpus "
                f"{memory[command, 'ten']:,.0f} MB." for command in ("label", "augment", "tag")]

    return Comparison(
        measures={f"scaling, {command}": Measure(f"s of {command}, ten times the corpus", lower_is_better=True)
                  for command in ("label", "augment", "tag")},
        contestants={
            "ours": lambda: figures("ten", inputs.few, inputs.train, 1),
            "self": lambda: figures("one", inputs.tenth_of_few, inputs.tenth, TIMES),
        },
        notes=["Ours: the whole command over all training sentences, label over 2,000 of them; self: ten times its time "
               "over every tenth of the same; goal: a ratio of at least 0.97, memory flat."], check=check)
