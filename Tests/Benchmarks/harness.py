"""Runs contestants alternately and collects their figures."""
import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

HERE = Path(__file__).resolve().parent
# Contestants with a model of their own, whose arithmetic is not what a measure counts.
OTHER_MODELS = {"spacy"}


@dataclass
class Measure:
    """What a path measures."""
    unit: str
    # Floating-point operations of one unit; none where the limit of sgemm says nothing.
    flops: float | None = None
    threads: int = 2
    lower_is_better: bool = False


@dataclass
class Comparison:
    """Contestants on the same work. Each returns one figure a measure; `ours` comes first."""
    measures: dict[str, Measure]
    contestants: dict[str, Callable[[], dict[str, float]]]
    # What is compared, a sentence each, for RESULTS.md.
    notes: list[str] = field(default_factory=list)
    # Called after the last round; returns further notes, or fails where the contestants' answers differ.
    check: Callable[[], list[str]] | None = None


@dataclass
class Outcome:
    """The figures of a path, one a round."""
    path: str
    measure: Measure
    figures: dict[str, list[float]]
    # GFLOP/s of the sgemm of each round, on the measure's number of threads.
    limits: list[float]
    notes: list[str]

    def ratios(self, rival):
        """How many times faster we are than a rival, pair by pair."""
        pairs = zip(self.figures["ours"], self.figures[rival])
        return [theirs / ours if self.measure.lower_is_better else ours / theirs for ours, theirs in pairs]

    def fractions(self, name="ours"):
        """The share of the limit that a contestant reaches, round by round; none where there is no such limit."""
        if self.measure.flops is None or name in OTHER_MODELS:
            return []
        return [f * self.measure.flops / (limit * 1e9) for f, limit in zip(self.figures[name], self.limits)]

    def entries(self):
        """The lines of results.json."""
        fractions = self.fractions()
        # Not everybody can do everything.
        return [{
            "path": self.path, "against": rival, "unit": self.measure.unit,
            "ours": rounded(statistics.median(self.figures["ours"])),
            "theirs": rounded(statistics.median(self.figures[rival])),
            "ratio": rounded(statistics.median(self.ratios(rival))),
            "fraction_of_limit": rounded(statistics.median(fractions)) if fractions else None,
        } for rival, figures in self.figures.items() if rival != "ours" and figures]


def rounded(number):
    """A figure to four digits."""
    return float(f"{number:.4g}")


class Bench:
    """Where everything is, and how contestants are run."""

    def __init__(self, bin, work, rounds, threads):
        self.bin, self.work, self.rounds, self.threads = Path(bin), Path(work), rounds, threads
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(("OPENBLAS_", "OMP_", "MKL_"))}
        self.environment |= {"PYTHONPATH": str(HERE), "TOKENIZERS_PARALLELISM": "false", "HF_HUB_OFFLINE": "1",
                             # What torch.compile made in one round is there in the next.
                             "TORCHINDUCTOR_CACHE_DIR": str(self.work / "compiled")}

    def command(self, program, *arguments):
        """Runs one of the three commands; returns its standard output and standard error."""
        return self._run([self.bin / program, *arguments])

    def summary(self, program, *arguments):
        """Runs one of the commands; returns its summary."""
        path = self.work / "summary.json"
        self.command(program, *arguments, "-q", "--summary", path)
        return json.loads(path.read_text())

    def rival(self, script, *arguments, threads=None):
        """Runs rivals/SCRIPT in a process of its own; returns the JSON object that it prints last."""
        threads = threads or self.threads
        output, _ = self._run([sys.executable, HERE / "rivals" / script, *arguments],
                              OMP_NUM_THREADS=str(threads), MKL_NUM_THREADS=str(threads))
        return json.loads(output.splitlines()[-1])

    def limit(self, threads):
        """GFLOP/s of a large sgemm, measured now, with the name of the core that OpenBLAS chose."""
        output, _ = self._run([sys.executable, HERE / "limit.py", str(threads)])
        return json.loads(output)

    def compare(self, comparison):
        """Runs all contestants in turn, round after round."""
        figures = {path: {name: [] for name in comparison.contestants} for path in comparison.measures}
        limits = {measure.threads: [] for measure in comparison.measures.values() if measure.flops}
        for turn in range(self.rounds):
            for threads in limits:
                limits[threads].append(self.limit(threads)["gflops"])
            for name, run in comparison.contestants.items():
                for path, figure in run().items():
                    figures[path][name].append(figure)
                    unit = comparison.measures[path].unit
                    print(f"{path}: round {turn + 1}/{self.rounds}: {name} {figure:,.4g} {unit}", file=sys.stderr)
        # Several measures of one path differ in what stands behind a comma.
        notes = comparison.notes + (comparison.check() if comparison.check else [])
        return [Outcome(path.split(",")[0], measure, figures[path], limits.get(measure.threads, []), notes)
                for path, measure in comparison.measures.items()]

    def _run(self, arguments, **variables):
        done = subprocess.run([str(a) for a in arguments], env=self.environment | variables, cwd=self.work,
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(map(str, arguments))} ended with {done.returncode}:\n{done.stderr[-3000:]}")
        return done.stdout, done.stderr
