"""Writes results.json and the measured part of RESULTS.md."""
import json
import platform
import re
import statistics
from importlib.metadata import version
from pathlib import Path

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
PACKAGES = {"pytorch": ["torch", "transformers"], "onnxruntime": ["onnxruntime"], "tokenizers": ["tokenizers"],
            "onnxruntime-int8": ["onnxruntime"], "spacy": ["spacy"]}
FRAME = f"""# Results

## Speed

Ours beside what users would otherwise run, alternately on the same inputs and the same cores: `make bench`, or `make bench
ONLY=label` for one path. Figures are medians over the rounds, ratios medians of the pairs; above 1 we are faster. The limit
is a large sgemm of OpenBLAS on as many threads, measured in each round; its fraction counts the linear layers' arithmetic
alone. Figures of different BLAS cores or kernels are of different machines, not to be set against each other.

{BEGIN}
{END}

## Quality
"""


class Report:
    """Both files; what was measured before stands until its path is measured again."""

    def __init__(self, folder: Path, order: list[str]):
        self.order = order
        self.json, self.markdown = folder / "results.json", folder / "RESULTS.md"
        self.read()

    def read(self):
        self.entries = json.loads(self.json.read_text()) if self.json.exists() else []
        text = self.markdown.read_text() if self.markdown.exists() else FRAME
        self.before, rest = text.split(BEGIN)
        measured, self.after = rest.split(END)
        # Behind the table of all paths, a section for each.
        self.sections = {part.split("\n", 1)[0]: part.split("\n", 1)[1].strip()
                         for part in measured.split("\n### ")[1:]}

    def add(self, name, outcomes, host):
        """Takes the outcomes of one module of paths in place of its former ones, and writes both files.

        They are read anew, so that what was written into them during the measurements stays.
        """
        self.read()
        measured = {outcome.path for outcome in outcomes}
        self.entries = [entry for entry in self.entries if entry["path"] not in measured]
        self.entries += [entry for outcome in outcomes for entry in outcome.entries()]
        self.sections[name] = section(outcomes, host)
        self.write()

    def write(self):
        # A path that is no longer measured keeps its place behind the others.
        order = list(dict.fromkeys([*self.order, *self.sections, *(entry["path"] for entry in self.entries)]))
        self.entries.sort(key=lambda entry: order.index(entry["path"]))
        rows = [json.dumps(entry) for entry in self.entries]
        self.json.write_text("[\n  " + ",\n  ".join(rows) + "\n]\n")
        parts = [table(["path", "against", "ours", "theirs", "unit", "ratio", "of the limit", "BLAS core, kernels"], [
            [e["path"], e["against"], figure(e["ours"]), figure(e["theirs"]), e["unit"], f"{e['ratio']:.2f}",
             percent(e["fraction_of_limit"]), measured_on(self.sections.get(e["path"], ""))] for e in self.entries])]
        parts += [f"### {name}\n\n{self.sections[name]}" for name in order if name in self.sections]
        self.markdown.write_text(f"{self.before}{BEGIN}\n" + "\n\n".join(parts) + f"\n{END}{self.after}")


def measured_on(section):
    """The BLAS core and the kernels that a section names: figures of different ones are of different machines."""
    found = re.search(r"BLAS core (\S+) .*?kernels (\w+)", section)
    return ", ".join(found.groups()) if found else ""


def section(outcomes, host):
    """The figures of some measures of the same contestants, with their spread, and on what they were taken."""
    rows = []
    for outcome in outcomes:
        for name, figures in outcome.figures.items():
            if not figures:
                continue
            fractions = outcome.fractions(name)
            ratios = outcome.ratios(name) if name != "ours" else []
            rows.append([
                outcome.path, name, f"{figure(statistics.median(figures))} {outcome.measure.unit}",
                spread(figures, figure),
                f"{statistics.median(ratios):.2f} ({spread(ratios, lambda r: f'{r:.2f}')})" if ratios else "",
                percent(statistics.median(fractions)) if fractions else ""])
    names = sorted({p for outcome in outcomes for name, figures in outcome.figures.items() if figures for p in PACKAGES.get(name, [])})
    versions = [f"{name} {version(name)}" for name in names] + [f"Python {platform.python_version()}"]
    first = outcomes[0]
    threads = sorted({outcome.measure.threads for outcome in outcomes})
    facts = [f"{host['cpu']}; threads: {' and '.join(map(str, threads))}; BLAS core {host['core']} ({host['library']}), "
             f"kernels {host['kernels']}; rounds: {len(first.figures['ours'])}.",
             "Versions: " + ", ".join(versions) + "."]
    limits = {outcome.measure.threads: outcome.limits for outcome in outcomes if outcome.limits}
    facts += [f"Limit on {count} thread{'s' if count > 1 else ''}: {statistics.median(limit):.0f} GFLOP/s ({spread(limit, figure)})."
              for count, limit in sorted(limits.items())]
    head = ["path", "who", "median", "spread", "ratio (spread)", "of the limit"]
    return table(head, rows) + "\n\n" + "\n".join(f"- {line}" for line in facts + first.notes)


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in lines)


def figure(number):
    """Thousands with commas, small numbers with three digits."""
    return f"{number:,.0f}" if number >= 1000 else f"{number:.3g}"


def spread(figures, write):
    return f"{write(min(figures))} to {write(max(figures))}"


def percent(fraction):
    return "" if fraction is None else f"{100 * fraction:.0f} %"
