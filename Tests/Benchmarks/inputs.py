"""The inputs of all paths: sentences, a teacher that is a tagger, a student."""
import itertools
import json
import os
import re
from functools import cached_property
from pathlib import Path

from tokenizers import BertWordPieceTokenizer

import corpus
from harness import Bench

CONLL = Path(__file__).resolve().parents[3] / "shared/data/conll2003"
WHOLE = 14_041
FEW = 2_000


class Inputs:
    """Files in the work folder, each made when it is first asked for."""

    def __init__(self, bench: Bench):
        self.bench = bench
        self.name = "CoNLL-2003" if CONLL.exists() else "Gazette, repeated"

    @cached_property
    def train_sentences(self):
        wanted = int(os.environ.get("SENTENCES", WHOLE))
        return list(itertools.islice(self._all("train"), wanted))

    @cached_property
    def train(self):
        """CoNLL-2003's training sentences, or as many of Gazette."""
        return self._write("train.conll", self.train_sentences)

    @cached_property
    def few(self):
        """The first 2,000 of them."""
        return self._write("few.conll", self.train_sentences[:FEW])

    @cached_property
    def fewer(self):
        """The first 500 of them."""
        return self._write("fewer.conll", self.train_sentences[:FEW // 4])

    @cached_property
    def tenth_of_few(self):
        """A tenth of the first 2,000, every tenth."""
        return self._write("tenth.conll", self.train_sentences[:FEW:10])

    @cached_property
    def tenth(self):
        """Every tenth training sentence."""
        return self._write("tenth-of-all.conll", self.train_sentences[::10])

    @cached_property
    def third(self):
        """Every third training sentence, for what takes others long."""
        return self._write("third.conll", self.train_sentences[::3])

    @cached_property
    def text(self):
        """The same as running text, a sentence a line."""
        path = self.bench.work / "text.txt"
        lines = [" ".join(sentence.words) for sentence in self.train_sentences[::3]]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    @cached_property
    def text_words(self):
        return corpus.count_words(self.train_sentences[::3])

    @cached_property
    def one(self):
        """One sentence, for commands that want a development set."""
        return self._write("one.conll", self.train_sentences[:1])

    @cached_property
    def test(self):
        """CoNLL-2003's test sentences, or as many training sentences of Gazette."""
        count = len(self.train_sentences) // 4
        return self._write("test.conll", list(itertools.islice(self._all("test"), count)))

    @cached_property
    def base(self):
        """The default teacher's directory before fine-tuning."""
        self.bench.command("distill-bilstm", "encode", self.one, "-o", "encoded.jsonl")
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        return Path(cache) / "distill-bilstm/teachers/minilm-l6"

    @cached_property
    def teacher(self):
        """The default teacher after one epoch over a few sentences: a tagger, though no good one."""
        return self._finetuned("teacher", self.few)

    @cached_property
    def tagger(self):
        """The default teacher after one epoch over all training sentences, as a user would label with.

        How often low precision changes a label depends on how sure the teacher is, and after the few steps of
        `teacher` it is sure of little.
        """
        return self._finetuned("tagger", self.train)

    @cached_property
    def run(self):
        """A run folder in which only a student has to be trained anew."""
        self.train_student()
        return self.bench.work / "run"

    @cached_property
    def student(self):
        """A student after one epoch."""
        return self.run / "student"

    def train_student(self, threads=None):
        """Trains the student of the run folder for one epoch on gold labels; returns its words per second.

        The first time, the stages before it run as well.
        """
        stages = self.bench.work / "run/stages.json"
        if stages.exists():
            finished = json.loads(stages.read_text())
            finished.pop("student", None)
            stages.write_text(json.dumps(finished))
        _, log = self.bench.command(
            "distill-bilstm", "train", "--train", self.train, "--dev", self.one, "--test", self.one,
            "--teacher", self.teacher, "--n-iter", "0", "--loss", "ce", "--no-crf", "--epochs", "1", "--run", "run",
            "--threads", threads or self.bench.threads)
        rates = re.findall(r"^student: epoch 1/1 .*?([\d,]+) words/s", log, re.MULTILINE)
        return float(rates[-1].replace(",", ""))

    def pieces(self, path):
        """The pieces of a corpus, [CLS] and [SEP] included."""
        tokenizer = BertWordPieceTokenizer(str(self.base / "vocab.txt"), lowercase=True)
        sentences = [sentence.words for sentence in corpus.read(path)]
        return sum(len(e.ids) for e in tokenizer.encode_batch(sentences, is_pretokenized=True))

    def _finetuned(self, name, sentences):
        """The default teacher after one epoch; without words' shapes, so that the others need no token types."""
        self.bench.command("distill-bilstm", "finetune", "--train", sentences, "--dev", self.one, "--epochs", "1",
                           "--no-word-shapes", "-o", name, "-q")
        return self.bench.work / name

    def _all(self, part):
        """All sentences, those of Gazette over and over."""
        if CONLL.exists():
            return iter(corpus.read(CONLL / {"train": "eng.train", "test": "eng.testb"}[part]))
        self.bench.command("augment", "--n-iter", "0", "--with-original", "-o", "gazette.conll", "-q")
        return itertools.cycle(corpus.read(self.bench.work / "gazette.conll"))

    def _write(self, name, sentences):
        path = self.bench.work / name
        corpus.write(path, sentences)
        return path
