"""A student directory in PyTorch on one thread: words per second in bulk, and the time of one sentence alone.

    python tag_pytorch.py STUDENT CORPUS PREDICTIONS
"""
import json
import statistics
import sys
import time

import torch
from safetensors.torch import load_file

import corpus
from features import Features
from student import Student

BATCH_SIZES = (32, 64, 128, 256)
ALONE = 500


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
            new = [self.features(word) for word in list(self.types)[known:]]
            self.table = torch.cat([self.table, self.model.words(new)])
        return rows

    @torch.inference_mode()
    def tag(self, sentences, batch_size):
        """The most probable label of each word of each sentence."""
        rows = self.rows(sentences)
        order = sorted(range(len(rows)), key=lambda n: -len(rows[n]))
        tags = [[] for _ in rows]
        for start in range(0, len(order), batch_size):
            chosen = order[start:start + batch_size]
            logits, sizes = self.model(self.table, [rows[n] for n in chosen])
            best = iter(logits.argmax(-1).tolist())
            for size in sizes.tolist():
                for n in chosen[:size]:
                    tags[n].append(self.labels[next(best)])
        return tags


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


directory, path, predictions = sys.argv[1:]
torch.set_num_threads(1)
sentences = [s.words for s in corpus.read(path)]
tagger = Tagger(directory)
with open(predictions, "w") as file:
    json.dump(tagger.tag(sentences, 64), file)
alone = [1000 * timed(lambda: tagger.tag([words], 1)) for words in sentences[:ALONE]]
batch_size = min(BATCH_SIZES, key=lambda size: timed(lambda: tagger.tag(sentences, size)))
rounds, seconds = 0, 0.0
while seconds < 1:
    seconds += timed(lambda: tagger.tag(sentences, batch_size))
    rounds += 1
print(json.dumps({
    "words_per_second": rounds * sum(map(len, sentences)) / seconds,
    "latency_p50_ms": statistics.median(alone), "batch_size": batch_size,
}))
