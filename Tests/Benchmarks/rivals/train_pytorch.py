"""One epoch of the BiLSTM student on gold labels: fused AdamW at 1e-3, dropout 0.3, clipping at 5, batches of 32.

    python train_pytorch.py STUDENT CORPUS THREADS
"""
import itertools
import json
import sys
import time

import torch
from torch.nn.utils.rnn import PackedSequence, pack_sequence

import corpus
import modes
from batches import batches_of_epoch
from features import Features
from student import Student, WordTable

# The batches on which each way is timed.
SAMPLE = 8

directory, path, threads = sys.argv[1:]
torch.manual_seed(1)
with open(f"{directory}/config.json") as file:
    config = json.load(file)
with open(f"{directory}/vocabulary.json") as file:
    features = Features(f"{directory}/vocab.txt", json.load(file)["characters"])
sentences = corpus.read(path)
names = corpus.labels(sentences)
types = {}
numbered = [[types.setdefault(word, len(types)) for word in s.words] for s in sentences]
table = WordTable([features(word) for word in types])
numbered = [torch.tensor(numbers) for numbers in numbered]
targets = [torch.tensor([names.index(tag) for tag in s.tags]) for s in sentences]
batches = batches_of_epoch([len(s) for s in numbered])
model = Student(config, dropout=0.3).train()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=1e-4, fused=True)
schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, len(batches))


def step(batch, words):
    batch = sorted(batch, key=lambda n: -len(numbered[n]))
    packed = pack_sequence([numbered[n] for n in batch])
    here, rows = packed.data.unique(return_inverse=True)
    logits = model(words(*table[here]), PackedSequence(rows, packed.batch_sizes))
    loss = torch.nn.functional.cross_entropy(logits, pack_sequence([targets[n] for n in batch]).data)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
    optimizer.step()
    schedule.step()
    optimizer.zero_grad(set_to_none=True)


def seconds(batches, words, threads):
    torch.set_num_threads(threads)
    start = time.perf_counter()
    for batch in batches:
        step(batch, words)
    return time.perf_counter() - start


# So small a network may be faster on fewer threads.
counts = range(1, int(threads) + 1)
# torch.compile does not look into nn.LSTM and packed sequences, so that the words' vectors are what it may speed up.
ways = modes.ways(model.words, lambda words: [seconds(batches[:4], words, count) for count in counts])
seconds(batches[:4], model.words, int(threads))
mode, best = min(itertools.product(ways, counts),
                 key=lambda way: seconds(batches[:SAMPLE], ways[way[0]], way[1]))
words_per_second = corpus.count_words(sentences) / seconds(batches, ways[mode], best)
print(json.dumps({"words_per_second": words_per_second, "threads": best} | modes.chosen(mode, ways)))
