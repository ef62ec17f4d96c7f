"""What the Python taggers of a student share: its files, the words that they have seen, and how they are timed."""
import itertools
import json
import time

import numpy
import torch
from safetensors.torch import load_file
from torch.nn.utils.rnn import pack_sequence

import corpus
from features import Features
from student import Student, WordTable

BATCH_SIZES = (32, 64, 128, 256)
# Sentences that are timed alone have so many words.
ALONE = 14
LEAST_TIMINGS = 2000


class Tagger:
    """Tags sentences; keeps the vectors of the words that it has seen, as an expert would."""

    def __init__(self, directory):
        with open(f"{directory}/config.json") as file:
            config = json.load(file)
        with open(f"{directory}/vocabulary.json") as file:
            self.features = Features(f"{directory}/vocab.txt", json.load(file)["characters"])
        self.labels = config["labels"]
        self.model = Student(config).eval()
        self.model.load_state_dict(load_file(f"{directory}/model.safetensors"))
        self.types = {}
        self.table = torch.empty(0, self.model.lstm.input_size)

    def rows(self, sentences):
        """The rows of the words' vectors in the table, which grows where a word is new."""
        known = len(self.types)
        rows = [[self.types.setdefault(word, len(self.types)) for word in words] for words in sentences]
        if len(self.types) > known:
            new = WordTable([self.features(word) for word in list(self.types)[known:]])
            self.table = torch.cat([self.table, self.model.words(*new[:])])
        return rows

    @torch.inference_mode()
    def tag(self, sentences, batch_size, one_length=False):
        """The most probable label of each word of each sentence, in batches sorted by length or all of one length."""
        rows = self.rows(sentences)
        order = sorted(range(len(rows)), key=lambda n: -len(rows[n]))
        groups = [list(g) for _, g in itertools.groupby(order, key=lambda n: len(rows[n]))] if one_length else [order]
        tags = [[] for _ in rows]
        for group in groups:
            for start in range(0, len(group), batch_size):
                chosen = group[start:start + batch_size]
                best, sizes = self.best([rows[n] for n in chosen])
                best = iter(best)
                for size in sizes:
                    for n in chosen[:size]:
                        tags[n].append(self.labels[next(best)])
        return tags

    def best(self, sentences):
        """The best label of each word of sentences, longest first, step by step, and the sentences of each step."""
        if len(sentences[0]) == len(sentences[-1]):
            labels = self.model.of_one_length(self.table, torch.tensor(sentences)).argmax(-1)
            return labels.T.flatten().tolist(), [len(sentences)] * len(sentences[0])
        rows = pack_sequence([torch.tensor(rows) for rows in sentences])
        return self.model(self.table, rows).argmax(-1).tolist(), rows.batch_sizes.tolist()


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def latencies(answer, sentences):
    """The median and the 99th percentile, in ms, of answering one sentence of 14 words alone."""
    alone = [words for words in sentences if len(words) == ALONE] or sentences[:1]
    for words in alone:
        answer(words)
    times = []
    while len(times) < LEAST_TIMINGS:
        times += [1000 * timed(lambda: answer(words)) for words in alone]
    return {"latency_p50_ms": float(numpy.median(times)), "latency_p99_ms": float(numpy.percentile(times, 99))}


def report(tagger, path, predictions):
    """Writes the tags of a corpus, and prints words per second in bulk and the time of one sentence alone."""
    sentences = [s.words for s in corpus.read(path)]
    with open(predictions, "w") as file:
        json.dump(tagger.tag(sentences, 64), file)
    alone = latencies(lambda words: tagger.tag([words], 1), sentences)
    ways = itertools.product(BATCH_SIZES, (False, True))
    batch_size, one_length = min(ways, key=lambda way: timed(lambda: tagger.tag(sentences, *way)))
    rounds, seconds = 0, 0.0
    while seconds < 1:
        seconds += timed(lambda: tagger.tag(sentences, batch_size, one_length))
        rounds += 1
    print(json.dumps({
        "words_per_second": rounds * sum(map(len, sentences)) / seconds, "batch_size": batch_size,
        "one_length": one_length} | alone))
